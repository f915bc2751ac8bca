/** `kubectl run`. Upstream: k8s.io/kubectl/pkg/cmd/run/run.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { mappingOfKind } from '../discovery.ts';
import { failure, quote, usageFailure } from '../failure.ts';
import { DRY_RUN, flags, manager, PRINT, SAVE } from '../flags.ts';
import { savedConfig } from '../last-applied.ts';
import { type DryRun, dryRunOf, writeOptions } from '../options.ts';
import { withOverrides } from '../overrides.ts';
import { parsePairs } from '../pairs.ts';
import { ResultPrinter } from '../print/output.ts';
import { createObject } from '../write.ts';
import { attachAndFollow } from './run-attach.ts';

export const run: Command = {
  name: 'run',
  use: 'kubectl run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  short: 'Run a particular image on the cluster',
  flags: flags(
    PRINT,
    DRY_RUN,
    SAVE,
    manager('kubectl-run'),
    'annotations:array attach:bool cascade=background command:bool env:array expose:bool f,filename:list force:bool grace-period:int=-1 image!',
    'image-pull-policy k,kustomize l,labels leave-stdin-open:bool override-type=merge overrides pod-running-timeout:dur=1m0s port privileged:bool',
    'q,quiet:bool R,recursive:bool restart=Always rm:bool i,stdin:bool timeout:dur t,tty:bool wait:bool',
  ),
  run: start,
};

const IMAGE = /^[\w][\w.:@/-]*$/;
const NAME_REFERENCE =
  /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/;

function checkLine(p: Parsed): void {
  if (p.args.length === 0) throw usageFailure('run', 'NAME is required for run');
  const image = p.str('image');
  if (image === '') throw failure('--image is required');
  if (!IMAGE.test(image) || !NAME_REFERENCE.test(image))
    throw failure(`Invalid image name ${quote(image)}: invalid reference format`);
  if (p.bool('tty') && !p.bool('stdin'))
    throw usageFailure('run', '-i/--stdin is required for containers with -t/--tty=true');
  if (p.bool('expose') && !p.str('port')) throw usageFailure('run', '--port must be set when exposing a service');
  if (p.str('port') && !/^[-+]?\d+$/.test(p.str('port')))
    throw failure(`strconv.Atoi: parsing ${quote(p.str('port'))}: invalid syntax`);
}

export function parseLabelFlag(text: string): Record<string, string> | undefined {
  if (text === '') return undefined;
  const out: Record<string, string> = {};
  for (const spec of text.split(',')) {
    const parts = spec.split('=');
    if (parts.length !== 2) throw failure(`unexpected label spec: ${spec}`);
    if (parts[0] === '') throw failure('unexpected empty label key');
    out[parts[0]!] = parts[1]!;
  }
  return out;
}

const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

function parseEnvs(envs: readonly string[]): { name: string; value?: string }[] {
  return envs.map((env) => {
    const eq = env.indexOf('=');
    const name = env.slice(0, eq);
    if (eq <= 0 || !ENV_NAME.test(name)) throw failure(`invalid env: ${env}`);
    const value = env.slice(eq + 1);
    return value === '' ? { name } : { name, value };
  });
}

function restartPolicy(p: Parsed): string {
  if (!p.given('restart') && p.bool('stdin') && p.str('restart') === '') return 'OnFailure';
  const policy = p.str('restart');
  if (!['Always', 'Never', 'OnFailure'].includes(policy))
    throw usageFailure('run', `invalid restart policy: ${policy}`);
  return policy;
}

function podOf(p: Parsed, name: string, labels: Record<string, string>, policy: string): AnyObject {
  const extra = [...p.args.slice(1), ...(p.dashArgs ?? [])];
  const envs = parseEnvs(p.list('env'));
  const annotations = Object.fromEntries(parsePairs(p.list('annotations'), 'annotations').set);
  const container = {
    name,
    image: p.str('image'),
    ...(extra.length ? (p.bool('command') ? { command: extra } : { args: extra }) : {}),
    ...(p.str('port') ? { ports: [{ containerPort: Number(p.str('port')) }] } : {}),
    ...(envs.length ? { env: envs } : {}),
    resources: {},
    ...(p.str('image-pull-policy') ? { imagePullPolicy: p.str('image-pull-policy') } : {}),
    ...(p.bool('privileged') ? { securityContext: { privileged: true } } : {}),
    ...(p.bool('stdin') ? { stdin: true, ...(p.bool('leave-stdin-open') ? {} : { stdinOnce: true }) } : {}),
    ...(p.bool('tty') ? { tty: true } : {}),
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, ...(Object.keys(annotations).length ? { annotations } : {}) },
    spec: { containers: [container], restartPolicy: policy, dnsPolicy: 'ClusterFirst' },
    status: {},
  };
  return withOverrides(pod as unknown as AnyObject, p);
}

const serviceOf = (
  p: Parsed,
  name: string,
  labels: Record<string, string>,
  selector: Record<string, string> | undefined,
): AnyObject => {
  const port = Number(p.str('port'));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...(selector ? { labels: selector } : {}) },
    spec: { ports: [{ protocol: 'TCP', port, targetPort: port }], selector: labels },
    status: { loadBalancer: {} },
  } as unknown as AnyObject;
};

function* start(env: Env, p: Parsed): Running {
  const given = parseLabelFlag(p.str('labels'));
  const policy = restartPolicy(p);
  if (p.str('image-pull-policy') && !['Always', 'IfNotPresent', 'Never'].includes(p.str('image-pull-policy')))
    throw usageFailure('run', `invalid image pull policy: ${p.str('image-pull-policy')}`);
  const dryRun = dryRunOf(env, p);
  checkLine(p);
  const attach = p.bool('attach') || (p.bool('stdin') && !p.given('attach'));
  if (!attach && p.bool('rm')) throw usageFailure('run', '--rm should only be used for attached containers');
  if (attach && dryRun !== 'none')
    throw usageFailure(
      'run',
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  const name = p.args[0]!;
  const labels = given ?? { run: name };
  const printer = new ResultPrinter(env, p, dryRun, dryRun === 'client');
  const pod = send(env, p, podOf(p, name, labels, policy), dryRun);
  if (p.bool('expose')) {
    const service = send(env, p, serviceOf(p, name, labels, given), dryRun);
    printer.print(service, mappingOfKind('v1', 'Service')!, 'created');
    if (p.str('output') === 'yaml') env.out('---\n');
  }
  if (attach) return yield* attachAndFollow(env, p, pod, policy);
  if (!p.bool('quiet')) printer.print(pod, mappingOfKind('v1', 'Pod')!, 'created');
  return 0;
}

/** Creates a generated object, or gives it back for a dry run. */
export function send(env: Env, p: Parsed, object: AnyObject, dryRun: DryRun): AnyObject {
  const mapping = mappingOfKind(object.apiVersion, object.kind)!;
  if (dryRun === 'client')
    return p.given('namespace') ? { ...object, metadata: { ...object.metadata, namespace: p.namespace } } : object;
  const info = { mapping, namespace: p.namespace, name: object.metadata.name, source: '' };
  const inPlace = { ...object, metadata: { ...object.metadata, namespace: object.metadata.namespace ?? p.namespace } };
  return createObject(env, info, savedConfig(inPlace, p.bool('save-config'), true), writeOptions(p, dryRun));
}
