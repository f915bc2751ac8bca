/** The TARGETS column. Upstream: pkg/printers/internalversion/printers.go formatHPAMetrics */

export interface Target {
  type?: string;
  value?: string;
  averageValue?: string;
  averageUtilization?: number;
}

interface Values {
  name?: string;
  container?: string;
  metric?: { name?: string; selector?: unknown };
  describedObject?: { kind?: string; name?: string };
  target?: Target;
  current?: Target;
}

export interface Metric {
  type?: string;
  resource?: Values;
  containerResource?: Values;
  pods?: Values;
  object?: Values;
  external?: Values;
}

const UNKNOWN = '<unknown>';
const SHOWN = 2;

const percent = (n: number | undefined): string => (n === undefined ? UNKNOWN : `${n}%`);

function valuesText(kind: keyof Metric, spec: Values, current: Target | undefined): string {
  const target = spec.target ?? {};
  if (kind === 'resource' || kind === 'containerResource') {
    const name = spec.name ?? '';
    if (target.averageValue !== undefined) return `${name}: ${current?.averageValue ?? UNKNOWN}/${target.averageValue}`;
    const wanted = target.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`;
    return `${name}: ${percent(current?.averageUtilization)}/${wanted}`;
  }
  if (kind === 'pods') return `${current?.averageValue ?? UNKNOWN}/${target.averageValue ?? UNKNOWN}`;
  if (target.averageValue !== undefined) return `${current?.averageValue ?? UNKNOWN}/${target.averageValue} (avg)`;
  return `${current?.value ?? UNKNOWN}/${target.value ?? UNKNOWN}`;
}

const KINDS: Readonly<Record<string, keyof Metric>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};

function metricText(spec: Metric, current: Metric | undefined): string {
  const kind = KINDS[spec.type ?? ''];
  const values = kind ? (spec[kind] as Values | undefined) : undefined;
  if (!kind || !values) return '<unknown type>';
  return valuesText(
    kind,
    values,
    current?.type === spec.type ? (current?.[kind] as Values | undefined)?.current : undefined,
  );
}

/** `cpu: 10%/80%`, the first two metrics and ` + 1 more...`; `<none>` without metrics. */
export function metricsText(specs: readonly Metric[] | undefined, current: readonly Metric[] | undefined): string {
  if (!specs?.length) return '<none>';
  const texts = specs.map((spec, i) => metricText(spec, current?.[i]));
  const shown = texts.slice(0, SHOWN).join(', ');
  return texts.length > SHOWN ? `${shown} + ${texts.length - SHOWN} more...` : shown;
}
