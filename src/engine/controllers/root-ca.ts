import type { ConfigMap, Namespace } from '../api/core.ts';
import type { Component } from '../client/component.ts';
import { equalPlain } from '../sim/plain.ts';

const NAME = 'kube-root-ca.crt';
const DESCRIPTION = 'kubernetes.io/description';
const USAGE =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Nothing in a playground speaks TLS; the text only has the shape of a certificate. */
const CA = `-----BEGIN CERTIFICATE-----
QmVydGggaGFzIG5vIGNlcnRpZmljYXRlIGF1dGhvcml0eTogbm90aGluZyBpbiBp
dCBzcGVha3MgVExTLiBUaGlzIHRleHQga2VlcHMgdGhlIENvbmZpZ01hcCdzIHNo
YXBlLg==
-----END CERTIFICATE-----
`;

/** Publishes the API server's CA in every namespace. Upstream: pkg/controller/certificates/rootcacertpublisher */
export const rootCaController = (): Component => ({
  name: 'root-ca-certificate-publisher-controller',
  watches: ['Namespace', 'ConfigMap'],
  keysFor(e) {
    if (e.kind === 'Namespace') return e.type === 'DELETED' ? [] : [e.object.metadata.name];
    return e.object.metadata.name === NAME && e.type !== 'ADDED' ? [e.object.metadata.namespace!] : [];
  },
  startKeys: (list) => [...list.list<Namespace>('Namespace')].map((ns) => ns.metadata.name),
  initial: () => null,
  reconcile(name, ctx) {
    const ns = ctx.list.get<Namespace>('Namespace', undefined, name);
    if (!ns || ns.metadata.deletionTimestamp !== undefined) return;
    const data = { 'ca.crt': CA };
    const known = ctx.list.get<ConfigMap>('ConfigMap', name, NAME);
    const annotations = { [DESCRIPTION]: USAGE };
    if (!known) {
      const metadata = { name: NAME, namespace: name, annotations };
      ctx.api.create<ConfigMap>({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    } else if (!equalPlain(known.data, data) || known.metadata.annotations?.[DESCRIPTION] === undefined) {
      const metadata = { ...known.metadata, annotations: { ...known.metadata.annotations, ...annotations } };
      ctx.api.update<ConfigMap>({ ...known, metadata, data });
    }
  },
});
