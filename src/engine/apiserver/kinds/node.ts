/** Nodes. Upstream: pkg/registry/core/node/strategy.go */
import type { Node } from '../../api/core.ts';
import { nodeAddress, nodeRoles, nodeStatus } from '../../api/node-status.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn, wide } from './columns.ts';
import { defaultResourceList } from './defaults.ts';
import { validateNode, validateNodeUpdate } from './validation/node.ts';

const NO_INFO = {
  architecture: '',
  bootID: '',
  containerRuntimeVersion: '',
  kernelVersion: '',
  kubeProxyVersion: '',
  kubeletVersion: '',
  machineID: '',
  operatingSystem: '',
  osImage: '',
  systemUUID: '',
};

/** `5.15.0 (ppc64le)`: 1.36 names the architecture beside the kernel. */
function kernel(o: Node): string {
  const info = o.status?.nodeInfo;
  if (!info?.kernelVersion) return '<unknown>';
  return info.architecture ? `${info.kernelVersion} (${info.architecture})` : info.kernelVersion;
}

export const node: Kind<Node> = {
  kind: 'Node',
  hasStatus: true,
  default(o) {
    o.spec ??= {};
    o.status ??= {};
    // the first range is also the only one of old clients; theirs wins
    const { podCIDR, podCIDRs } = o.spec;
    if (podCIDR && podCIDRs?.[0] !== podCIDR) o.spec.podCIDRs = [podCIDR];
    else if (podCIDRs?.[0]) o.spec.podCIDR = podCIDRs[0];
    defaultResourceList(o.status.capacity);
    if (o.status.capacity && !o.status.allocatable) o.status.allocatable = { ...o.status.capacity };
    defaultResourceList(o.status.allocatable);
    o.status.daemonEndpoints ??= { kubeletEndpoint: { Port: 0 } };
    if (!o.status.nodeInfo || Object.keys(NO_INFO).some((key) => !(key in o.status.nodeInfo!)))
      o.status.nodeInfo = { ...NO_INFO, ...o.status.nodeInfo };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateNode(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateNodeUpdate(errors, o, old);
    return errors;
  },
  selectableFields: (o) => ({ 'spec.unschedulable': String(o.spec?.unschedulable ?? false) }),
  columns: [
    nameColumn,
    column('Status', nodeStatus),
    column('Roles', nodeRoles),
    ageColumn,
    column('Version', (o) => o.status?.nodeInfo?.kubeletVersion ?? ''),
    wide('Internal-IP', (o) => nodeAddress(o, 'InternalIP')),
    wide('External-IP', (o) => nodeAddress(o, 'ExternalIP')),
    wide('OS-Image', (o) => o.status?.nodeInfo?.osImage || '<unknown>'),
    wide('Kernel-Version', kernel),
    wide('Container-Runtime', (o) => o.status?.nodeInfo?.containerRuntimeVersion || '<unknown>'),
  ],
};
