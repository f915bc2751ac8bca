/** Longer texts end at the sentence after this many characters, so that hovers stay readable. */
const TEXT_MAX = 420;
/** How far a sentence may go beyond that. */
const SENTENCE_MAX = 200;

function short(text: string): string {
  if (text.length <= TEXT_MAX) return text;
  const end = text.indexOf('. ', TEXT_MAX);
  return end < 0 || end > TEXT_MAX + SENTENCE_MAX ? `${text.slice(0, TEXT_MAX).trimEnd()} …` : text.slice(0, end + 1);
}

/** A copy of a schema in which the descriptions fit into a hover (`kubectl explain` shows them whole). */
export function shortTexts<T>(schema: T): T {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [
        key,
        key === 'description' && typeof v === 'string' ? short(v) : copy(v),
      ]),
    );
  };
  return copy(schema) as T;
}
