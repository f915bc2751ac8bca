/** Short-option words of the small tools: `-n 5`, `-n5`, `-rk2`. `valued` are the letters that take a value. */
export interface ToolArgs {
  flags: Set<string>;
  values: Map<string, string>;
  rest: string[];
  unknown?: string;
}

export function toolArgs(
  words: readonly string[],
  known: string,
  valued = '',
  long: Readonly<Record<string, string>> = {},
): ToolArgs {
  const r: ToolArgs = { flags: new Set(), values: new Map(), rest: [] };
  for (let i = 0; i < words.length; i++) {
    let word = words[i]!;
    if (word === '--') {
      r.rest.push(...words.slice(i + 1));
      break;
    }
    const name = /^--([a-z-]+)(?:=(.*))?$/.exec(word);
    if (name) {
      const short = long[name[1]!];
      if (!short) r.unknown ??= word;
      else if (valued.includes(short)) r.values.set(short, name[2] ?? words[++i] ?? '');
      else r.flags.add(short);
      continue;
    }
    if (!/^-[^-]/.test(word)) {
      r.rest.push(word);
      continue;
    }
    word = word.slice(1);
    while (word) {
      const c = word[0]!;
      word = word.slice(1);
      if (valued.includes(c)) {
        r.values.set(c, word || (words[++i] ?? ''));
        break;
      }
      if (!known.includes(c)) r.unknown ??= `-${c}`;
      r.flags.add(c);
    }
  }
  return r;
}
