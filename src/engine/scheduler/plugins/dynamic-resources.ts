import type { Pod } from '../../api/core.ts';
import { ADD, UPDATE, UPDATE_NODE_ALLOCATABLE, UPDATE_NODE_LABEL } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import { failure, skip, success, unresolvable, unschedulable } from '../framework/status.ts';

const name = 'DynamicResources';
const NOTHING_TO_FREE = unschedulable(name, 'no new claims to deallocate');
const NO_STATE = failure(name, 'not found');

/** Why the pod's claims are not there: devices and their claims are not modelled, so none ever is. */
function missingClaim(pod: Pod): string | undefined {
  for (const claim of pod.spec.resourceClaims ?? []) {
    const generated = pod.status?.resourceClaimStatuses?.find((s) => s.name === claim.name);
    const claimName = claim.resourceClaimName ?? generated?.resourceClaimName;
    if (claimName) return `could not find ResourceClaim "${pod.metadata.namespace}/${claimName}"`;
    // a status without a name: no claim was needed
    if (!generated) return `pod "${pod.metadata.namespace}/${pod.metadata.name}": ResourceClaim not created yet`;
  }
  return undefined;
}

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
    const missing = missingClaim(pod);
    return missing ? unresolvable(name, missing) : success;
  },
  preFilter(state, { pod }) {
    state.write(name, true);
    const missing = missingClaim(pod);
    return { status: missing ? unresolvable(name, missing) : skip };
  },
  filter: () => success,
  postFilter: (state) => ({ status: state.read(name) ? NOTHING_TO_FREE : NO_STATE }),
  score: () => 0,
});
