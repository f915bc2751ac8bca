/** The account of a pod and its token. Upstream: plugin/pkg/admission/serviceaccount/admission.go */
import type { ServiceAccount as Account, Container, Pod } from '../../api/core.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { forbidden, type Refusal } from '../errors.ts';
import type { Scope } from '../scope.ts';

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const MIRROR = 'kubernetes.io/config.mirror';
/** An hour and seven seconds, so that a token is told from one that was asked for. */
const EXPIRATION_SECONDS = 3607;

export const ServiceAccount = {
  name: 'ServiceAccount',
  kinds: new Set(['Pod']),
  admit(s, op, o) {
    const pod = o as unknown as Pod;
    if (op !== 'CREATE' || !pod.spec) return undefined;
    if (pod.metadata.annotations?.[MIRROR] !== undefined)
      return pod.spec.serviceAccountName
        ? forbidden(s.info, o.metadata.name, 'a mirror pod may not reference service accounts')
        : undefined;
    const name = pod.spec.serviceAccountName || 'default';
    pod.spec.serviceAccountName = name;
    pod.spec.serviceAccount = name;
    const account = s.server.store.get<Account>('ServiceAccount', s.namespace, name);
    if (!account) return missing(s, pod, name);
    if (!pod.spec.imagePullSecrets?.length && account.imagePullSecrets?.length)
      pod.spec.imagePullSecrets = account.imagePullSecrets.map((r) => ({ ...r }));
    if (pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true) mountToken(s, pod);
    return undefined;
  },
} satisfies AdmissionPlugin;

const missing = (s: Scope, pod: Pod, name: string): Refusal =>
  forbidden(
    s.info,
    pod.metadata.name ?? '',
    `error looking up service account ${s.namespace}/${name}: serviceaccount "${name}" not found`,
  );

const mounted = (c: Container): boolean => c.volumeMounts?.some((m) => m.mountPath === MOUNT_PATH) ?? false;

function mountToken(s: Scope, pod: Pod): void {
  const known = pod.spec.volumes?.find((v) => v.name.startsWith('kube-api-access-') && v.projected);
  const name = known?.name ?? `kube-api-access-${s.server.random.suffix()}`;
  let used = false;
  for (const c of [...(pod.spec.initContainers ?? []), ...(pod.spec.containers ?? [])]) {
    if (mounted(c)) continue;
    c.volumeMounts = [...(c.volumeMounts ?? []), { name, readOnly: true, mountPath: MOUNT_PATH }];
    used = true;
  }
  if (!used || known) return;
  pod.spec.volumes = [
    ...(pod.spec.volumes ?? []),
    {
      name,
      projected: {
        sources: [
          { serviceAccountToken: { expirationSeconds: EXPIRATION_SECONDS, path: 'token' } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          {
            downwardAPI: {
              items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
            },
          },
        ],
        defaultMode: 420,
      },
    },
  ];
}
