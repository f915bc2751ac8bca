/** The Service behind the pod that is pointed at, asked for when somebody points. */
import { call } from './connection.ts';
import { podOf } from './parts/hooks.ts';
import { rows } from './rows.ts';
import { selects } from './scene/layout-links.ts';
import type { ServiceLink } from './scene/types.ts';
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

/** Keeps `service` true to what is pointed at. */
export function watchHovered(): () => void {
  return useStore.subscribe((s, before) => {
    if (s.hovered === before.hovered) return;
    const { hovered } = s;
    if (s.service) setState({ service: null });
    if (hovered?.kind !== 'Pod') return;
    serviceOf(hovered.key)
      .then((service) => {
        if (service && getState().hovered === hovered) setState({ service });
      })
      .catch(() => undefined); // the crash page says so
  });
}
