import { ADD, UPDATE, UPDATE_NODE_ALLOCATABLE, UPDATE_NODE_LABEL } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import { failure, skip, success, unresolvable, unschedulable } from '../framework/status.ts';

const name = 'DynamicResources';
const NOTHING_TO_FREE = unschedulable(name, 'no new claims to deallocate');
const NO_STATE = failure(name, 'not found');

/**
 * Claims of devices, as far as pods without them meet it: it skips them, yet its PostFilter has a word in every refusal.
 * Upstream: pkg/scheduler/framework/plugins/dynamicresources
 */
export const DynamicResources: PluginFactory = () => ({
  name,
  needs: { preFilter: 'not found', preFilterToScore: 'not found' },
  local: true,
  events: () => [
    { resource: 'Node', action: ADD | UPDATE_NODE_LABEL | UPDATE_NODE_ALLOCATABLE },
    { resource: 'DeviceClass', action: ADD | UPDATE },
    { resource: 'ResourceSlice', action: ADD | UPDATE },
    { resource: 'ResourceClaim', action: ADD | UPDATE },
  ],
  preEnqueue(pod) {
    const claim = pod.spec.resourceClaims?.[0];
    if (!claim) return success;
    // devices and their claims are not modelled, so a pod that wants one waits for a claim that never comes
    if (claim.resourceClaimName)
      return unresolvable(name, `waiting for dynamic resource claim "${claim.resourceClaimName}" to be created`);
    return unresolvable(name, `pod "${pod.metadata.namespace}/${pod.metadata.name}": ResourceClaim not created yet`);
  },
  preFilter(state) {
    state.write(name, true);
    return { status: skip };
  },
  filter: () => success,
  postFilter: (state) => ({ status: state.read(name) ? NOTHING_TO_FREE : NO_STATE }),
  score: () => 0,
});
