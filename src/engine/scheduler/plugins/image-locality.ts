import type { PluginFactory } from '../framework/interface.ts';
import type { PodClass } from '../framework/pod-info.ts';

const name = 'ImageLocality';
const MIB = 1024 * 1024;
const MIN_BYTES = 23 * MIB;
const MAX_BYTES_PER_CONTAINER = 1000 * MIB;

/** `nginx` → `nginx:latest`; a tag or digest stays. */
export function normalizedImageName(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}

interface Wanted {
  images: readonly string[];
  maxBytes: number;
}

function wantedBy(cls: PodClass): Wanted {
  const { spec } = cls.pod;
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  const images = containers.map((c) => c.image ?? '');
  for (const v of spec.volumes ?? []) if (v.image) images.push(v.image.reference ?? '');
  return { images: images.map(normalizedImageName), maxBytes: MAX_BYTES_PER_CONTAINER * containers.length };
}

/** Likes nodes that have the images already, more so when many have them. Upstream: pkg/scheduler/framework/plugins/imagelocality */
export const ImageLocality: PluginFactory = (handle) => {
  const memo = new WeakMap<PodClass, Wanted>();
  return {
    name,
    local: true,
    score(_state, pod, node) {
      if (node.images.size === 0) return 0;
      let wanted = memo.get(pod.cls);
      if (!wanted) {
        wanted = wantedBy(pod.cls);
        memo.set(pod.cls, wanted);
      }
      const total = handle.nodes().length;
      let sum = 0;
      for (const image of wanted.images) {
        const known = node.images.get(image);
        if (known) sum += Math.trunc(known.sizeBytes * (known.nodes / total));
      }
      const bytes = Math.min(Math.max(sum, MIN_BYTES), wanted.maxBytes);
      return Math.trunc((100 * (bytes - MIN_BYTES)) / (wanted.maxBytes - MIN_BYTES));
    },
  };
};
