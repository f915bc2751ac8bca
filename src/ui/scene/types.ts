/** A picture of the cluster as plain data: everything measured and worded, nothing drawn. */
import type { LabelSelector } from '../../engine/api/meta.ts';
import type { Decision } from '../../view/decision.ts';
import type { NodeRow, PodForm, PodRow } from '../../view/rows.ts';
import type { Translate } from '../i18n/index.ts';
import type { Rows } from '../rows.ts';
import type { DrainPreview, Selection } from '../store.ts';
import type { Measure } from './measure.ts';
import type { Slot } from './slots.ts';

export interface SceneOptions {
  /** Of the whole stage's picture, queue included, CSS pixels. */
  width: number;
  height: number;
  /** Scale of type and geometry: 1, projector 1.4. */
  zoom: number;
  /** How nodes are drawn; without it their number decides. */
  mode?: Mode;
  /** A side panel is open: narrower hulls. */
  narrow: boolean;
  /** One column, one row of waiting pods. */
  mobile: boolean;
  /** No node meta lines (small embeds). */
  terse: boolean;
  showQueue: boolean;
  /** Keep the lanes for a moment after the last pod has left: the quay must not jump with every pod. */
  holdQueue?: boolean;
  /** One row of everything that waits, where height is dear. */
  lowQueue?: boolean;
  systemNames: boolean;
  selection: Selection;
  explained: Decision | null;
  /** The decision about the first unschedulable pod, for the words beside it. */
  waiting: Decision | null;
  preview: DrainPreview | null;
  /** While one is pointed at: its siblings keep full strength, everything else steps back. */
  siblings?: { namespace: string; workload: string };
  /** The Service behind the pod that is pointed at. */
  service?: ServiceLink | null;
  /** What the pod that is pointed at says about other pods. */
  podTerms?: PodTerms | null;
  /** Pods that those terms name; the layout fills it in. */
  tied?: ReadonlyMap<string, 'with' | 'apart'>;
  /** Nodes on which the selected pod is drawn as a dashed hull. */
  candidates?: string[];
  t: Translate;
  measure: Measure;
  /** What the selected pod asks for; the layout fills it in. */
  ask?: { cpuMilli: number; memoryBytes: number };
  /** Places by node name; without it pods stand in their order of creation. */
  slots?: Map<string, Slot[]>;
}

/** A Service as its links need it. */
export interface ServiceLink {
  name: string;
  namespace: string;
  address: string;
  selector: Record<string, string>;
}

/** One term about other pods: in which namespaces, which pods, and what counts as one place. */
export interface PodTerm {
  namespaces: string[];
  selector: LabelSelector | undefined;
  topologyKey: string;
}

/** A pod's affinity, anti-affinity and topology spread, required and preferred ones alike. */
export interface PodTerms {
  uid: string;
  together: PodTerm[];
  apart: PodTerm[];
  spread: PodTerm[];
  /** By topology key and node: the node's domain. */
  domains: Record<string, Record<string, string>>;
}

export type SceneRows = Pick<Rows, 'nodes' | 'pods' | 'queue' | 'nowMs' | 'troubles'>;

/** A place on the quay with the pod that lies there, or the gap it left. */
export interface Place {
  pod: PodRow | undefined;
  small: boolean;
}

/** What the layout of one node needs. */
export interface NodeInput {
  node: NodeRow;
  places: Place[];
  rows: SceneRows;
  options: SceneOptions;
}

export type Mode = 'berths' | 'compact' | 'tiles' | 'canvas';

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface TextAt {
  x: number;
  y: number;
  text: string;
}

export interface HullScene {
  uid: string;
  /** `namespace/name`. */
  key: string;
  /** Name of the node it lies at, '' in the queue. */
  node: string;
  workload: string;
  /** Relative to its node's origin, or to the queue's. */
  x: number;
  y: number;
  w: number;
  h: number;
  shape: 'full' | 'system' | 'chip';
  form: PodForm;
  owner: PodRow['owner'];
  system: boolean;
  name: string;
  line2: string;
  /** Containers, from two on. */
  pips: { ready: boolean; sidecar: boolean }[];
  init: PodRow['init'];
  /** Priority marks: positive up, negative down. */
  chevrons: number;
  /** Share of the image that is there, while it is pulled. */
  progress?: number;
  restarts: number;
  label: string;
  description: string;
  selected: boolean;
  dim: boolean;
}

export interface Segment {
  uid: string;
  x: number;
  w: number;
  kind: 'live' | 'sys' | 'bad' | 'gone' | 'wait' | 'open';
}

export interface Ruler extends Box {
  reservedW: number;
  ticks: { x: number; minor: boolean }[];
  segments: Segment[];
  dashed: boolean;
  free?: TextAt;
}

export interface Verdict extends TextAt {
  kind: 'no' | 'yes';
  plugin: string;
}

/** What the selected pod asks for, laid over the free part of a ruler. */
export interface Ghost extends Box {
  asks: string;
  overW: number;
  short: string;
}

export interface Chip extends Box {
  glyph: 'noschedule' | 'prefer' | 'noexecute' | 'cordon' | 'pressure';
  text: string;
  suffix: string;
  title: string;
  dashed: boolean;
}

export interface NodeScene {
  name: string;
  uid: string;
  x: number;
  y: number;
  w: number;
  h: number;
  label: string;
  description: string;
  selected: boolean;
  dim: boolean;
  down: boolean;
  compact: boolean;
  title: TextAt & { size: number };
  badge?: Box & { text: string; shape: 'square' | 'pill' | 'cut' | 'double' };
  meta?: TextAt;
  chips: Chip[];
  usage?: TextAt & { bold: string };
  share?: TextAt;
  ruler: Ruler;
  water: Box & { hatched: boolean };
  boom?: { x: number; y1: number; y2: number; kind: 'solid' | 'dashed' | 'thin' };
  memory?: Box & { reservedW: number; usedW: number; pressure: boolean; text: TextAt };
  podsText?: TextAt;
  note?: TextAt;
  extended: (Box & { name: string; used: number; of: number })[];
  moorings: { uid: string; d: string; kind: '' | 'sys' | 'bad' | 'gone' | 'thrown' | 'dots' }[];
  verdict?: Verdict;
  ghost?: Ghost;
  /** A hull that would lie here: nominated, or a replacement in a drain preview. */
  phantoms: (Box & { name: string; line2: string; nominated?: true })[];
  callout?: { x: number; y: number; title: string; text: string; bad: boolean };
}

export interface LaneScene extends Box {
  lane: 'active' | 'backoff' | 'unschedulable' | 'gated';
  title: TextAt;
  gloss?: TextAt;
  more?: Box & { text: string };
  rule: boolean;
}

export interface QueueScene {
  height: number;
  /** Wider than the stage when the row scrolls. */
  width: number;
  lanes: LaneScene[];
  note?: TextAt & { bold: string };
  counts?: TextAt;
  fit?: { title: TextAt; text?: TextAt };
}

export interface LinksScene {
  box: Box;
  title: string;
  text: string;
  lines: { d: string; ready: boolean }[];
  dots: { x: number; y: number; ready: boolean }[];
}

export interface TiesScene {
  lines: { d: string; kind: 'with' | 'apart' | 'victim' }[];
  /** On the hulls that are meant. */
  marks: { x: number; y: number; kind: 'with' | 'apart' }[];
  brackets: { d: string; label: TextAt }[];
}

export interface Scene {
  mode: Mode;
  width: number;
  /** Of the quay's content, without the queue. */
  height: number;
  zoom: number;
  queue: QueueScene;
  wall?: Box;
  nodes: NodeScene[];
  pods: HullScene[];
  /** Moves a preview shows, in quay coordinates. */
  moves: string[];
  links?: LinksScene;
  ties?: TiesScene;
  victims?: TiesScene['lines'];
}
