/** What the page knows besides the rows: time, selection, panels, texts. Panels talk to each other only through here. */
import { create } from 'zustand';
import type { Decision, ExplainedDecision } from '../view/decision.ts';
import type { CaptionRow } from '../view/rows.ts';
import type { Problem, Recording, TimeState } from '../worker/protocol.ts';
import type { Language } from './i18n/index.ts';
import type { PodTerms, ServiceLink } from './scene/types.ts';

/** A pod by `namespace/name`, a node by name. */
export type Selection = { kind: 'Pod' | 'Node'; key: string } | null;
export type Width = 'wide' | 'medium' | 'narrow';
/** How much of a phone's page the bottom sheet takes. */
export type SheetStop = 'peek' | 'half' | 'full';
export type Theme = 'light' | 'dark';
export type InspectorTab = 'why' | 'yaml' | 'events' | 'conditions';
export type DialogName =
  | { name: 'help' }
  | { name: 'share' }
  | { name: 'examples' }
  | { name: 'addNode' }
  | { name: 'find' }
  | { name: 'table' }
  | { name: 'taint'; node: string }
  | { name: 'capacity'; node: string }
  | { name: 'scale'; workload: string; namespace: string; replicas: number }
  | { name: 'lane'; lane: 'active' | 'backoff' | 'unschedulable' | 'gated' };

/** One command in the console's log. */
export interface ConsoleEntry {
  id: string;
  line: string;
  chunks: { stream: 'out' | 'err'; text: string }[];
  /** Undefined while it runs. */
  exitCode?: number;
}

/** What the caption says, when it is the page and not the cluster that speaks. */
export interface Notice {
  actor: 'start' | 'past' | 'why' | 'preview' | 'paused' | 'error' | 'link' | 'kubectl';
  text: string;
  /** Read out at once. */
  assertive?: boolean;
  /** Real time until which no caption of the cluster takes its place. */
  untilMs?: number;
}

export interface DrainPreview {
  node: string;
  moves: { pod: string; outcome: string; node: string }[];
}

export interface Crash {
  message: string;
  seed: number;
  recording: Recording | null;
  lastGoodMs: number;
}

export interface UiState {
  connected: boolean;
  time: TimeState;
  /** Bumped after each frame of rows. */
  revision: number;
  caption: (CaptionRow & { atMs: number }) | null;
  notice: Notice | null;
  selection: Selection;
  /** The decision about the selected pod, when it has one. */
  explained: ExplainedDecision | null;
  /** While the inspector shows what a drain would do. */
  preview: DrainPreview | null;
  hovered: Selection;
  /** The Service behind the pod that is pointed at. */
  service: ServiceLink | null;
  /** What it says about other pods: affinity, anti-affinity, topology spread. */
  podTerms: PodTerms | null;
  /** While a pod is dragged over a node: what that node says. */
  asking: { pod: string; node: string; decision: Decision } | null;

  /** Manifests by file name, as the editor has them, and as they were last applied. */
  files: Record<string, string>;
  applied: Record<string, string>;
  activeFile: string;
  problems: Problem[];
  console: ConsoleEntry[];

  /** Slug and title of what was opened. */
  scenario: string;
  title: string;
  edited: boolean;
  lesson: string;

  width: Width;
  editorOpen: boolean;
  consoleOpen: boolean;
  inspectorOpen: boolean;
  inspectorTab: InspectorTab;
  /** Which of the two has the right side. */
  side: 'inspector' | 'lesson';
  sheet: SheetStop;
  controlPlaneOpen: boolean;
  /** Revision of the write that the control plane shows; what came after it waits to be shown. */
  hop: number;
  systemNames: boolean;
  follow: boolean;
  zoom: number;
  singleKeys: boolean;
  dialog: DialogName | null;
  menu: { selection: NonNullable<Selection>; x: number; y: number } | null;

  theme: Theme;
  language: Language;
  projector: boolean;
  embed: boolean;
  readonly: boolean;
  crash: Crash | null;
  /** The first ten seconds: which beat is on, or null. */
  beat: number | null;
}

const noTime: TimeState = { nowMs: 0, startMs: 0, endMs: 0, speed: 1, paused: true, past: false };

export const useStore = create<UiState>()(() => ({
  connected: false,
  time: noTime,
  revision: 0,
  caption: null,
  notice: null,
  selection: null,
  explained: null,
  preview: null,
  hovered: null,
  service: null,
  podTerms: null,
  asking: null,
  files: {},
  applied: {},
  activeFile: '',
  problems: [],
  console: [],
  scenario: '',
  title: '',
  edited: false,
  lesson: '',
  width: 'wide',
  editorOpen: false,
  consoleOpen: false,
  inspectorOpen: false,
  inspectorTab: 'why',
  side: 'inspector',
  sheet: 'half',
  controlPlaneOpen: false,
  hop: 0,
  systemNames: false,
  follow: false,
  zoom: 1,
  singleKeys: true,
  dialog: null,
  menu: null,
  theme: 'light',
  language: 'en',
  projector: false,
  embed: false,
  readonly: false,
  crash: null,
  beat: null,
}));

export const setState = useStore.setState;
export const getState = useStore.getState;
