import type { Snapshot } from '../engine/index.ts';
import type { KubeConfig } from '../kubectl/command.ts';
import type { RecordedInput } from '../share/recording.ts';

/** One line of what happened: inputs in order and how far it was played. Times count from the recording's start. */
export interface Branch {
  id: number;
  /** The first input that differs from the parent; '' for the main line. */
  name: string;
  /** What a person calls it, instead of its name. */
  label?: string;
  /** Where it left its parent. */
  fromMs: number;
  inputs: RecordedInput[];
  endMs: number;
}

/** A branch as the page lists it; times are of the virtual clock. */
export interface BranchRow {
  id: number;
  name: string;
  label?: string;
  atMs: number;
  endMs: number;
  current: boolean;
  /** Its last command: how the story ended. */
  outcome: string;
}

/** A moment that can be gone back to: the cluster, the world around it, and how many inputs had been made. */
export interface Keyframe {
  atMs: number;
  inputs: number;
  snapshot: Snapshot;
  files: ReadonlyMap<string, string>;
  vars: ReadonlyMap<string, string>;
  config: KubeConfig;
}

const KEYFRAMES_MAX = 48;

/**
 * The branches of one playground and the keyframes of the current one. Scrubbing never changes a branch; acting before a
 * branch's end starts another.
 */
export class Timeline {
  #nextId = 1;
  #branches: Branch[];
  #current: Branch;
  #keyframes: Keyframe[] = [];
  /** How many inputs of the current branch lie before now. */
  cursor = 0;

  constructor(inputs: RecordedInput[], endMs: number) {
    this.#current = { id: 0, name: '', fromMs: 0, inputs: [...inputs], endMs };
    this.#branches = [this.#current];
  }

  get current(): Branch {
    return this.#current;
  }
  get branches(): readonly Branch[] {
    return this.#branches;
  }
  get next(): RecordedInput | undefined {
    return this.#current.inputs[this.cursor];
  }

  /** All branches, the current one first. */
  rows(startMs: number): BranchRow[] {
    const rows = this.#branches.map((b) => ({
      id: b.id,
      name: b.name,
      ...(b.label ? { label: b.label } : {}),
      atMs: startMs + b.fromMs,
      endMs: startMs + b.endMs,
      current: b === this.#current,
      outcome: b.inputs.findLast((i) => i.line !== '^C' && !i.line.startsWith('cat > '))?.line ?? '',
    }));
    return rows.sort((a, b) => Number(b.current) - Number(a.current) || a.id - b.id);
  }

  /** Notes an input at `atMs`; before the end of what was played this first leaves the branch. */
  record(input: RecordedInput): void {
    if (this.cursor < this.#current.inputs.length || input.atMs < this.#current.endMs)
      this.#fork(input.atMs, input.line);
    this.#current.inputs.push(input);
    this.#current.endMs = Math.max(this.#current.endMs, input.atMs);
    this.cursor = this.#current.inputs.length;
  }

  /** Notes what changes nothing in the cluster (a file's text): what the story still has in store stays. */
  note(input: RecordedInput): void {
    if (input.atMs < this.#current.endMs) {
      this.record(input);
      return;
    }
    this.#current.inputs.splice(this.cursor, 0, input);
    this.#current.endMs = input.atMs;
    this.cursor++;
  }

  /** Says that the current branch was played up to `atMs`. */
  played(atMs: number): void {
    if (atMs > this.#current.endMs) this.#current.endMs = atMs;
  }

  addKeyframe(k: Keyframe): void {
    const later = this.#keyframes.findIndex((o) => o.atMs >= k.atMs);
    if (later >= 0 && this.#keyframes[later]!.atMs === k.atMs) this.#keyframes[later] = k;
    else this.#keyframes.splice(later < 0 ? this.#keyframes.length : later, 0, k);
    if (this.#keyframes.length > KEYFRAMES_MAX) this.#thin();
  }

  /** The last keyframe at or before `atMs`. */
  keyframeBefore(atMs: number): Keyframe | undefined {
    return this.#keyframes.findLast((k) => k.atMs <= atMs);
  }

  /** Goes to another branch; the caller seeks. */
  switchTo(id: number): Branch | undefined {
    const branch = this.#branches.find((b) => b.id === id);
    if (!branch) return undefined;
    const shared = commonInputs(branch.inputs, this.#current.inputs);
    const divergesAt = Math.min(
      branch.inputs[shared]?.atMs ?? Number.POSITIVE_INFINITY,
      this.#current.inputs[shared]?.atMs ?? Number.POSITIVE_INFINITY,
    );
    this.#keyframes = this.#keyframes.filter((k) => k.atMs <= divergesAt && k.inputs <= shared);
    this.#current = branch;
    return branch;
  }

  /** Calls a branch something; an empty text gives its own name back. False when there is no such branch. */
  rename(id: number, label: string): boolean {
    const branch = this.#branches.find((b) => b.id === id);
    if (!branch) return false;
    if (label) branch.label = label;
    else delete branch.label;
    return true;
  }

  /** Forgets a branch that is not the current one. */
  remove(id: number): boolean {
    const at = this.#branches.findIndex((b) => b.id === id && b !== this.#current);
    if (at < 0) return false;
    this.#branches.splice(at, 1);
    return true;
  }

  /** Replaces the current branch by one without its inputs from `count` on; used by undo. */
  truncate(count: number, atMs: number): Branch {
    const old = this.#current;
    this.#branches = this.#branches.filter((b) => b !== old);
    this.#start(old.inputs.slice(0, count), atMs, old.name, old.fromMs);
    if (old.label) this.#current.label = old.label;
    return old;
  }

  /** Puts back a branch that `truncate` took away. */
  putBack(branch: Branch): void {
    this.#branches = this.#branches.filter((b) => b !== this.#current);
    this.#branches.push(branch);
    this.#current = branch;
  }

  #fork(atMs: number, name: string): void {
    this.#start(this.#current.inputs.slice(0, this.cursor), atMs, name, atMs);
  }

  #start(inputs: RecordedInput[], atMs: number, name: string, fromMs: number): void {
    this.#current = { id: this.#nextId++, name, fromMs, inputs, endMs: atMs };
    this.#branches.push(this.#current);
    this.cursor = inputs.length;
    this.#keyframes = this.#keyframes.filter((k) => k.atMs <= atMs && k.inputs <= inputs.length);
  }

  /** Drops every second keyframe of the older three quarters, the first one always stays. */
  #thin(): void {
    const old = Math.floor(this.#keyframes.length * 0.75);
    this.#keyframes = this.#keyframes.filter((_, i) => i === 0 || i >= old || i % 2 === 0);
  }
}

function commonInputs(a: readonly RecordedInput[], b: readonly RecordedInput[]): number {
  let n = 0;
  while (
    n < a.length &&
    n < b.length &&
    a[n]!.atMs === b[n]!.atMs &&
    a[n]!.line === b[n]!.line &&
    a[n]!.stdin === b[n]!.stdin
  )
    n++;
  return n;
}
