import type { KubeObject } from '../api/meta.ts';

/** What a component says about an object. Repeats are counted in one Event, as client-go's correlator does. */
export interface EventNote {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** `spec.containers{web}` for container events. */
  fieldPath?: string;
  /** `Scheduling`, `Binding`, `Preempting` … of events.k8s.io reporters. */
  action?: string;
  related?: KubeObject;
  /** Overrides the component's own name (the kubelet's host, a profile's scheduler name). */
  source?: { component: string; host?: string };
}

export interface Recorder {
  event(object: KubeObject, note: EventNote): void;
}
