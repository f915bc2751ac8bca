/** The checks that level `restricted` adds, by id. Upstream: k8s.io/pod-security-admission/policy/check_*_restricted.go */
import { seccompOf } from './baseline.ts';
import {
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

const ALLOWED_VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const allowPrivilegeEscalation: Check = {
  id: 'allowPrivilegeEscalation',
  run(spec) {
    const bad = namesWhere(spec, (c) => securityOf(c).allowPrivilegeEscalation !== false);
    return bad.length
      ? {
          reason: 'allowPrivilegeEscalation != false',
          detail: `${containersNamed(bad)} must set securityContext.allowPrivilegeEscalation=false`,
        }
      : undefined;
  },
};

const capabilitiesRestricted: Check = {
  id: 'capabilities_restricted',
  overrides: ['capabilities_baseline'],
  run(spec) {
    const details: string[] = [];
    const keeping = namesWhere(spec, (c) => !capabilities(c, 'drop').includes('ALL'));
    if (keeping.length) details.push(`${containersNamed(keeping)} must set securityContext.capabilities.drop=["ALL"]`);
    const forbidden = (added: readonly string[]): string[] => added.filter((c) => c !== 'NET_BIND_SERVICE');
    const adding = namesWhere(spec, (c) => forbidden(capabilities(c, 'add')).length > 0);
    if (adding.length) {
      const names = [...new Set(containersOf(spec).flatMap((c) => forbidden(capabilities(c, 'add'))))].sort();
      details.push(`${containersNamed(adding)} must not include ${quoted(names)} in securityContext.capabilities.add`);
    }
    return details.length ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined;
  },
};

const restrictedVolumes: Check = {
  id: 'restrictedVolumes',
  overrides: ['hostPathVolumes'],
  run(spec) {
    const bad: string[] = [];
    const types = new Set<string>();
    for (const v of spec.volumes ?? []) {
      const type = Object.keys(v).find((k) => k !== 'name' && !ALLOWED_VOLUMES.has(k));
      if (!type) continue;
      bad.push(v.name);
      types.add(type);
    }
    if (!bad.length) return undefined;
    const kinds = [...types].sort();
    return {
      reason: 'restricted volume types',
      detail: `${plural('volume', 'volumes', bad.length)} ${quoted(bad)} ${plural('uses', 'use', bad.length)} restricted volume ${plural('type', 'types', kinds.length)} ${quoted(kinds)}`,
    };
  },
};

const runAsNonRoot: Check = {
  id: 'runAsNonRoot',
  run(spec) {
    const reason = 'runAsNonRoot != true';
    const pod = securityOf(spec).runAsNonRoot;
    const explicit = namesWhere(spec, (c) => securityOf(c).runAsNonRoot === false);
    const who = setters(pod === false, explicit);
    if (who) return { reason, detail: `${who} must not set securityContext.runAsNonRoot=false` };
    const implicit = namesWhere(spec, (c) => securityOf(c).runAsNonRoot === undefined && pod !== true);
    return implicit.length
      ? { reason, detail: `pod or ${containersNamed(implicit)} must set securityContext.runAsNonRoot=true` }
      : undefined;
  },
};

const runAsUser: Check = {
  id: 'runAsUser',
  run(spec) {
    const who = setters(
      securityOf(spec).runAsUser === 0,
      namesWhere(spec, (c) => securityOf(c).runAsUser === 0),
    );
    return who ? { reason: 'runAsUser=0', detail: `${who} must not set runAsUser=0` } : undefined;
  },
};

const isAllowed = (profile: string | undefined): boolean => profile === 'RuntimeDefault' || profile === 'Localhost';

const seccompRestricted: Check = {
  id: 'seccompProfile_restricted',
  overrides: ['seccompProfile_baseline'],
  run(spec) {
    const reason = 'seccompProfile';
    const pod = seccompOf(spec);
    const bad = (p: string | undefined): boolean => p !== undefined && !isAllowed(p);
    const explicit = namesWhere(spec, (c) => bad(seccompOf(c)));
    const who = setters(bad(pod), explicit);
    if (who) {
      const values = [...new Set([pod, ...containersOf(spec).map(seccompOf)].filter((p) => bad(p)))] as string[];
      return { reason, detail: `${who} must not set securityContext.seccompProfile.type to ${quoted(values.sort())}` };
    }
    const implicit = namesWhere(spec, (c) => seccompOf(c) === undefined && !isAllowed(pod));
    return implicit.length
      ? {
          reason,
          detail: `pod or ${containersNamed(implicit)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
        }
      : undefined;
  },
};

export const RESTRICTED: readonly Check[] = [
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];
