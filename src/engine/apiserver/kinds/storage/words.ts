/** Storage in short words. Upstream: pkg/apis/core/helper/helpers.go GetAccessModesAsString */
import type { KubeObject } from '../../../api/meta.ts';

const SHORT: readonly (readonly [string, string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
];

/** `RWO,ROX`: access modes in a fixed order, each once. */
export const accessModes = (modes: readonly string[] | undefined): string =>
  SHORT.filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(',');

/** The phase; `Terminating` for what is being deleted. */
export const phaseOf = (o: KubeObject & { status?: { phase?: string } }): string =>
  o.metadata.deletionTimestamp ? 'Terminating' : (o.status?.phase ?? '');
