import type { PluginFactory } from '../framework/interface.ts';

/** Binds by posting a Binding; the component does so itself. Upstream: pkg/scheduler/framework/plugins/defaultbinder */
export const DefaultBinder: PluginFactory = () => ({ name: 'DefaultBinder', bind: () => null });
