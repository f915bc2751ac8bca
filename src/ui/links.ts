/** What ties the pod that is pointed at to others, asked for when somebody points: its Service, and its terms about other pods. */
import type { LabelSelector, ObjectMeta } from '../engine/api/meta.ts';
import { matchesSelector } from '../engine/api/selector.ts';
import { call } from './connection.ts';
import { podOf } from './parts/hooks.ts';
import { rows } from './rows.ts';
import { selects } from './scene/layout-links.ts';
import type { PodTerm, PodTerms, ServiceLink } from './scene/types.ts';
import { getState, setState, useStore } from './store.ts';

interface ServiceObject {
  metadata: { name: string; namespace: string };
  spec?: { selector?: Record<string, string>; clusterIP?: string; ports?: { port: number }[] };
}

async function serviceOf(key: string): Promise<ServiceLink | null> {
  const pod = podOf(rows, key);
  if (!pod || pod.system) return null;
  const services = (await call('objects', 'Service')) as ServiceObject[];
  const found = services.find(
    (s) => s.metadata.namespace === pod.namespace && selects(s.spec?.selector ?? {}, pod.labels),
  );
  if (!found) return null;
  const { metadata, spec } = found;
  const port = spec?.ports?.[0]?.port;
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    address: `${spec?.clusterIP ?? ''}${port ? `:${port}` : ''}`,
    selector: spec?.selector ?? {},
  };
}

interface AffinityTerm {
  labelSelector?: LabelSelector;
  topologyKey: string;
  namespaces?: string[];
  namespaceSelector?: LabelSelector;
}

interface Terms {
  requiredDuringSchedulingIgnoredDuringExecution?: AffinityTerm[];
  preferredDuringSchedulingIgnoredDuringExecution?: { podAffinityTerm: AffinityTerm }[];
}

interface PodObject {
  metadata: ObjectMeta;
  spec: {
    affinity?: { podAffinity?: Terms; podAntiAffinity?: Terms };
    topologySpreadConstraints?: AffinityTerm[];
  };
}

interface Labelled {
  metadata: ObjectMeta;
}

const all = (terms: Terms | undefined): AffinityTerm[] => [
  ...(terms?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
  ...(terms?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((p) => p.podAffinityTerm),
];

/** The namespaces a term speaks of: those it names and those it selects, else the pod's own. */
function namespacesOf(term: AffinityTerm, own: string, namespaces: Labelled[]): string[] {
  const { namespaceSelector: selector } = term;
  const selected = selector
    ? namespaces.filter((n) => matchesSelector(selector, n.metadata.labels)).map((n) => n.metadata.name)
    : [];
  const named = [...(term.namespaces ?? []), ...selected];
  return named.length || selector ? named : [own];
}

async function termsOf(key: string): Promise<PodTerms | null> {
  const pod = podOf(rows, key);
  const object = pod && ((await call('inspect', 'Pod', key))?.object as PodObject | undefined);
  if (!pod || !object) return null;
  const { affinity, topologySpreadConstraints } = object.spec;
  const given = [all(affinity?.podAffinity), all(affinity?.podAntiAffinity), topologySpreadConstraints ?? []];
  if (given.every((terms) => !terms.length)) return null;
  const nodes = (await call('objects', 'Node')) as Labelled[];
  const wide = given.flat().some((term) => term.namespaceSelector);
  const namespaces = wide ? ((await call('objects', 'Namespace')) as Labelled[]) : [];
  const [together, apart, spread] = given.map((terms) =>
    terms.map(
      (term): PodTerm => ({
        namespaces: namespacesOf(term, pod.namespace, namespaces),
        selector: term.labelSelector,
        topologyKey: term.topologyKey,
      }),
    ),
  ) as [PodTerm[], PodTerm[], PodTerm[]];
  const domains: PodTerms['domains'] = {};
  for (const { topologyKey } of given.flat())
    domains[topologyKey] = Object.fromEntries(
      nodes.flatMap(({ metadata }) => {
        const domain = metadata.labels?.[topologyKey];
        return domain === undefined ? [] : [[metadata.name, domain] as const];
      }),
    );
  return { uid: pod.uid, together, apart, spread, domains };
}

/** Keeps `service` and `podTerms` true to what is pointed at. */
export function watchHovered(): () => void {
  return useStore.subscribe((s, before) => {
    if (s.hovered === before.hovered) return;
    const { hovered } = s;
    if (s.service || s.podTerms) setState({ service: null, podTerms: null });
    if (hovered?.kind !== 'Pod') return;
    serviceOf(hovered.key)
      .then((service) => {
        if (service && getState().hovered === hovered) setState({ service });
      })
      .catch(() => undefined); // the crash page says so
    termsOf(hovered.key)
      .then((podTerms) => {
        if (podTerms && getState().hovered === hovered) setState({ podTerms });
      })
      .catch(() => undefined); // the crash page says so
  });
}
