import type { AnyObject } from '../engine/api/meta.ts';
import type { FieldDocs, FileProblem } from '../kubectl/command.ts';
import { drainPreview } from '../playground/drain-preview.ts';
import { counterfactualsFor, explainPod, refutedFor, remediesFor, wouldFit } from '../playground/explain.ts';
import { Playground, type World } from '../playground/playground.ts';
import { worldOf } from '../playground/world.ts';
import type { Recording } from '../share/recording.ts';
import { chunksOf } from '../view/chunks.ts';
import { Projector } from '../view/projector.ts';
import type { FrameRows } from '../view/rows.ts';
import { InputMarks } from './input-marks.ts';
import { OutputBuffer } from './output-buffer.ts';
import type { CommandResult, FromWorker, MethodName, Methods, Problem, TimeState } from './protocol.ts';

/** How much real time one slice of simulation may take, so that messages get in at any speed. */
const SLICE_MS = 8;
/** A command that waits while the clock stands still ends after this much real time. */
const PAUSED_TIMEOUT_MS = 30_000;
export const SPEED_MIN = 0.1;
export const SPEED_MAX = 64;
const TIMED_OUT = 124;
/** Explaining a placement may take so long in each frame; when it takes n times as long, it comes n times as seldom as that. */
const EXPLAIN_MS = 4;
const EXPLAINS = /\b(?:kubectl|k)\b.*\bexplain\b/s;

/** What the session needs of the world it runs in; a test gives its own. */
export interface Host {
  post(message: FromWorker): void;
  /** Real time, ms. */
  wallMs(): number;
  later(fn: () => void, ms: number): void;
  /** kubectl, the shell and completion: loaded beside the engine, as the first picture needs none of it. */
  programs(): Promise<Programs>;
  /** What `kubectl explain` reads: loaded before the first line that names it. */
  fieldDocs(): Promise<FieldDocs>;
}

export type Programs = Pick<
  typeof import('../playground/commands.ts'),
  'runLine' | 'completeLine' | 'inspect' | 'schedulerText'
>;

type Handlers = { [M in MethodName]: (...args: Methods[M][0]) => Methods[M][1] | Promise<Methods[M][1]> };

/** One playground behind the messages: plays it against real time and sends what changed. */
export class Session {
  readonly #host: Host;
  readonly #output: OutputBuffer;
  #playground!: Playground;
  readonly #inputMarks = new InputMarks();
  #projector = new Projector();
  #speed = 1;
  #paused = false;
  #actual: number | undefined;
  #lastWallMs = 0;
  /** Placements before this moment of real time go without a caption: the cluster is too large to explain each. */
  #explainAfterMs = 0;
  /** Real time owed to the simulation, in virtual ms; what falls behind is dropped after a while. */
  #targetMs = 0;
  #ready = false;
  /** Settles when the last `load` has: whoever comes before waits for it. */
  #loading: Promise<unknown> = Promise.resolve();
  #programs: Programs | undefined;
  #fieldDocs: FieldDocs | undefined;
  readonly #runs = new Map<string, string>();

  constructor(host: Host) {
    this.#host = host;
    this.#output = new OutputBuffer((message) => host.post(message));
  }

  /** Carries out one call and posts its result; a broken invariant is reported as a crash. */
  async call(id: number, method: MethodName, args: unknown[]): Promise<void> {
    try {
      const handler = this.#handlers[method] as (...a: unknown[]) => unknown;
      if (!handler) throw new Error(`The worker knows no method "${method}".`);
      if (method !== 'load') await this.#loading;
      const value = await handler(...args);
      this.#host.post({ type: 'result', id, ok: true, value });
    } catch (e) {
      this.#host.post({ type: 'result', id, ok: false, error: e instanceof Error ? e.message : String(e) });
      if (e instanceof Error && e.name === 'InvariantError') this.#crashed(e);
    }
  }

  /** One slice: lets virtual time pass and posts a frame when something changed. */
  tick(): void {
    if (!this.#ready) return;
    try {
      this.#play();
      this.#frame(false);
    } catch (e) {
      this.#crashed(e);
    }
  }

  #play(): void {
    const wall = this.#host.wallMs();
    const passedMs = Math.min(wall - this.#lastWallMs, 250); // a sleeping tab does not catch up
    this.#lastWallMs = wall;
    const from = this.#playground.elapsedMs;
    const skipping = this.#playground.skipToMs > from;
    if (this.#paused && !skipping) return;
    this.#targetMs = Math.max(this.#targetMs, from) + (this.#paused ? 0 : passedMs * this.#speed);
    if (skipping) this.#targetMs = Math.max(this.#targetMs, this.#playground.skipToMs);
    const deadline = wall + SLICE_MS;
    const reached = this.#playground.playTo(Math.round(this.#targetMs), () => this.#host.wallMs() < deadline);
    if (reached || skipping) this.#actual = undefined;
    else {
      const now = this.#playground.elapsedMs;
      this.#actual = passedMs > 0 ? Math.round(((now - from) / passedMs) * 10) / 10 : undefined;
      this.#targetMs = Math.min(this.#targetMs, now + 1_000 * this.#speed); // what is owed too long is forgiven
    }
  }

  /** What changed since the last frame, with the flags of what was done. */
  #rows(): FrameRows {
    const { cluster, timeline, world } = this.#playground;
    const rows = this.#projector.frame(cluster);
    this.#inputMarks.add(rows, timeline.current.inputs.slice(0, timeline.cursor), world.startMs);
    return rows;
  }

  #frame(force: boolean): void {
    this.#output.flush();
    const rows = this.#rows();
    const time = this.#time();
    this.#explainCaption(rows);
    if (force || rows.reset || !this.#paused || rows.pods.length || rows.nodes.length || rows.marks.length)
      this.#post(rows, time);
  }

  #post(rows: FrameRows, time: TimeState): void {
    for (const chunk of chunksOf(rows)) this.#host.post({ type: 'frame', rows: chunk, time });
  }

  /** Gives the caption of a placed pod its scores. */
  #explainCaption(rows: FrameRows): void {
    const caption = rows.caption;
    if (caption?.kind !== 'placed') return;
    const began = this.#host.wallMs();
    if (began < this.#explainAfterMs) {
      delete rows.caption;
      return;
    }
    const decision = explainPod(this.#playground, caption.pod);
    const tookMs = this.#host.wallMs() - began;
    this.#explainAfterMs = tookMs > EXPLAIN_MS ? began + tookMs ** 2 / EXPLAIN_MS : 0;
    if (!decision?.scores) return;
    const ranked = Object.entries(decision.scores).sort((a, b) => b[1].total - a[1].total);
    const own = decision.scores[caption.node]?.total ?? 0;
    const next = ranked.find(([name]) => name !== caption.node);
    caption.score = own;
    if (next) caption.next = { node: next[0], score: next[1].total };
    caption.refused = Object.values(decision.filters).filter((f) => f !== null).length;
    caption.attempt = decision.attempt;
  }

  #time(): TimeState {
    const p = this.#playground;
    return {
      nowMs: p.cluster.now,
      startMs: p.world.startMs,
      endMs: p.world.startMs + p.endMs,
      speed: this.#speed,
      paused: this.#paused,
      past: p.past,
      canUndo: p.canUndo,
      canRedo: p.canRedo,
      ...(p.cluster.gates.length ? { gates: p.cluster.gates } : {}),
      ...(this.#actual === undefined ? {} : { actualSpeed: this.#actual }),
    };
  }

  /** After a jump: forget what was owed, send everything. */
  #jumped(): TimeState {
    this.#projector.reset();
    this.#targetMs = this.#playground.elapsedMs;
    this.#lastWallMs = this.#host.wallMs();
    this.#frame(true);
    return this.#time();
  }

  async #start(world: World, recording: Recording | undefined, atMs: number | undefined): Promise<TimeState> {
    this.#ready = false;
    const playground = new Playground(world, this.#programs?.runLine, recording?.inputs ?? [], recording?.endMs ?? 0);
    playground.fieldDocs = () => this.#fieldDocs;
    this.#playground = playground;
    this.#runs.clear();
    if (!this.#programs) {
      this.#jumped(); // the cluster at rest, while the commands arrive
      this.#programs = await this.#host.programs();
      playground.runner = this.#programs.runLine;
      if (this.#playground !== playground) return this.#time(); // another load came in between
    }
    await this.#loadFieldDocs(recording?.inputs.map((i) => i.line) ?? []);
    if (this.#playground !== playground) return this.#time();
    this.#ready = true;
    if (atMs) playground.seek(atMs);
    return this.#jumped();
  }

  /** Lines run at once, so what they read has to be here before. Where it cannot be had, explain says so. */
  async #loadFieldDocs(lines: readonly string[]): Promise<void> {
    if (this.#fieldDocs || !lines.some((line) => EXPLAINS.test(line))) return;
    this.#fieldDocs = await this.#host.fieldDocs().catch(() => undefined);
  }

  async #run(
    runId: string,
    line: string,
    stdin: string | undefined,
    files: Record<string, string>,
    timeoutMs: number,
  ): Promise<CommandResult & { problems: Problem[] }> {
    if (EXPLAINS.test(line)) await this.#loadFieldDocs([line]);
    for (const [name, text] of Object.entries(files)) this.#playground.writeFile(name, text);
    const result = { stdout: '', stderr: '', exitCode: 0, problems: [] as FileProblem[] };
    return new Promise((resolve) => {
      const output = {
        out: (text: string) => {
          result.stdout += text;
          this.#output.add(runId, 'out', text);
        },
        err: (text: string) => {
          result.stderr += text;
          this.#output.add(runId, 'err', text);
        },
        problem: (p: FileProblem) => void result.problems.push(p),
        edit: (name: string, text: string) => {
          this.#output.flush();
          this.#host.post({ type: 'edit', name, text });
        },
      };
      const process = this.#playground.start(line, stdin, output, (exit) => {
        this.#runs.delete(runId);
        this.#output.flush();
        resolve({ ...result, exitCode: exit.code });
      });
      this.#frame(true);
      if (!process || process.exit) return;
      this.#runs.set(runId, process.id);
      this.#host.later(() => {
        if (process.exit || !this.#paused) return;
        process.onExit = () => {};
        this.#playground.interrupt(process.id);
        this.#output.flush();
        resolve({ ...result, exitCode: TIMED_OUT });
      }, timeoutMs);
    });
  }

  #step(): TimeState {
    const p = this.#playground;
    for (let i = 0; i < 400; i++) {
      const due = p.cluster.peek()?.at;
      const next = p.timeline.next?.atMs;
      if (due === undefined && next === undefined) break;
      const at = Math.min(
        due ?? Number.POSITIVE_INFINITY,
        next === undefined ? Number.POSITIVE_INFINITY : p.world.startMs + next,
      );
      p.playTo(Math.ceil(at - p.world.startMs));
      const rows = this.#rows();
      if (rows.reset || rows.pods.length || rows.marks.length || rows.nodes.length) {
        this.#explainAfterMs = 0;
        this.#explainCaption(rows);
        this.#targetMs = p.elapsedMs;
        this.#post(rows, this.#time());
        if (rows.marks.length) break;
      }
    }
    this.#lastWallMs = this.#host.wallMs();
    return this.#time();
  }

  #crashed(e: unknown): void {
    if (!this.#ready) return;
    this.#output.flush();
    this.#ready = false;
    const message = e instanceof Error ? e.message : String(e);
    const recording = this.#playground.recording();
    const lastGoodMs = this.#playground.timeline.keyframeBefore(Math.max(0, this.#playground.elapsedMs - 1))?.atMs ?? 0;
    this.#host.post({ type: 'crashed', message, seed: this.#playground.world.seed, recording, lastGoodMs });
  }

  readonly #handlers: Handlers = {
    load: (source, atMs) => {
      const { world, recording } = worldOf(source);
      const started = this.#start(world, recording, atMs);
      this.#loading = started.catch(() => undefined);
      return started;
    },
    run: (runId, line, stdin, files, timeoutMs) => this.#run(runId, line, stdin, files, timeoutMs ?? PAUSED_TIMEOUT_MS),
    interrupt: (runId) => {
      this.#playground.interrupt(this.#runs.get(runId));
      return null;
    },
    play: (speed) => {
      if (speed !== undefined) this.#speed = Math.min(SPEED_MAX, Math.max(SPEED_MIN, speed));
      this.#paused = false;
      this.#lastWallMs = this.#host.wallMs();
      this.#targetMs = this.#playground.elapsedMs;
      return this.#time();
    },
    pause: () => {
      this.#paused = true;
      this.#frame(true);
      return this.#time();
    },
    step: () => this.#step(),
    advance: (ms) => {
      this.#playground.playTo(this.#playground.elapsedMs + Math.max(0, ms));
      this.#targetMs = this.#playground.elapsedMs;
      this.#frame(true);
      return this.#time();
    },
    seek: (atMs) => {
      this.#playground.seek(atMs);
      return this.#jumped();
    },
    undo: () => {
      this.#playground.undo();
      return this.#jumped();
    },
    redo: () => {
      this.#playground.redo();
      return this.#jumped();
    },
    time: () => this.#time(),
    objects: (kind) => [...this.#playground.cluster.list.list<AnyObject>(kind)],
    inspect: (kind, key) => this.#programs?.inspect(this.#playground, kind, key) ?? null,
    explain: (pod, attempt) => explainPod(this.#playground, pod, attempt),
    schedulerText: (defaults) => this.#programs?.schedulerText(this.#playground, defaults) ?? '',
    remedies: (pod) => remediesFor(this.#playground, pod),
    refuted: (pod) => refutedFor(this.#playground, pod),
    counterfactuals: (pod) => counterfactualsFor(this.#playground, pod),
    wouldFit: (pod, node) => wouldFit(this.#playground, pod, node),
    drainPreview: (node) => drainPreview(this.#playground, node),
    recording: () => this.#playground.recording(),
    complete: (line, cursor) =>
      this.#programs?.completeLine(this.#playground, line, cursor) ?? { from: cursor, options: [] },
    files: (files) => {
      for (const [name, text] of Object.entries(files)) this.#playground.writeFile(name, text);
      return null;
    },
    tabs: () => Object.fromEntries(this.#playground.files),
    branches: () => this.#playground.branches(),
    switchBranch: (id) => {
      this.#playground.switchBranch(id);
      return this.#jumped();
    },
    renameBranch: (id, label) => this.#playground.timeline.rename(id, label),
    deleteBranch: (id) => this.#playground.timeline.remove(id),
    crash: () => {
      this.#crashed(new Error('a crash was asked for, to see what the page does'));
      return null;
    },
  };
}
