/** The kubelets of all machines, as one component. */
import type { Component } from '../client/component.ts';
import { kwokComponent } from './kwok.ts';

/** The component that runs pods on all machines. */
export const kubeletComponent = (): Component => kwokComponent() as Component;
