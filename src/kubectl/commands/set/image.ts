/** `kubectl set image`. Upstream: k8s.io/kubectl/pkg/cmd/set/set_image.go */
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { failure } from '../../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SELECT } from '../../flags.ts';
import { findInfos, patchAll, podSpecChange, splitPairs } from './shared.ts';

export const image: Command = {
  name: 'image',
  use: 'kubectl set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  short: 'Update the image of a pod template',
  flags: flags(PRINT, FILES, SELECT, DRY_RUN, manager('kubectl-set'), 'all:bool local:bool'),
  run,
};

function* run(env: Env, p: Parsed): Running {
  const { resources, pairs } = splitPairs(p.args, (w) => w.includes('='));
  const infos = yield* findInfos(env, p, resources);
  if (!pairs.length) throw failure('at least one image update is required');
  const images = new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) throw failure(`invalid image format: ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
  if (images.has('*') && images.size > 1)
    throw failure(
      'all containers are already specified by *, but saw more than one container_name=container_image pairs',
    );
  const change = podSpecChange((spec) => {
    for (const [name, wanted] of images) {
      let found = false;
      for (const c of [...(spec.initContainers ?? []), ...spec.containers])
        if (name === '*' || c.name === name) {
          c.image = wanted;
          found = true;
        }
      if (!found) throw failure(`unable to find container named ${JSON.stringify(name)}`);
    }
  });
  return patchAll(env, p, infos, change, 'image updated');
}
