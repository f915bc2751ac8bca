/** Orders that do not depend on how an index was filled. */
import type { KubeObject } from '../../api/meta.ts';

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Older first, equal times by name. */
export const byAge = (a: KubeObject, b: KubeObject): number =>
  compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
  compareText(a.metadata.name, b.metadata.name);

export const byName = (a: KubeObject, b: KubeObject): number => compareText(a.metadata.name, b.metadata.name);

export const sortedBy = <T>(items: Iterable<T>, compare: (a: T, b: T) => number): T[] => [...items].sort(compare);
