import { parseMilli, unitsOf } from '../../engine/api/quantity.ts';
import { type BerthCommand, durationMs, UsageError, words } from './program.ts';

/** `berth image add REF`: what the simulated registry answers for an image. */
export const imageCommand: BerthCommand = {
  name: 'image',
  usage: 'image add REF [--platform linux/ppc64le]… [--size 180Mi] [--exit 1 --after 5s]',
  *run(env, list) {
    const w = words(list, ['platform', 'size', 'exit', 'after']);
    const [verb, reference] = w.args;
    if (verb !== 'add' || !reference) throw new UsageError(`usage: berth ${this.usage}`);
    const size = w.get('size');
    if (size !== undefined && parseMilli(size) === undefined)
      throw new UsageError(`--size "${size}" is no quantity like 180Mi`);
    const after = w.get('after');
    const afterMs = after === undefined ? undefined : durationMs(after);
    if (after !== undefined && afterMs === undefined) throw new UsageError(`--after "${after}" is no duration like 5s`);
    const exit = w.get('exit');
    if (exit !== undefined && !/^\d+$/.test(exit)) throw new UsageError(`--exit "${exit}" is no exit code`);
    const name = reference
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '');
    const r = env.request({
      verb: 'create',
      resource: 'images',
      body: {
        apiVersion: 'berth.sim/v1alpha1',
        kind: 'Image',
        metadata: { name },
        spec: {
          reference,
          platforms: w.has('platform')
            ? w.all('platform')
            : ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'],
          ...(size === undefined ? {} : { sizeBytes: unitsOf(size) }),
          ...(exit === undefined ? {} : { exitCode: Number(exit) }),
          ...(afterMs === undefined ? {} : { exitAfterSeconds: afterMs / 1000 }),
        },
      },
    });
    if (!r.ok) {
      env.err(`Error from server (${r.status.reason}): ${r.status.message}\n`);
      return 1;
    }
    env.out(`image/${name} added\n`);
    return 0;
  },
};
