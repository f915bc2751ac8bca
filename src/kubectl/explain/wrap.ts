/**
 * Breaks lines between words so that they hold at most `width` characters; longer words stand alone. Line ends stay,
 * spaces at a break go. Upstream: github.com/mitchellh/go-wordwrap
 */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(text: string, width: number): string {
  let out = '';
  let column = 0;
  for (const [, space = '', word = ''] of text.matchAll(/(\s*)(\S+)/g)) {
    // a word that fits into no line breaks only where its first characters are beyond the edge
    const breaks = column + space.length + Math.min(word.length, width - 1) > width;
    out += breaks ? `\n${word}` : space + word;
    column = breaks ? word.length : column + space.length + word.length;
  }
  const rest = /\s*$/.exec(text)![0];
  return column + rest.length > width ? out : out + rest;
}

/** Puts `depth` spaces before every line, empty ones, too. */
export const indent = (text: string, depth: number): string => text.replace(/^/gm, ' '.repeat(depth));
