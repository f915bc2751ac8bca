/** The checks of level `baseline`, by id. Upstream: k8s.io/pod-security-admission/policy/check_*.go */
import type { PodSpec } from '../../../api/core.ts';
import {
  type Bag,
  type Check,
  capabilities,
  containersNamed,
  containersOf,
  namesWhere,
  plural,
  quoted,
  securityOf,
  setters,
} from './checks.ts';

const DEFAULT_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

export const seccompOf = (o: { securityContext?: Bag }): string | undefined =>
  (securityOf(o).seccompProfile as { type?: string } | undefined)?.type;

const hostPorts: Check = {
  id: 'hostPorts',
  run(spec) {
    const used = (c: { ports?: { hostPort?: number }[] }): number[] =>
      (c.ports ?? []).map((p) => p.hostPort ?? 0).filter((p) => p !== 0);
    const bad = namesWhere(spec, (c) => used(c).length > 0);
    if (!bad.length) return undefined;
    const ports = [...new Set(containersOf(spec).flatMap(used))].map(String).sort();
    const word = plural('hostPort', 'hostPorts', ports.length);
    return {
      reason: word,
      detail: `${containersNamed(bad)} ${plural('uses', 'use', bad.length)} ${word} ${ports.join(', ')}`,
    };
  },
};

const hostNamespaces: Check = {
  id: 'hostNamespaces',
  run(spec) {
    const used = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((f) => spec[f]);
    return used.length ? { reason: 'host namespaces', detail: used.map((f) => `${f}=true`).join(', ') } : undefined;
  },
};

const hostPathVolumes: Check = {
  id: 'hostPathVolumes',
  run(spec) {
    const bad = (spec.volumes ?? []).filter((v) => v.hostPath).map((v) => v.name);
    return bad.length
      ? { reason: 'hostPath volumes', detail: `${plural('volume', 'volumes', bad.length)} ${quoted(bad)}` }
      : undefined;
  },
};

const capabilitiesBaseline: Check = {
  id: 'capabilities_baseline',
  run(spec) {
    const forbidden = (added: readonly string[]): string[] => added.filter((c) => !DEFAULT_CAPABILITIES.has(c));
    const bad = namesWhere(spec, (c) => forbidden(capabilities(c, 'add')).length > 0);
    if (!bad.length) return undefined;
    const names = [...new Set(containersOf(spec).flatMap((c) => forbidden(capabilities(c, 'add'))))].sort();
    return {
      reason: 'non-default capabilities',
      detail: `${containersNamed(bad)} must not include ${quoted(names)} in securityContext.capabilities.add`,
    };
  },
};

const privileged: Check = {
  id: 'privileged',
  run(spec) {
    const bad = namesWhere(spec, (c) => securityOf(c).privileged === true);
    return bad.length
      ? { reason: 'privileged', detail: `${containersNamed(bad)} must not set securityContext.privileged=true` }
      : undefined;
  },
};

const procMount: Check = {
  id: 'procMount',
  run(spec) {
    const mountOf = (c: { securityContext?: Bag }): string =>
      (securityOf(c).procMount as string | undefined) ?? 'Default';
    const bad = namesWhere(spec, (c) => mountOf(c) !== 'Default');
    if (!bad.length) return undefined;
    const values = [...new Set(containersOf(spec).map(mountOf))].filter((m) => m !== 'Default').sort();
    return {
      reason: 'procMount',
      detail: `${containersNamed(bad)} must not set securityContext.procMount to ${quoted(values)}`,
    };
  },
};

const seccompBaseline: Check = {
  id: 'seccompProfile_baseline',
  run(spec) {
    const bad = namesWhere(spec, (c) => seccompOf(c) === 'Unconfined');
    const who = setters(seccompOf(spec) === 'Unconfined', bad);
    return who
      ? { reason: 'seccompProfile', detail: `${who} must not set securityContext.seccompProfile.type to "Unconfined"` }
      : undefined;
  },
};

const sysctls: Check = {
  id: 'sysctls',
  run(spec) {
    const set = (securityOf(spec).sysctls as { name: string }[] | undefined) ?? [];
    const bad = set.map((s) => s.name).filter((n) => !SAFE_SYSCTLS.has(n));
    return bad.length ? { reason: 'forbidden sysctls', detail: bad.join(', ') } : undefined;
  },
};

const appArmor: Check = {
  id: 'appArmorProfile',
  run(spec) {
    const unconfined = (o: { securityContext?: Bag }): boolean =>
      (securityOf(o).appArmorProfile as { type?: string } | undefined)?.type === 'Unconfined';
    const bad = namesWhere(spec, unconfined);
    const who = setters(unconfined(spec), bad);
    return who
      ? {
          reason: 'forbidden AppArmor profile',
          detail: `${who} must not set AppArmor profile type to "Unconfined"`,
        }
      : undefined;
  },
};

const windowsHostProcess: Check = {
  id: 'windowsHostProcess',
  run(spec: PodSpec) {
    const host = (o: { securityContext?: Bag }): boolean =>
      (securityOf(o).windowsOptions as { hostProcess?: boolean } | undefined)?.hostProcess === true;
    const who = setters(host(spec), namesWhere(spec, host));
    return who
      ? { reason: 'hostProcess', detail: `${who} must not set securityContext.windowsOptions.hostProcess=true` }
      : undefined;
  },
};

export const BASELINE: readonly Check[] = [
  appArmor,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  privileged,
  procMount,
  seccompBaseline,
  sysctls,
  windowsHostProcess,
];
