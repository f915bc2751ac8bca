/** Nothing is created where no namespace is, or where it is going away. Upstream: plugin/namespace/lifecycle/admission.go */
import type { Namespace } from '../../api/core.ts';
import { resourceOfKind } from '../../api/discovery.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { forbidden, notFound } from '../errors.ts';

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);

export const NamespaceLifecycle = {
  name: 'NamespaceLifecycle',
  admit(s, op, o) {
    if (op === 'DELETE')
      return s.info.kind === 'Namespace' && IMMORTAL.has(o.metadata.name)
        ? forbidden(s.info, o.metadata.name, 'this namespace may not be deleted')
        : undefined;
    if (op !== 'CREATE' || !s.info.namespaced) return undefined;
    const name = s.namespace!;
    const namespace = s.server.store.get<Namespace>('Namespace', undefined, name);
    if (!namespace) return notFound(resourceOfKind('Namespace')!, name);
    if (!namespace.metadata.deletionTimestamp && namespace.status?.phase !== 'Terminating') return undefined;
    return forbidden(
      s.info,
      o.metadata.name,
      `unable to create new content in namespace ${name} because it is being terminated`,
      [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${name} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    );
  },
} satisfies AdmissionPlugin;
