/**
 * Who lies where along a quay. A hull keeps its place until something left the same row; then the gap closes once, 400 ms after the
 * last change. The keeper lives as long as the page; the layout only reads what it says.
 */
import type { PodRow } from '../../view/rows.ts';
import type { Rows } from '../rows.ts';

/** A place: taken by a pod, or a gap that still shows where one lay. */
export interface Slot {
  uid: string;
  small: boolean;
  gone: boolean;
}

const CLOSE_AFTER_MS = 400;

/** Static pods are bolted on, DaemonSet pods come with the machine, the rest arrived later. */
const rank = (p: PodRow): number => (p.owner === 'static' ? 0 : p.owner === 'daemonset' ? 1 : 2);

const early = (a: PodRow, b: PodRow): number =>
  Number(b.system) - Number(a.system) ||
  (a.system ? rank(a) - rank(b) : 0) ||
  a.createdMs - b.createdMs ||
  (a.uid < b.uid ? -1 : 1);

/** Pods by node, in the order in which they lie when nothing is remembered. */
export function podsByNode(pods: Iterable<PodRow>): Map<string, PodRow[]> {
  const byNode = new Map<string, PodRow[]>();
  for (const pod of pods) {
    if (!pod.node) continue;
    const list = byNode.get(pod.node);
    if (list) list.push(pod);
    else byNode.set(pod.node, [pod]);
  }
  for (const list of byNode.values()) list.sort(early);
  return byNode;
}

export class SlotKeeper {
  #slots = new Map<string, Slot[]>();
  #changedAt = new Map<string, number>();
  #resets = -1;

  /** Places of all nodes at real time `wallMs`; `again` tells when to ask again because a gap will close. */
  place(
    rows: Pick<Rows, 'pods' | 'resets'>,
    wallMs: number,
  ): { slots: Map<string, Slot[]>; again: number | undefined } {
    if (rows.resets !== this.#resets) {
      this.#slots.clear();
      this.#resets = rows.resets;
    }
    const byNode = podsByNode(rows.pods.values());
    const next = new Map<string, Slot[]>();
    let again: number | undefined;
    for (const [node, pods] of byNode) {
      const { slots, closesAt } = this.#node(node, pods, wallMs);
      next.set(node, slots);
      if (closesAt !== undefined) again = Math.min(again ?? closesAt, closesAt);
    }
    this.#slots = next;
    return { slots: next, again };
  }

  #node(node: string, pods: PodRow[], wallMs: number): { slots: Slot[]; closesAt: number | undefined } {
    const here = new Map(pods.map((p) => [p.uid, p]));
    const before = this.#slots.get(node) ?? [];
    let changed = false;
    let slots = before.map((slot) => {
      if (slot.gone || here.has(slot.uid)) return slot;
      changed = true;
      return { ...slot, gone: true };
    });
    const known = new Set(before.map((s) => s.uid));
    for (const pod of pods) {
      if (known.has(pod.uid)) continue;
      slots = insert(slots, { uid: pod.uid, small: pod.system, gone: false });
      changed = true;
    }
    if (changed) this.#changedAt.set(node, wallMs);
    while (slots.at(-1)?.gone) slots = slots.slice(0, -1);
    if (!slots.some((s) => s.gone)) return { slots, closesAt: undefined };
    const closesAt = (this.#changedAt.get(node) ?? wallMs) + CLOSE_AFTER_MS;
    if (wallMs < closesAt) return { slots, closesAt };
    return { slots: slots.filter((s) => !s.gone), closesAt: undefined };
  }
}

/** A newcomer takes the first gap of its own size, or the end; system pods keep together at the front. */
function insert(slots: Slot[], slot: Slot): Slot[] {
  if (!slot.small) {
    const gap = slots.findIndex((s) => s.gone && !s.small);
    return gap < 0 ? [...slots, slot] : slots.toSpliced(gap, 1, slot);
  }
  const end = slots.findLastIndex((s) => s.small) + 1;
  return slots.toSpliced(end, 0, slot);
}
