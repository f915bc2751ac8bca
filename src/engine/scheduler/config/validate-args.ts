/** Whether plugin arguments make sense. Upstream: pkg/scheduler/apis/config/validation/validation_pluginargs.go */
import { isEmptyTerm, termErrors } from '../../api/affinity.ts';
import type { NodeAffinity, TopologySpreadConstraint } from '../../api/core.ts';
import type { ResourceSpec, ScoringStrategy } from '../plugins/resource-score.ts';
import { below, FieldErrors } from './field-error.ts';

type Args = Record<string, unknown>;
type Validate = (args: Args, path: string, errors: FieldErrors) => void;

const STRATEGIES = ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'];

const preemption: Validate = (args, path, errors) => {
  const percentage = args.minCandidateNodesPercentage as number;
  const absolute = args.minCandidateNodesAbsolute as number;
  const percentagePath = below(path, 'minCandidateNodesPercentage');
  const absolutePath = below(path, 'minCandidateNodesAbsolute');
  if (percentage < 0 || percentage > 100) errors.invalid(percentagePath, percentage, 'not in valid range [0, 100]');
  if (absolute < 0) errors.invalid(absolutePath, absolute, 'not in valid range [0, inf)');
  if (percentage !== 0 || absolute !== 0) return;
  errors.invalid(percentagePath, percentage, 'cannot be zero at the same time as minCandidateNodesAbsolute');
  errors.invalid(absolutePath, absolute, 'cannot be zero at the same time as minCandidateNodesPercentage');
};

const interPodAffinity: Validate = (args, path, errors) => {
  const weight = args.hardPodAffinityWeight as number;
  if (weight < 0 || weight > 100)
    errors.invalid(below(path, 'hardPodAffinityWeight'), weight, 'not in valid range [0, 100]');
};

const nodeAffinity: Validate = (args, path, errors) => {
  const added = args.addedAffinity as NodeAffinity | undefined;
  const at = below(path, 'addedAffinity');
  added?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.forEach((term, i) => {
    if (!isEmptyTerm(term))
      errors.list.push(
        ...termErrors(term, `${at}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${i}]`),
      );
  });
  added?.preferredDuringSchedulingIgnoredDuringExecution?.forEach((p, i) => {
    if (p.weight !== 0 && !isEmptyTerm(p.preference))
      errors.list.push(...termErrors(p.preference, `${at}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`));
  });
};

const balanced: Validate = (args, path, errors) => {
  const seen = new Set<string>();
  (args.resources as ResourceSpec[] | undefined)?.forEach((r, i) => {
    const at = `${below(path, 'resources')}[${i}]`;
    if (seen.has(r.name)) errors.duplicate(`${at}.name`, r.name);
    seen.add(r.name);
    if (r.weight !== 1) errors.invalid(`${at}.weight`, r.weight, 'must be 1');
  });
};

function line(
  shape: readonly { utilization?: number; score?: number }[] | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (!shape?.length) {
    errors.required(path, 'at least one point must be specified');
    return;
  }
  const falls = shape.findIndex((p, i) => i > 0 && (shape[i - 1]!.utilization ?? 0) >= (p.utilization ?? 0));
  if (falls > 0)
    errors.invalid(
      `${path}[${falls}].utilization`,
      shape[falls]!.utilization,
      'values must be sorted in increasing order',
    );
  shape.forEach(({ utilization = 0, score = 0 }, i) => {
    if (utilization < 0 || utilization > 100)
      errors.invalid(`${path}[${i}].utilization`, utilization, 'not in valid range [0, 100]');
    if (score < 0 || score > 10) errors.invalid(`${path}[${i}].score`, score, 'not in valid range [0, 10]');
  });
}

const fitArgs: Validate = (args, path, errors) => {
  (args.ignoredResourceGroups as string[] | undefined)?.forEach((group, i) => {
    if (group.includes('/'))
      errors.invalid(`${below(path, 'ignoredResourceGroups')}[${i}]`, group, "resource group name can't contain '/'");
  });
  const at = below(path, 'scoringStrategy');
  const strategy = args.scoringStrategy as ScoringStrategy;
  if (!STRATEGIES.includes(strategy.type ?? '')) errors.unsupported(`${at}.type`, strategy.type ?? '', STRATEGIES);
  strategy.resources?.forEach(({ name, weight = 0 }, i) => {
    if (weight <= 0 || weight > 100)
      errors.invalid(`${at}.resources[${i}].weight`, weight, `resource weight of ${name} not in valid range (0, 100]`);
  });
  const ratio = strategy.requestedToCapacityRatio;
  if (strategy.type !== 'RequestedToCapacityRatio') {
    if (ratio)
      errors.forbidden(`${at}.requestedToCapacityRatio`, 'must be nil when type is not RequestedToCapacityRatio');
  } else if (!ratio)
    errors.required(`${at}.requestedToCapacityRatio`, 'must be specified when type is RequestedToCapacityRatio');
  else line(ratio.shape, `${at}.requestedToCapacityRatio.shape`, errors);
};

const spread: Validate = (args, path, errors) => {
  const type = args.defaultingType as string;
  const constraints = (args.defaultConstraints ?? []) as TopologySpreadConstraint[];
  const typePath = below(path, 'defaultingType');
  if (type !== 'System' && type !== 'List') errors.unsupported(typePath, type, ['System', 'List']);
  else if (type === 'System' && constraints.length)
    errors.invalid(typePath, type, 'when .defaultConstraints are not empty');
  constraints.forEach((c, i) => {
    const at = `${below(path, 'defaultConstraints')}[${i}]`;
    if (!(c.maxSkew > 0)) errors.invalid(`${at}.maxSkew`, c.maxSkew ?? 0, 'not in valid range (0, inf)');
    if (!c.topologyKey) errors.required(`${at}.topologyKey`, 'can not be empty');
    if (!c.whenUnsatisfiable) errors.required(`${at}.whenUnsatisfiable`, 'can not be empty');
    else if (!['DoNotSchedule', 'ScheduleAnyway'].includes(c.whenUnsatisfiable))
      errors.unsupported(`${at}.whenUnsatisfiable`, c.whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']);
    if (c.labelSelector)
      errors.forbidden(`${at}.labelSelector`, 'constraint must not define a selector, as they deduced for each pod');
    const repeated = constraints
      .slice(0, i)
      .some((o) => o.topologyKey === c.topologyKey && o.whenUnsatisfiable === c.whenUnsatisfiable);
    if (repeated) errors.duplicate(at, `{${c.topologyKey}, ${c.whenUnsatisfiable}}`);
  });
};

const volumeBinding: Validate = (args, path, errors) => {
  const seconds = args.bindTimeoutSeconds as number;
  if (seconds < 0)
    errors.invalid(
      below(path, 'bindTimeoutSeconds'),
      seconds,
      'invalid BindTimeoutSeconds, should not be a negative value',
    );
  const shape = args.shape as { utilization?: number; score?: number }[] | undefined;
  if (shape)
    errors.invalid(
      below(path, 'shape'),
      shape.map((p) => ({ Utilization: p.utilization ?? 0, Score: p.score ?? 0 })),
      'unexpected field `shape`, remove it or turn on the feature gate StorageCapacityScoring',
    );
};

const isNegative = (duration: unknown): boolean => typeof duration === 'string' && duration.startsWith('-');

const dynamicResources: Validate = (args, path, errors) => {
  if (isNegative(args.filterTimeout))
    errors.invalid(below(path, 'filterTimeout'), args.filterTimeout, 'must be zero or positive');
  const binding = args.bindingTimeout;
  if (isNegative(binding) || /^0(\.0+)?[a-zµ]*$|^[\d.]+(ns|us|µs|ms)$/.test(String(binding)))
    errors.invalid(below(path, 'bindingTimeout'), binding, 'must be at least 1 second');
};

/** By plugin; NodeResourcesFit is only looked at when the plugin is built, as upstream. */
const VALIDATORS: Readonly<Record<string, Validate>> = {
  DefaultPreemption: preemption,
  InterPodAffinity: interPodAffinity,
  NodeAffinity: nodeAffinity,
  NodeResourcesBalancedAllocation: balanced,
  PodTopologySpread: spread,
  VolumeBinding: volumeBinding,
  DynamicResources: dynamicResources,
};

/** Checks (defaulted) arguments where the configuration is validated. */
export const validateArgs = (plugin: string, args: Args, path: string, errors: FieldErrors): void =>
  VALIDATORS[plugin]?.(args, path, errors);

/** Checks that are left to the building of the plugin. */
export function buildErrors(plugin: string, args: Args): string[] {
  const errors = new FieldErrors();
  if (plugin === 'NodeResourcesFit') fitArgs(args, '', errors);
  return errors.list;
}
