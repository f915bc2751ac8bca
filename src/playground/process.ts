import { RESOURCES } from '../engine/api/discovery.ts';
import type { WatchEvent } from '../engine/api/request.ts';
import type { Component } from '../engine/index.ts';
import type { Running, Wait } from '../kubectl/command.ts';

/** Why a process ended. 130: Ctrl+C, 124: its time was up. */
export interface Exit {
  code: number;
  atMs: number;
}

/** A command under way: a generator that is resumed by wakes of the cluster's own agenda, never by frames. */
export interface Process {
  readonly id: string;
  readonly line: string;
  readonly running: Running;
  waiting: Wait;
  interrupted: boolean;
  exit?: Exit;
  onExit?: (exit: Exit) => void;
}

const COMPONENT = 'process';

/**
 * The processes of one playground as a component of its cluster (architecture §4). A process is on the agenda at the time
 * it waits for, and is put there at once when something changes that it waits for.
 */
export class Processes {
  readonly #alive = new Map<string, Process>();

  get alive(): Iterable<Process> {
    return this.#alive.values();
  }

  get(id: string): Process | undefined {
    return this.#alive.get(id);
  }

  add(process: Process): void {
    this.#alive.set(process.id, process);
  }

  clear(): void {
    this.#alive.clear();
  }

  component(): Component<null> {
    return {
      name: COMPONENT,
      external: true,
      watches: RESOURCES.map((r) => r.kind),
      watchLatencyMs: 0,
      initial: () => null,
      keysFor: (event) => this.#waitingFor(event),
      reconcile: (id, ctx) => {
        const process = this.#alive.get(id);
        if (!process) return;
        const next = process.running.next();
        if (next.done) {
          this.#alive.delete(id);
          process.exit = { code: process.interrupted ? 130 : next.value, atMs: ctx.now };
          process.onExit?.(process.exit);
          return;
        }
        process.waiting = next.value;
        return next.value.atMs === undefined ? undefined : { requeueAt: next.value.atMs };
      },
    };
  }

  #waitingFor(event: WatchEvent): readonly string[] {
    if (this.#alive.size === 0) return [];
    const ids: string[] = [];
    for (const p of this.#alive.values()) {
      const w = p.waiting;
      if (w.kinds ? w.kinds.includes(event.kind) : w.change) ids.push(p.id);
    }
    return ids;
  }
}
