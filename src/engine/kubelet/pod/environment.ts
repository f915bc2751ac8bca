/** Environment variables and volumes of a container, and what is missing for them. Upstream: pkg/kubelet/kubelet_pods.go makeEnvironmentVariables */
import type { ConfigMap, Container, Pod, Secret, Service } from '../../api/core.ts';
import type { Lister } from '../../client/lister.ts';

type Source = { name?: string; key?: string; optional?: boolean };

interface Store {
  data: Record<string, string> | undefined;
}

const configMap = (list: Lister, ns: string, name = ''): Store | undefined => {
  const found = list.get<ConfigMap>('ConfigMap', ns, name);
  return found && { data: found.data };
};

const secret = (list: Lister, ns: string, name = ''): Store | undefined => {
  const found = list.get<Secret>('Secret', ns, name);
  return found && { data: found.data && mapValues(found.data, decode) };
};

const mapValues = (o: Record<string, string>, f: (v: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(o).map(([k, v]) => [k, f(v)]));

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 to text (Latin-1; what a shell would print of it is all that matters). */
function decode(text: string): string {
  let out = '';
  let bits = 0;
  let have = 0;
  for (const c of text) {
    const value = BASE64.indexOf(c);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += String.fromCharCode((bits >> have) & 255);
    }
  }
  return out;
}

/** Variables of Services that existed before, and of the API server. */
function serviceLinks(pod: Pod, list: Lister): Record<string, string> {
  const env: Record<string, string> = {};
  const add = (s: Service): void => {
    const ip = s.spec.clusterIP;
    const port = s.spec.ports?.[0];
    if (!ip || ip === 'None' || !port) return;
    const name = s.metadata.name.toUpperCase().replaceAll('-', '_');
    env[`${name}_SERVICE_HOST`] = ip;
    env[`${name}_SERVICE_PORT`] = String(port.port);
    env[`${name}_PORT`] = `tcp://${ip}:${port.port}`;
  };
  const api = list.get<Service>('Service', 'default', 'kubernetes');
  if (api) add(api);
  if (pod.spec.enableServiceLinks !== false)
    for (const s of list.list<Service>('Service', pod.metadata.namespace)) add(s);
  return env;
}

function fieldValue(pod: Pod, path: string, hostIP: string, podIP: string): string {
  const key = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (key) return pod.metadata[key[1] as 'labels']?.[key[2]!] ?? '';
  const known: Record<string, string | undefined> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec.nodeName,
    'spec.serviceAccountName': pod.spec.serviceAccountName,
    'status.hostIP': hostIP,
    'status.podIP': podIP,
  };
  return known[path] ?? '';
}

const expand = (value: string, env: Record<string, string>): string =>
  value.replace(/\$\$\(|\$\((\w+)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$(' : (env[name] ?? whole),
  );

export interface Surroundings {
  list: Lister;
  hostIP: string;
  podIP: string;
}

/** One `valueFrom`; an error is a `CreateContainerConfigError` message. */
function fromSource(
  from: Record<string, unknown>,
  pod: Pod,
  c: Container,
  s: Surroundings,
): string | undefined | { error: string } {
  const ns = pod.metadata.namespace!;
  const field = from.fieldRef as { fieldPath?: string } | undefined;
  if (field) return fieldValue(pod, field.fieldPath ?? '', s.hostIP, s.podIP);
  const resource = from.resourceFieldRef as { resource?: string } | undefined;
  if (resource) {
    const [kind, name] = (resource.resource ?? '').split('.');
    return (kind === 'limits' ? c.resources?.limits : c.resources?.requests)?.[name ?? ''] ?? '0';
  }
  for (const [word, kind, get] of [
    ['configMapKeyRef', 'configmap', configMap],
    ['secretKeyRef', 'secret', secret],
  ] as const) {
    const ref = from[word] as Source | undefined;
    if (!ref) continue;
    const found = get(s.list, ns, ref.name);
    if (!found) return ref.optional ? undefined : { error: `${kind} "${ref.name}" not found` };
    const value = found.data?.[ref.key ?? ''];
    if (value !== undefined || ref.optional) return value;
    return { error: `couldn't find key ${ref.key} in ${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${ns}/${ref.name}` };
  }
  return undefined;
}

export type Environment = { ok: true; env: Record<string, string> } | { ok: false; error: string };

/** All variables of a container, or what cannot be found. */
export function environment(pod: Pod, c: Container, s: Surroundings): Environment {
  const env: Record<string, string> = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: pod.spec.hostname ?? pod.metadata.name,
    ...serviceLinks(pod, s.list),
  };
  for (const from of c.envFrom ?? []) {
    const prefix = (from.prefix as string | undefined) ?? '';
    for (const [word, kind, get] of [
      ['configMapRef', 'configmap', configMap],
      ['secretRef', 'secret', secret],
    ] as const) {
      const ref = from[word] as Source | undefined;
      if (!ref) continue;
      const found = get(s.list, pod.metadata.namespace!, ref.name);
      if (!found && !ref.optional) return { ok: false, error: `${kind} "${ref.name}" not found` };
      for (const [k, v] of Object.entries(found?.data ?? {})) env[prefix + k] = v;
    }
  }
  for (const e of c.env ?? []) {
    const value = e.valueFrom ? fromSource(e.valueFrom, pod, c, s) : expand(e.value ?? '', env);
    if (typeof value === 'object') return { ok: false, error: value.error };
    if (value !== undefined) env[e.name] = value;
  }
  return { ok: true, env };
}

/** `$(NAME)` in command and args. */
export const expandAll = (words: readonly string[] | undefined, env: Record<string, string>): string[] | undefined =>
  words?.map((w) => expand(w, env));

/** Volumes whose ConfigMap or Secret is not there: name and complaint of the first. */
export function missingVolume(pod: Pod, list: Lister): { volume: string; complaint: string } | undefined {
  const ns = pod.metadata.namespace!;
  for (const v of pod.spec.volumes ?? []) {
    const map = v.configMap;
    if (map && !map.optional && !list.get('ConfigMap', ns, map.name ?? ''))
      return { volume: v.name, complaint: `configmap "${map.name}" not found` };
    const own = v.secret;
    if (own && !own.optional && !list.get('Secret', ns, own.secretName ?? ''))
      return { volume: v.name, complaint: `secret "${own.secretName}" not found` };
  }
  return undefined;
}

/** Files that ConfigMap and Secret volumes put into the container. */
export function mountedFiles(pod: Pod, c: Container, list: Lister): Record<string, string> {
  const files: Record<string, string> = {};
  const ns = pod.metadata.namespace!;
  for (const mount of c.volumeMounts ?? []) {
    const v = pod.spec.volumes?.find((x) => x.name === mount.name);
    const data = v?.configMap
      ? configMap(list, ns, v.configMap.name)?.data
      : v?.secret
        ? secret(list, ns, v.secret.secretName)?.data
        : undefined;
    for (const [key, text] of Object.entries(data ?? {}))
      files[mount.subPath ? mount.mountPath : `${mount.mountPath.replace(/\/$/, '')}/${key}`] = text;
  }
  return files;
}
