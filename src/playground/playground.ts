import type { AnyObject } from '../engine/api/meta.ts';
import {
  Cluster,
  components,
  fnv64,
  HUMAN_LATENCY,
  invariant,
  type KubeletMode,
  type Latency,
  type Ms,
} from '../engine/index.ts';
import type { Env, FileProblem, Files, KubeConfig, Running } from '../kubectl/command.ts';
import type { FieldDocs } from '../kubectl/explain/field-docs.ts';
import { ENGINE_VERSION, type RecordedInput, type Recording } from '../share/recording.ts';
import { type Exit, type Process, Processes } from './process.ts';
import { type BranchRow, type Keyframe, Timeline } from './timeline.ts';

/** From what a playground starts. */
export interface World {
  seed: number;
  /** Virtual time of the start, ms since the epoch. */
  startMs: Ms;
  kubelet: KubeletMode;
  /** Objects that are there from the start, as they are stored (nodes with status, pods …). */
  cluster: readonly unknown[];
  files: Readonly<Record<string, string>>;
  /** Files outside of the playground, read when a command names them (the command line's working folder). */
  outside?: Pick<Files, 'read' | 'list'>;
  latency?: Latency;
  /** How long the cluster has run before `startMs`. */
  warmupMs?: Ms;
  /** Slug, when a scenario gave all this. */
  scenario?: string;
}

/** Where a command's output goes; absent streams are dropped (replays). */
export interface Output {
  out?(text: string): void;
  err?(text: string): void;
  problem?(p: FileProblem): void;
  /** Hands a text to the editor (`kubectl edit`). */
  edit?(name: string, text: string): void;
}

/** How a shell line becomes a process; `programs.ts` has the one with kubectl and all tools. */
export type LineRunner = (line: string, env: Env, playground: Playground) => Running;

const KEYFRAME_EVERY_MS = 5_000;
/** Commands that only look: they may follow for ever and are no part of a recording's effect. */
const READ_ONLY =
  /^\s*(?:(?:kubectl|k)\s+(?:get|describe|logs|events|explain|api-resources|api-versions|version|top|diff|cluster-info)|berth\s+(?:explain|place|drain-preview|scheduler\s+show))\b/;

/** Whether a line changes nothing: a looking command without pipes, files or further commands. */
const looksOnly = (line: string): boolean => READ_ONLY.test(line) && !/[>|;&]/.test(line);

export const DEFAULT_CONFIG: KubeConfig = {
  currentContext: 'kubernetes-admin@kubernetes',
  contexts: { 'kubernetes-admin@kubernetes': { cluster: 'kubernetes', user: 'kubernetes-admin' } },
};

/**
 * One user's world: a cluster, files, a kubeconfig, processes, and the record of what was done. `(world, inputs)` gives the
 * same cluster to the last byte, whatever the frames, speeds and seeks in between.
 */
export class Playground {
  readonly world: World;
  runner: LineRunner | undefined;
  /** Virtual time that kubectl takes for each object of a file (replays of recordings; 0: none, so that Apply works while paused). */
  requestMs: Ms = 0;
  /** The descriptions of fields for `kubectl explain`, once they are loaded. */
  fieldDocs: (() => FieldDocs | undefined) | undefined;
  readonly #processes = new Processes();
  #cluster!: Cluster;
  #files = new Map<string, string>();
  #config: KubeConfig = DEFAULT_CONFIG;
  #timeline: Timeline;
  #nextProcess = 1;
  #lastKeyframeMs = Number.NEGATIVE_INFINITY;
  #skipToMs = 0;
  /** Variables of the shell, which outlive its lines. */
  vars = new Map<string, string>();
  readonly #undone: { branch: ReturnType<Timeline['truncate']>; endMs: number }[] = [];

  /** `runner` may come later, but before the first input: it is most of the code, and a picture needs none of it. */
  constructor(world: World, runner?: LineRunner, inputs: RecordedInput[] = [], endMs = 0) {
    this.world = world;
    this.runner = runner;
    this.#timeline = new Timeline(inputs, endMs);
    this.#begin();
  }

  get cluster(): Cluster {
    return this.#cluster;
  }
  get files(): ReadonlyMap<string, string> {
    return this.#files;
  }
  get config(): KubeConfig {
    return this.#config;
  }
  /** Virtual time since the start. */
  get elapsedMs(): Ms {
    return this.#cluster.now - this.world.startMs;
  }
  /** How far the current branch was played. */
  get endMs(): Ms {
    return Math.max(this.#timeline.current.endMs, 0);
  }
  /** Whether now lies before the end of the branch. */
  get past(): boolean {
    return this.elapsedMs < this.endMs;
  }
  get timeline(): Timeline {
    return this.#timeline;
  }
  get processes(): Iterable<Process> {
    return this.#processes.alive;
  }

  /**
   * Runs a shell line as an input. The process is resumed by the cluster's agenda; `onExit` is told when it ends.
   * A `^C` line interrupts the youngest process instead.
   */
  start(
    line: string,
    stdin: string | undefined,
    output: Output = {},
    onExit?: (exit: Exit) => void,
  ): Process | undefined {
    this.#cluster.settleInstant();
    const looks = looksOnly(line);
    if (!looks) {
      this.#undone.length = 0;
      this.keyframe();
    }
    // looking around in the past, or before a story is over, starts no branch
    if (!looks || (!this.past && this.#timeline.next === undefined))
      this.#timeline.record({ atMs: this.elapsedMs, line, ...(stdin === undefined ? {} : { stdin }) });
    return this.#begin1(line, stdin, output, onExit);
  }

  /** Ctrl+C: asks a process (the youngest by default) to end; recorded, as it changes what happens. */
  interrupt(id?: string): void {
    const process = id === undefined ? [...this.#processes.alive].at(-1) : this.#processes.get(id);
    if (!process) return;
    this.#cluster.settleInstant();
    if (!READ_ONLY.test(process.line)) this.#timeline.record({ atMs: this.elapsedMs, line: '^C' });
    this.#interrupt(process);
  }

  /** Asks whoever plays to hurry to a moment (`berth advance`). */
  skipTo(atMs: Ms): void {
    this.#skipToMs = Math.max(this.#skipToMs, atMs - this.world.startMs);
  }

  /** The moment to hurry to, since the start; not after now when there is none. */
  get skipToMs(): Ms {
    return this.#skipToMs;
  }

  /** Sets the text of a file; the recording notes it as `cat > name`, which is what it amounts to. */
  writeFile(name: string, text: string): void {
    if (this.#files.get(name) === text) return;
    this.#timeline.note({ atMs: this.elapsedMs, line: `cat > ${quote(name)}`, stdin: text });
    this.#files.set(name, text);
  }

  /**
   * Plays to `elapsedMs`, making recorded inputs when they are due. With `mayGoOn`, stops early when it says so; returns
   * whether the target was reached.
   */
  playTo(elapsedMs: Ms, mayGoOn?: () => boolean): boolean {
    for (;;) {
      const next = this.#timeline.next;
      const until = next && next.atMs <= elapsedMs ? next.atMs : elapsedMs;
      const reached = this.#cluster.runUntil(this.world.startMs + until, mayGoOn);
      this.#timeline.played(this.elapsedMs);
      if (this.elapsedMs - this.#lastKeyframeMs >= KEYFRAME_EVERY_MS) this.keyframe();
      if (!reached) return false;
      if (!next || until < next.atMs || next.atMs > elapsedMs) return true;
      this.#replayInput(next);
    }
  }

  /** Goes to a moment of the current branch: back from a keyframe, or forward. Never changes the branch. */
  seek(elapsedMs: Ms): void {
    const target = Math.max(0, elapsedMs);
    if (target < this.elapsedMs || this.#timeline.cursor > this.#timeline.current.inputs.length) this.#goBack(target);
    this.playTo(target);
  }

  /** Whether there is an input to take back, or one that was taken back. */
  get canUndo(): boolean {
    return this.#lastChange() >= 0;
  }
  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Takes back the last input before now; what followed it is gone from this branch, and `redo` brings it again. */
  undo(): boolean {
    const last = this.#lastChange();
    if (last < 0) return false;
    const at = this.#timeline.current.inputs[last]!.atMs;
    const endMs = this.elapsedMs;
    const branch = this.#timeline.truncate(last, at);
    this.#undone.push({ branch, endMs });
    this.#goBack(at);
    this.playTo(at);
    return true;
  }

  redo(): boolean {
    const undone = this.#undone.pop();
    if (!undone) return false;
    this.#timeline.putBack(undone.branch);
    this.#goBack(this.elapsedMs);
    this.playTo(undone.endMs);
    return true;
  }

  /** Goes to another branch, at its end. */
  switchBranch(id: number): boolean {
    const branch = this.#timeline.switchTo(id);
    if (!branch) return false;
    this.#goBack(branch.endMs);
    this.playTo(branch.endMs);
    return true;
  }

  /** Notes a moment to come back to, unless a process that writes is under way. */
  keyframe(): void {
    for (const p of this.#processes.alive) if (!READ_ONLY.test(p.line)) return;
    this.#lastKeyframeMs = this.elapsedMs;
    this.#timeline.addKeyframe(this.#capture());
  }

  /** The current branch as a recording. */
  recording(): Recording {
    const { inputs } = this.#timeline.current;
    return {
      format: 1,
      engine: ENGINE_VERSION,
      kubernetes: '1.36',
      seed: this.world.seed,
      startMs: this.world.startMs,
      ...(this.world.scenario ? { scenario: this.world.scenario } : { cluster: [...this.world.cluster] }),
      files: { ...this.world.files },
      inputs: inputs.map((i) => ({ ...i })),
      endMs: this.endMs,
      digest: this.past ? '' : this.digest(),
    };
  }

  /** The branches, the current one first. */
  branches = (): BranchRow[] => this.#timeline.rows(this.world.startMs);

  /** Hash of all stored objects; equal recordings give equal digests at equal moments. */
  digest(): string {
    return fnv64(JSON.stringify(this.#cluster.store.save()));
  }

  /** Where in the branch the last input before now stands that changed something; -1 for none. */
  #lastChange(): number {
    const inputs = this.#timeline.current.inputs.slice(0, this.#timeline.cursor);
    return inputs.findLastIndex((i) => !READ_ONLY.test(i.line) && !i.line.startsWith('cat > '));
  }

  #begin(): void {
    this.#cluster = new Cluster({
      seed: this.world.seed,
      startMs: this.world.startMs - (this.world.warmupMs ?? 0),
      latency: this.world.latency ?? HUMAN_LATENCY,
      components: [...components({ kubelet: this.world.kubelet }), this.#processes.component()],
    });
    this.#cluster.load(this.world.cluster as AnyObject[]);
    this.#cluster.runUntil(this.world.startMs);
    this.#files = new Map(Object.entries(this.world.files));
    this.#config = DEFAULT_CONFIG;
    this.#lastKeyframeMs = 0;
    this.#timeline.addKeyframe(this.#capture());
  }

  #capture(): Keyframe {
    return {
      atMs: this.elapsedMs,
      inputs: this.#timeline.cursor,
      snapshot: this.#cluster.snapshot(),
      files: new Map(this.#files),
      vars: new Map(this.vars),
      config: this.#config,
    };
  }

  #goBack(elapsedMs: Ms): void {
    const k = this.#timeline.keyframeBefore(elapsedMs);
    this.#processes.clear();
    this.#skipToMs = 0;
    if (!k) return;
    this.#cluster.restore(k.snapshot);
    this.#files = new Map(k.files);
    this.vars = new Map(k.vars);
    this.#config = k.config;
    this.#timeline.cursor = k.inputs;
    this.#lastKeyframeMs = k.atMs;
  }

  #replayInput(input: RecordedInput): void {
    this.#timeline.cursor++;
    if (input.line === '^C') {
      const process = [...this.#processes.alive].findLast((p) => !READ_ONLY.test(p.line));
      if (process) this.#interrupt(process);
      return;
    }
    // what only looks leaves no trace, so a replay need not run it
    if (!looksOnly(input.line)) this.#begin1(input.line, input.stdin, {});
  }

  #begin1(line: string, stdin: string | undefined, output: Output, onExit?: (exit: Exit) => void): Process {
    invariant(this.runner, 'a line comes after the programs');
    const id = `p${this.#nextProcess++}`;
    const process: Process = {
      id,
      line,
      running: this.runner(line, this.#env(id, stdin ?? '', output), this),
      waiting: {},
      interrupted: false,
      ...(onExit ? { onExit } : {}),
    };
    this.#processes.add(process);
    this.#cluster.wake('process', id, this.#cluster.now);
    this.#cluster.settleInstant();
    return process;
  }

  #interrupt(process: Process): void {
    process.interrupted = true;
    this.#cluster.wake('process', process.id, this.#cluster.now);
    this.#cluster.settleInstant();
  }

  #env(id: string, stdin: string, output: Output): Env {
    const { files, folder } = this.#fileAccess();
    const playground = this;
    return {
      args: [],
      stdin,
      out: (text) => output.out?.(text),
      err: (text) => output.err?.(text),
      request: (r) => this.#cluster.request({ user: 'kubernetes-admin', ...r }),
      since: (revision, kinds) => this.#cluster.list.since(revision, new Set(kinds)),
      revision: () => this.#cluster.list.revision,
      now: () => this.#cluster.now,
      files: { ...files, list: folder },
      get config() {
        return playground.#config;
      },
      setConfig: (config) => {
        this.#config = config;
      },
      requestMs: this.requestMs,
      fieldDocs: () => this.fieldDocs?.(),
      interrupted: () => this.#processes.get(id)?.interrupted ?? false,
      ...(output.problem ? { problem: output.problem } : {}),
      ...(output.edit ? { edit: output.edit } : {}),
      interactive: output.out !== undefined,
    };
  }

  #fileAccess(): { files: Pick<Env['files'], 'read' | 'write' | 'remove'>; folder: Env['files']['list'] } {
    return {
      files: {
        read: (path) => this.#files.get(normalPath(path)) ?? this.world.outside?.read(path),
        write: (path, text) => void this.#files.set(normalPath(path), text),
        remove: (path) => void this.#files.delete(normalPath(path)),
      },
      folder: (dir) => {
        const prefix = normalPath(dir) === '.' ? '' : `${normalPath(dir)}/`;
        const names = [...this.#files.keys()].filter((f) => f.startsWith(prefix)).map((f) => f.slice(prefix.length));
        return names.length ? names : this.world.outside?.list(dir);
      },
    };
  }
}

const normalPath = (path: string): string => path.replace(/^\.\/+/, '').replace(/\/+$/, '') || '.';

const quote = (name: string): string => (/^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
