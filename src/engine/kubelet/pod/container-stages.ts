/**
 * The life of a container as rows of data: pull → create → start → run → exit → back-off → …
 * Upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go, pkg/kubelet/images/image_manager.go
 */
import { askPull, goDuration, raise, storedImage, storeImage } from '../images/pulls.ts';
import { parseReference } from '../images/reference.ts';
import { internalIp } from '../machine/node-status.ts';
import type { Stage } from '../stages.ts';
import { BACK_OFF_MS, CREATE_MS, RELIST_MS, RESYNC_MS, RETRY_MS, START_MS } from '../timing.ts';
import { begin, endRun, failStart, mayRestart, mayStart, startError } from './containers.ts';
import { environment } from './environment.ts';
import { podTitle } from './runtime.ts';
import { type ContainerView, tell } from './view.ts';

const image = (v: ContainerView): string => v.spec.image ?? '';
const wait = (v: ContainerView, reason: string, message?: string): void => {
  v.c.waiting = { reason, ...(message ? { message } : {}) };
};

const badName = (v: ContainerView): string | undefined => {
  const r = parseReference(image(v));
  return 'error' in r ? r.error : undefined;
};

const present = (v: ContainerView): boolean => storedImage(v.m, image(v)) !== undefined;

function configError(v: ContainerView): string | undefined {
  if (!v.spec.envFrom && !v.spec.env?.some((e) => e.valueFrom)) return undefined;
  const env = environment(v.pod, v.spec, { list: v.ctx.list, hostIP: internalIp(v.node), podIP: v.rt.ip });
  return env.ok ? undefined : env.error;
}

/** The image is on the machine: the container will be made of it. */
function takeImage(v: ContainerView): string {
  const stored = storedImage(v.m, image(v))!;
  const of = v.m.images[stored.id]!;
  const tagged = of.names.find((n) => !n.includes('@')) ?? stored.name;
  v.c.image = {
    name: tagged,
    id: stored.id.includes('@') ? stored.id : of.names[0]!,
    arch: of.arch,
    ...(of.exit ? { exit: of.exit } : {}),
  };
  if (v.c.waiting?.reason !== 'CrashLoopBackOff') delete v.c.waiting;
  return 'creating';
}

const PULLING: readonly Stage<ContainerView>[] = [
  { name: 'turn', from: 'idle', when: mayStart, next: 'check' },
  {
    name: 'invalid-name',
    from: 'check',
    when: (v) => badName(v) !== undefined,
    event(v) {
      const why = `Failed to apply default image tag "${image(v)}": couldn't parse image name "${image(v)}": ${badName(v)}`;
      wait(v, 'InvalidImageName', why);
      tell(v, 'Warning', 'InspectFailed', why, v.c);
      tell(v, 'Warning', 'Failed', 'Error: InvalidImageName', v.c);
    },
    next: 'blocked',
  },
  {
    name: 'never-pull',
    from: 'check',
    when: (v) => v.spec.imagePullPolicy === 'Never' && !present(v),
    event(v) {
      const why = `Container image "${image(v)}" is not present with pull policy of Never`;
      wait(v, 'ErrImageNeverPull', why);
      tell(v, 'Warning', 'ErrImageNeverPull', why, v.c);
      tell(v, 'Warning', 'Failed', 'Error: ErrImageNeverPull', v.c);
    },
    next: 'blocked',
  },
  {
    name: 'image-present',
    from: 'check',
    when: (v) => v.spec.imagePullPolicy !== 'Always' && present(v),
    event: (v) =>
      tell(
        v,
        'Normal',
        'Pulled',
        `Container image "${image(v)}" already present on machine and can be accessed by the pod`,
        v.c,
      ),
    next: takeImage,
  },
  {
    name: 'pull',
    from: 'check',
    event: (v) => tell(v, 'Normal', 'Pulling', `Pulling image "${image(v)}"`, v.c),
    next(v) {
      v.c.pull = askPull(v.m, image(v), v.ctx.list, v.now);
      return 'pulling';
    },
  },
  {
    name: 'pull-failed',
    from: 'pulling',
    when: (v) => v.c.pull!.error !== undefined,
    delayMs: (v) => v.c.pull!.endsAt - v.now,
    event(v) {
      const why = v.c.pull!.error!;
      wait(v, 'ErrImagePull', why);
      tell(v, 'Warning', 'Failed', `Failed to pull image "${image(v)}": ${why}`, v.c);
      tell(v, 'Warning', 'Failed', 'Error: ErrImagePull', v.c);
    },
    next(v) {
      const error = v.c.pull!.error!;
      const b = raise(v.c.imageBackOff, v.now, v.c.pull!.askedAt);
      v.c.imageBackOff = { ...b, until: v.now + b.delayMs, error };
      delete v.c.pull;
      return 'pull-failed';
    },
  },
  {
    name: 'pulled',
    from: 'pulling',
    delayMs: (v) => v.c.pull!.endsAt - v.now,
    event(v) {
      const p = v.c.pull!;
      const took = `${goDuration(p.endsAt - p.beganAt)} (${goDuration(p.endsAt - p.askedAt)} including waiting)`;
      tell(
        v,
        'Normal',
        'Pulled',
        `Successfully pulled image "${image(v)}" in ${took}. Image size: ${p.sizeBytes} bytes.`,
        v.c,
      );
    },
    next(v) {
      if (storeImage(v.m, v.c.pull!, v.now)) v.ctx.wake(`node:${v.m.node}`, v.now);
      delete v.c.pull;
      delete v.c.imageBackOff;
      return takeImage(v);
    },
  },
  {
    name: 'image-back-off',
    from: 'pull-failed',
    delayMs: () => RESYNC_MS,
    event(v) {
      tell(v, 'Normal', 'BackOff', `Back-off pulling image "${image(v)}"`, v.c);
      tell(v, 'Warning', 'Failed', 'Error: ImagePullBackOff', v.c);
    },
    next(v) {
      wait(v, 'ImagePullBackOff', `Back-off pulling image "${image(v)}": ErrImagePull: ${v.c.imageBackOff!.error}`);
      return 'image-back-off';
    },
  },
  { name: 'pull-again', from: 'image-back-off', delayMs: (v) => v.c.imageBackOff!.until - v.now, next: 'check' },
  { name: 'try-again', from: 'blocked', delayMs: () => RETRY_MS, next: 'check' },
];

const RUNNING: readonly Stage<ContainerView>[] = [
  {
    name: 'config-error',
    from: 'creating',
    when: (v) => configError(v) !== undefined,
    event(v) {
      const why = configError(v)!;
      wait(v, 'CreateContainerConfigError', why);
      tell(v, 'Warning', 'Failed', `Error: ${why}`, v.c);
    },
    next: 'blocked',
  },
  {
    name: 'create',
    from: 'creating',
    delayMs: () => CREATE_MS,
    event: (v) => tell(v, 'Normal', 'Created', 'Container created', v.c),
    next: 'starting',
  },
  {
    name: 'start-error',
    from: 'starting',
    when: (v) => startError(v) !== undefined,
    delayMs: () => START_MS,
    event: (v) => tell(v, 'Warning', 'Failed', `Error: ${startError(v)}`, v.c),
    next: failStart,
  },
  {
    name: 'start',
    from: 'starting',
    delayMs: () => START_MS,
    event: (v) => tell(v, 'Normal', 'Started', 'Container started', v.c),
    next: begin,
  },
  { name: 'take-over', from: 'adopted', next: begin },
  {
    name: 'exit',
    from: ['running', 'stopping'],
    when: (v) => v.c.process?.exit !== undefined,
    next: (v) => endRun(v, v.c.process!.exit!.code, v.c.process!.exit!.at),
  },
  {
    name: 'killed',
    from: 'stopping',
    delayMs: (v) => v.c.kill!.at - v.now,
    next: (v) => endRun(v, v.c.kill!.code, v.now),
  },
];

const ENDED: readonly Stage<ContainerView>[] = [
  { name: 'finish', from: 'exited', when: (v) => !mayRestart(v), next: 'done' },
  {
    name: 'restart',
    from: 'exited',
    when: (v) => v.c.crash === undefined || v.c.ended!.finishedAt - v.c.crash.at > 600_000,
    delayMs: () => RELIST_MS,
    next(v) {
      v.c.crash = { delayMs: BACK_OFF_MS, at: v.now };
      return 'check';
    },
  },
  {
    name: 'crash-back-off',
    from: 'exited',
    delayMs: () => RELIST_MS,
    event: (v) =>
      tell(v, 'Warning', 'BackOff', `Back-off restarting failed container ${v.c.name} in pod ${podTitle(v.rt)}`, v.c),
    next(v) {
      const text = goDuration(v.c.crash!.delayMs);
      wait(v, 'CrashLoopBackOff', `back-off ${text} restarting failed container=${v.c.name} pod=${podTitle(v.rt)}`);
      return 'crash-back-off';
    },
  },
  { name: 'give-up', from: 'crash-back-off', when: (v) => !mayRestart(v), next: 'done' },
  {
    name: 'restart-later',
    from: 'crash-back-off',
    delayMs: (v) => Math.max(0, v.c.ended!.finishedAt + v.c.crash!.delayMs - v.now),
    next(v) {
      v.c.crash = raise(v.c.crash, v.now, v.c.ended!.finishedAt);
      return 'check';
    },
  },
];

/** All rows; the first that applies is what happens. */
export const CONTAINER_STAGES: readonly Stage<ContainerView>[] = [...PULLING, ...RUNNING, ...ENDED];
