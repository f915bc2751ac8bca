/** A value from outside as a map to look into; anything else counts as an empty one. */
export const bag = (v: unknown): Record<string, unknown> =>
  v !== null && typeof v === 'object' && !Array.isArray(v) ? (v as Record<string, unknown>) : {};
