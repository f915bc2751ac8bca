/** What a failed invariant throws: a bug in Berth, never a user's mistake. */
export class InvariantError extends Error {
  override name = 'InvariantError';
}

/** Throws `InvariantError` unless `cond` holds. `what` says what must hold, as a sentence without a subject. */
export function invariant(cond: unknown, what: string): asserts cond {
  if (!cond) throw new InvariantError(what);
}
