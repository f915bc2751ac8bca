/** What completion does to a line: pure, so that it can be tested without a worker. */

export interface Completion {
  /** Where the options replace the line from. */
  from: number;
  options: string[];
}

export const NO_COMPLETION: Completion = { from: 0, options: [] };

/** The part of an option that is not typed yet; '' when it does not continue what stands there. */
export function ghostOf(line: string, completion: Completion, active = 0): string {
  const option = completion.options[active];
  const typed = line.slice(completion.from);
  return option?.startsWith(typed) && line.length >= completion.from ? option.slice(typed.length) : '';
}

/** The longest beginning that all options share. */
export function commonPrefix(options: readonly string[]): string {
  let prefix = options[0] ?? '';
  for (const o of options) while (!o.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

/** The line with an option taken; a space follows unless more of the same word may come (`pod/`, `-n=`). */
export function take(line: string, completion: Completion, option: string): string {
  return `${line.slice(0, completion.from)}${option}${/[/=,:]$/.test(option) ? '' : ' '}`;
}

/**
 * What Tab does: one option is taken whole; of several the common beginning, and when that adds nothing the list is to be
 * picked from.
 */
export function onTab(line: string, completion: Completion): { line: string; pick: boolean } {
  const { options, from } = completion;
  if (options.length === 0) return { line, pick: false };
  if (options.length === 1) return { line: take(line, completion, options[0]!), pick: false };
  const prefix = commonPrefix(options);
  const typed = line.slice(from);
  return prefix.length > typed.length && prefix.startsWith(typed)
    ? { line: line.slice(0, from) + prefix, pick: false }
    : { line, pick: true };
}
