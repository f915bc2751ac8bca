/** The shell's language after parsing: lists of pipelines of commands. */

/** A piece of a word: taken as it stands, or to be expanded; `quoted` pieces are neither split nor globbed. */
export type Part =
  | { type: 'text'; text: string; quoted: boolean }
  | { type: 'variable'; name: string; quoted: boolean; fallback?: Word }
  | { type: 'command'; script: Script; quoted: boolean }
  | { type: 'arithmetic'; text: string; quoted: boolean };

export type Word = readonly Part[];

export interface Redirect {
  /** 0 standard input, 1 output, 2 errors, -1 both outputs. */
  fd: number;
  op: '>' | '>>' | '<' | '<<' | '<<<' | '>&';
  /** A file name, the other descriptor of `>&`, or the text of a here-document. */
  target: Word;
}

export type Command =
  | { type: 'simple'; assignments: { name: string; value: Word }[]; words: Word[]; redirects: Redirect[] }
  | { type: 'for'; variable: string; items: Word[]; body: Script; redirects: Redirect[] }
  | { type: 'while'; until: boolean; condition: Script; body: Script; redirects: Redirect[] }
  | { type: 'if'; branches: { condition: Script; body: Script }[]; otherwise?: Script; redirects: Redirect[] }
  | { type: 'group'; body: Script; redirects: Redirect[] };

export interface Pipeline {
  negated: boolean;
  commands: Command[];
}

/** Pipelines of one list; `op` says on which outcome of what went before each one runs. */
export interface Step {
  op: ';' | '&&' | '||';
  pipeline: Pipeline;
}

export type Script = readonly Step[];

/** A line the shell cannot read, in bash's words. */
export class SyntaxProblem extends Error {}
