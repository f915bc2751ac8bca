/** Failure zones and how fast their nodes get NoExecute taints. Upstream: pkg/controller/nodelifecycle, scheduler/rate_limited_queue.go */
import type { Node } from '../../api/core.ts';
import type { Ms } from '../../sim/time.ts';

type ZoneState = 'Initial' | 'Normal' | 'PartialDisruption' | 'FullDisruption';

/** One zone. Plain data. */
export interface Zone {
  state: ZoneState;
  /** Nodes that may be tainted in a second. */
  qps: number;
  /** When the next token is there (burst 1). */
  tokenAt: Ms;
  /** Nodes that wait for their taint, first come first served. */
  queue: string[];
}

export type Zones = Record<string, Zone>;

const RATE = 0.1;
const SECONDARY_RATE = 0.01;
const LARGE_CLUSTER = 50;
const UNHEALTHY_SHARE = 0.55;

/** Region and zone labels; all nodes without them are one zone. */
export function zoneOf(node: Node): string {
  const labels = node.metadata.labels;
  const region =
    labels?.['topology.kubernetes.io/region'] ?? labels?.['failure-domain.beta.kubernetes.io/region'] ?? '';
  const zone = labels?.['topology.kubernetes.io/zone'] ?? labels?.['failure-domain.beta.kubernetes.io/zone'] ?? '';
  return region || zone ? `${region}:${zone}` : '';
}

export interface Health {
  ready: number;
  notReady: number;
}

export function stateFor({ ready, notReady }: Health): ZoneState {
  if (ready === 0 && notReady > 0) return 'FullDisruption';
  if (notReady > 2 && notReady / (ready + notReady) >= UNHEALTHY_SHARE) return 'PartialDisruption';
  return 'Normal';
}

export const zoneNamed = (zones: Zones, name: string): Zone => {
  zones[name] ??= { state: 'Initial', qps: RATE, tokenAt: 0, queue: [] };
  return zones[name];
};

/** Changes a zone's rate; a limiter that was empty starts empty. */
export function setRate(zone: Zone, qps: number, now: Ms): void {
  if (zone.qps === qps) return;
  const empty = zone.qps <= 0 || now < zone.tokenAt;
  zone.qps = qps;
  zone.tokenAt = qps > 0 && empty ? now + 1000 / qps : now;
}

const rateFor = (state: ZoneState, size: number): number =>
  state === 'PartialDisruption' ? (size > LARGE_CLUSTER ? SECONDARY_RATE : 0) : RATE;

/** Puts a node into its zone's queue, once. */
export function enqueue(zone: Zone, name: string): void {
  if (!zone.queue.includes(name)) zone.queue.push(name);
}

export function dequeue(zone: Zone, name: string): void {
  zone.queue = zone.queue.filter((n) => n !== name);
}

/** What the new states mean for the cluster as a whole. */
export type Disruption = 'none' | 'entered' | 'left';

/**
 * Moves all zones to the states that `health` asks for and sets their rates. `entered`: every zone is down now and no
 * node may be tainted any longer; `left`: at least one came back from that.
 */
export function updateZones(zones: Zones, health: ReadonlyMap<string, Health>, now: Ms): Disruption {
  for (const name of health.keys()) zoneNamed(zones, name);
  for (const name of Object.keys(zones)) if (!health.has(name)) delete zones[name];
  const all = Object.entries(zones);
  const allDown = all.every(([name]) => stateFor(health.get(name)!) === 'FullDisruption');
  const allWereDown = all.every(([, zone]) => zone.state === 'FullDisruption');
  if (allDown && allWereDown) return 'none';
  if (allDown) {
    for (const [, zone] of all) {
      setRate(zone, 0, now);
      zone.state = 'FullDisruption';
    }
    return 'entered';
  }
  for (const [name, zone] of all) {
    const h = health.get(name)!;
    const state = stateFor(h);
    if (state === zone.state && !allWereDown) continue;
    setRate(zone, rateFor(state, h.ready + h.notReady), now);
    zone.state = state;
  }
  return allWereDown ? 'left' : 'none';
}
