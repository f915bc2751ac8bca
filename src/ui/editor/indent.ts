/**
 * Indentation of the line after Enter, from what stands before the caret: as deep as this line's content (a list item's
 * content starts after its dash), two deeper after a key that opens a block.
 */
export function nextIndent(before: string): string {
  const lead = /^\s*(?:- +)*/.exec(before)![0];
  const opens = /^\s*(?:- +)*[^\s#][^#]*:\s*(?:[|>][-+\d]*)?\s*$/.test(before);
  return ' '.repeat(lead.length + (opens ? 2 : 0));
}
