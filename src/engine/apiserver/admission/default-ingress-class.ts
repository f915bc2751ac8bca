/** The class of an Ingress that names none. Upstream: plugin/pkg/admission/network/defaultingressclass/admission.go */
import type { AnyObject } from '../../api/meta.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';

const IS_DEFAULT = 'ingressclass.kubernetes.io/is-default-class';
const OLD_ANNOTATION = 'kubernetes.io/ingress.class';

export const DefaultIngressClass = {
  name: 'DefaultIngressClass',
  kinds: new Set(['Ingress']),
  admit(s, op, o) {
    const spec = o.spec as { ingressClassName?: string } | undefined;
    if (op !== 'CREATE' || !spec || spec.ingressClassName !== undefined) return undefined;
    if (o.metadata.annotations?.[OLD_ANNOTATION] !== undefined) return undefined;
    const defaults = [...s.server.store.list<AnyObject>('IngressClass')].filter(
      (c) => c.metadata.annotations?.[IS_DEFAULT] === 'true',
    );
    // the newest wins
    defaults.sort((a, b) => (a.metadata.creationTimestamp > b.metadata.creationTimestamp ? -1 : 1));
    if (defaults[0]) spec.ingressClassName = defaults[0].metadata.name;
    return undefined;
  },
} satisfies AdmissionPlugin;
