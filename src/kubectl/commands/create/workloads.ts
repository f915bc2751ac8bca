/** `create deployment`, `create job`, `create cronjob`. Upstream: k8s.io/kubectl/pkg/cmd/create/create_{deployment,job,cronjob}.go */
import { failure } from '../../failure.ts';
import { fetchInfo, needMapping } from '../../resource.ts';
import { type BuildContext, generator, type Spec } from './generator.ts';

/** `registry/team/nginx:1.27@sha256:…` → `nginx`, in letters a label may have. */
export function containerName(image: string): string {
  const last = image.split('/').at(-1)!;
  const bare = last.split(':')[0]!.split('@')[0]!;
  return bare.replace(/[^-A-Za-z0-9]/g, '-').replace(/^-+|-+$/g, '');
}

function buildDeployment({ p, name, metadata }: BuildContext): Spec {
  const images = p.list('image');
  const command = p.dashArgs ?? [];
  if (images.length > 1 && command.length) throw failure('cannot specify multiple --image options and command');
  const port = p.int('port');
  const containers = images.map((image) => ({
    name: containerName(image),
    image,
    ...(command.length ? { command } : {}),
    ...(port >= 0 ? { ports: [{ containerPort: port }] } : {}),
    resources: {},
  }));
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: Object.assign(metadata, { labels }),
    spec: {
      replicas: p.int('replicas'),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
      strategy: {},
    },
    status: {},
  };
}

export const deployment = generator({
  name: 'deployment',
  aliases: ['deploy'],
  use: 'create deployment NAME --image=image -- [COMMAND] [args...]',
  short: 'Create a deployment with the specified name',
  flags: 'image!:list port:int=-1 r,replicas:int=1',
  build: buildDeployment,
  failed: 'failed to create deployment:',
});

const podSpec = (name: string, image: string, command: readonly string[], restartPolicy: string): Spec => ({
  containers: [{ name, image, ...(command.length ? { command } : {}), resources: {} }],
  restartPolicy,
});

function buildJob(c: BuildContext): Spec {
  const { p, name, metadata } = c;
  const [image, from] = [p.str('image'), p.str('from')];
  const command = p.dashArgs ?? [];
  if ((image === '') === (from === '')) throw failure('either --image or --from must be specified');
  if (from && command.length) throw failure('cannot specify --from and command');
  const base = { apiVersion: 'batch/v1', kind: 'Job', metadata };
  if (from) return jobFrom(c, base);
  return { ...base, spec: { template: { metadata: {}, spec: podSpec(name, image, command, 'Never') } }, status: {} };
}

interface CronJobLike {
  metadata: { name: string; uid: string };
  spec: { jobTemplate: { metadata?: { labels?: Spec; annotations?: Spec }; spec: Spec } };
}

function jobFrom({ env, p, metadata }: BuildContext, base: Spec): Spec {
  const [type, name] = p.str('from').split('/') as [string, string | undefined];
  const mapping = needMapping(type);
  if (name === undefined) throw failure('resource(s) were provided, but no name was specified');
  const got = fetchInfo(env, { mapping, namespace: p.namespace, name, source: '' });
  if (mapping.kind !== 'CronJob') throw failure(`unknown object type *${mapping.version}.${mapping.kind}`);
  const cron = got.object as unknown as CronJobLike;
  const template = cron.spec.jobTemplate;
  Object.assign(metadata, {
    ...(template.metadata?.labels ? { labels: template.metadata.labels } : {}),
    annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...template.metadata?.annotations },
    ownerReferences: [
      { apiVersion: 'batch/v1', kind: 'CronJob', name: cron.metadata.name, uid: cron.metadata.uid, controller: true },
    ],
  });
  return { ...base, spec: template.spec, status: {} };
}

export const job = generator({
  name: 'job',
  use: 'create job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  short: 'Create a job with the specified name',
  flags: 'image from',
  build: buildJob,
  failed: 'failed to create job:',
});

export const cronjob = generator({
  name: 'cronjob',
  aliases: ['cj'],
  use: "create cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
  short: 'Create a cron job with the specified name',
  flags: 'image! schedule! restart',
  failed: 'failed to create cronjob:',
  build: ({ p, name, metadata }) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: p.str('schedule'),
      jobTemplate: {
        metadata: { name },
        spec: {
          template: {
            metadata: {},
            spec: podSpec(name, p.str('image'), p.dashArgs ?? [], p.str('restart') || 'OnFailure'),
          },
        },
      },
    },
    status: {},
  }),
});
