/** Kinds of a few lines each. Upstream: pkg/apis/node, pkg/apis/core, pkg/printers/internalversion/printers.go */
import type { PodTemplateSpec, ResourceList } from '../../api/core.ts';
import type { Condition, KubeObject } from '../../api/meta.ts';
import { isDNS1123Label } from '../../api/name.ts';
import type { Image } from '../../api/policy.ts';
import type { Kind } from '../kind.ts';
import { ageColumn, column, nameColumn, templateColumns } from './columns.ts';
import { defaultResourceList, defaultTemplate } from './defaults.ts';
import { firstGeneration, nextGeneration } from './generation.ts';
import { simpleKind } from './simple.ts';
import { sameValue } from './validation/equal.ts';
import { IMMUTABLE, invalid, invalidEach, notNegative, required } from './validation/errors.ts';
import { validateOverhead } from './validation/resources.ts';
import { validateTemplate } from './validation/workload.ts';

interface PodTemplate extends KubeObject {
  template: PodTemplateSpec;
}

const labelText = (labels: Record<string, string> | undefined): string =>
  Object.keys(labels ?? {})
    .sort()
    .map((key) => `${key}=${labels![key]}`)
    .join(',') || '<none>';

export const podTemplate = simpleKind<PodTemplate>('PodTemplate', {
  namespaced: true,
  default: defaultTemplate,
  prepareCreate: firstGeneration,
  prepareUpdate(o, old) {
    nextGeneration(o, old, (t) => t.template);
  },
  check(errors, o) {
    validateTemplate(errors, o.template, 'template');
  },
  columns: [
    nameColumn,
    ...templateColumns<PodTemplate>((o) => o.template).map((c) => ({ ...c, priority: 0 })),
    column('Pod Labels', (o) => labelText(o.template.metadata?.labels)),
  ],
});

interface RuntimeClass extends KubeObject {
  handler: string;
  overhead?: { podFixed?: ResourceList };
  scheduling?: { nodeSelector?: Record<string, string>; tolerations?: unknown[] };
}

export const runtimeClass = simpleKind<RuntimeClass>('RuntimeClass', {
  namespaced: false,
  default(o) {
    o.handler ??= '';
    defaultResourceList(o.overhead?.podFixed);
  },
  check(errors, o) {
    invalidEach(errors, 'handler', o.handler, isDNS1123Label(o.handler));
    if (o.overhead?.podFixed) validateOverhead(errors, o.overhead.podFixed, 'overhead');
  },
  checkUpdate(errors, o, old) {
    if (!sameValue(o.handler, old.handler)) invalid(errors, 'handler', o.handler, IMMUTABLE);
  },
  columns: [nameColumn, column('Handler', (o) => o.handler), ageColumn],
});

interface ComponentStatus extends KubeObject {
  conditions?: Condition[];
}

const healthy = (o: ComponentStatus): Condition | undefined => o.conditions?.find((c) => c.type === 'Healthy');

/** Computed by the server; nobody writes it. */
export const componentStatus: Kind<ComponentStatus> = {
  kind: 'ComponentStatus',
  columns: [
    nameColumn,
    column('Status', (o) => {
      const status = healthy(o)?.status;
      return status === 'True' ? 'Healthy' : status === 'False' ? 'Unhealthy' : 'Unknown';
    }),
    column('Message', (o) => healthy(o)?.message ?? ''),
    column('Error', (o) => (healthy(o) as { error?: string } | undefined)?.error ?? ''),
  ],
};

/** The playground's own kind: what the simulated registry knows of an image. */
export const image = simpleKind<Image>('Image', {
  namespaced: false,
  default(o) {
    o.spec ??= { reference: '', platforms: [] };
    o.spec.platforms ??= [];
  },
  check(errors, o) {
    if (!o.spec.reference) required(errors, 'spec.reference');
    o.spec.platforms.forEach((p, i) => {
      if (!/^[a-z]+\/[a-z0-9]+(\/[a-z0-9]+)?$/.test(p))
        invalid(errors, `spec.platforms[${i}]`, p, 'must be os/architecture, as linux/amd64');
    });
    notNegative(errors, 'spec.sizeBytes', o.spec.sizeBytes);
    notNegative(errors, 'spec.exitCode', o.spec.exitCode);
    notNegative(errors, 'spec.exitAfterSeconds', o.spec.exitAfterSeconds);
  },
  columns: [
    nameColumn,
    column('Reference', (o) => o.spec.reference),
    column('Platforms', (o) => o.spec.platforms.join(',')),
    ageColumn,
  ],
});
