/** Affinity, tolerations, spread constraints, gates. Upstream: pkg/apis/core/validation/validation.go */
import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  PodSpec,
  Toleration,
  TopologySpreadConstraint,
} from '../../../api/core.ts';
import type { LabelSelector } from '../../../api/meta.ts';
import { isDNS1123Label, isLabelValue, isQualifiedName } from '../../../api/name.ts';
import { duplicate, type Errors, forbidden, invalid, invalidEach, notSupported, POSITIVE, required } from './errors.ts';
import { subdomainName } from './object-meta.ts';
import { validateLabelSelector } from './selector.ts';

const NOT_AN_OPERATOR = 'not a valid selector operator';
export const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function validateExpression(errors: Errors, r: NodeSelectorRequirement, path: string, checkValues: boolean): void {
  const count = r.values?.length ?? 0;
  switch (r.operator) {
    case 'In':
    case 'NotIn':
      if (count === 0) required(errors, `${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (count > 0)
        forbidden(errors, `${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      break;
    case 'Gt':
    case 'Lt':
      if (count !== 1)
        required(errors, `${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'");
      break;
    default:
      invalid(errors, `${path}.operator`, r.operator ?? '', NOT_AN_OPERATOR);
  }
  invalidEach(errors, `${path}.key`, r.key ?? '', isQualifiedName(r.key ?? ''));
  if (!checkValues) return;
  r.values?.forEach((v, i) => {
    invalidEach(errors, `${path}.values[${i}]`, v, isLabelValue(v));
  });
}

function validateField(errors: Errors, r: NodeSelectorRequirement, path: string): void {
  if (r.operator === 'In' || r.operator === 'NotIn') {
    if (r.values?.length !== 1)
      required(
        errors,
        `${path}.values`,
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      );
  } else invalid(errors, `${path}.operator`, r.operator ?? '', NOT_AN_OPERATOR);
  if (r.key !== 'metadata.name') {
    invalid(errors, `${path}.key`, r.key ?? '', 'not a valid field selector key');
    return;
  }
  r.values?.forEach((v, i) => {
    invalidEach(errors, `${path}.values[${i}]`, v, subdomainName(v));
  });
}

function validateTerm(errors: Errors, term: NodeSelectorTerm, path: string, checkValues: boolean): void {
  term.matchExpressions?.forEach((r, i) => {
    validateExpression(errors, r, `${path}.matchExpressions[${i}]`, checkValues);
  });
  term.matchFields?.forEach((r, i) => {
    validateField(errors, r, `${path}.matchFields[${i}]`);
  });
}

/** A required node selector: at least one term. Also the node affinity of volumes. */
export function validateNodeSelector(
  errors: Errors,
  selector: { nodeSelectorTerms?: NodeSelectorTerm[] },
  path: string,
): void {
  const at = `${path}.nodeSelectorTerms`;
  if (!selector.nodeSelectorTerms?.length) {
    required(errors, at, 'must have at least one node selector term');
    return;
  }
  selector.nodeSelectorTerms.forEach((term, i) => {
    validateTerm(errors, term, `${at}[${i}]`, true);
  });
}

function validateWeight(errors: Errors, weight: number | undefined, path: string): void {
  const w = weight ?? 0;
  if (w <= 0 || w > 100) invalid(errors, `${path}.weight`, w, 'must be in the range 1-100');
}

function validateLabelKeys(
  errors: Errors,
  keys: readonly string[] | undefined,
  selector: LabelSelector | undefined,
  path: string,
): void {
  if (!keys?.length) return;
  if (!selector) {
    forbidden(errors, path, 'must not be specified when labelSelector is not set');
    return;
  }
  keys.forEach((key, i) => {
    invalidEach(errors, `${path}[${i}]`, key, isQualifiedName(key));
  });
}

const selectorKeys = (s: LabelSelector | undefined): Set<string> =>
  new Set([...Object.keys(s?.matchLabels ?? {}), ...(s?.matchExpressions ?? []).map((r) => r.key)]);

function validateAffinityTerm(errors: Errors, term: PodAffinityTerm, path: string): void {
  validateLabelSelector(errors, term.labelSelector, `${path}.labelSelector`);
  validateLabelSelector(errors, term.namespaceSelector, `${path}.namespaceSelector`);
  for (const name of term.namespaces ?? []) invalidEach(errors, `${path}.namespace`, name, isDNS1123Label(name));
  validateLabelKeys(errors, term.matchLabelKeys, term.labelSelector, `${path}.matchLabelKeys`);
  validateLabelKeys(errors, term.mismatchLabelKeys, term.labelSelector, `${path}.mismatchLabelKeys`);
  if (term.labelSelector && term.matchLabelKeys?.length) {
    const labels = term.labelSelector.matchLabels ?? {};
    term.matchLabelKeys.forEach((key, i) => {
      if (key in labels) invalid(errors, `${path}[${i}]`, key, 'exists in both matchLabelKeys and labelSelector');
    });
  }
  term.matchLabelKeys?.forEach((key, i) => {
    if (term.mismatchLabelKeys?.includes(key))
      invalid(errors, `${path}.matchLabelKeys[${i}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys');
  });
  const topology = term.topologyKey ?? '';
  if (!topology) required(errors, `${path}.topologyKey`, 'can not be empty');
  invalidEach(errors, `${path}.topologyKey`, topology, isQualifiedName(topology));
}

function validatePodAffinity(errors: Errors, affinity: PodAffinity, path: string): void {
  affinity.requiredDuringSchedulingIgnoredDuringExecution?.forEach((term, i) => {
    validateAffinityTerm(errors, term, `${path}.requiredDuringSchedulingIgnoredDuringExecution[${i}]`);
  });
  affinity.preferredDuringSchedulingIgnoredDuringExecution?.forEach((weighted, i) => {
    const at = `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
    validateWeight(errors, weighted.weight, at);
    validateAffinityTerm(errors, weighted.podAffinityTerm ?? ({} as PodAffinityTerm), `${at}.podAffinityTerm`);
  });
}

export function validateAffinity(errors: Errors, affinity: Affinity, path: string): void {
  const node = affinity.nodeAffinity;
  // the second of each is there only while a what-if of the playground is open
  for (const field of [
    'requiredDuringSchedulingIgnoredDuringExecution',
    'requiredDuringSchedulingRequiredDuringExecution',
  ] as const)
    if (node?.[field]) validateNodeSelector(errors, node[field], `${path}.nodeAffinity.${field}`);
  for (const field of [
    'preferredDuringSchedulingIgnoredDuringExecution',
    'preferredDuringSchedulingRequiredDuringExecution',
  ] as const)
    node?.[field]?.forEach((term, i) => {
      const at = `${path}.nodeAffinity.${field}[${i}]`;
      validateWeight(errors, term.weight, at);
      // values of preferences may be anything
      validateTerm(errors, term.preference ?? {}, `${at}.preference`, false);
    });
  if (affinity.podAffinity) validatePodAffinity(errors, affinity.podAffinity, `${path}.podAffinity`);
  if (affinity.podAntiAffinity) validatePodAffinity(errors, affinity.podAntiAffinity, `${path}.podAntiAffinity`);
}

/** The effect of a taint or toleration. */
export function validateEffect(errors: Errors, effect: string, path: string): void {
  if (!EFFECTS.includes(effect)) notSupported(errors, path, effect, EFFECTS);
}

function validateTolerationOperator(errors: Errors, t: Toleration, path: string): void {
  const value = t.value ?? '';
  switch (t.operator ?? '') {
    case '':
    case 'Equal': {
      const complaints = isLabelValue(value);
      if (complaints.length) invalid(errors, path, value, complaints.join(';'));
      break;
    }
    case 'Exists':
      if (value) invalid(errors, path, value, "value must be empty when `operator` is 'Exists'");
      break;
    case 'Lt':
    case 'Gt':
      // numeric comparison is behind a gate that is off, yet upstream names it
      notSupported(errors, path, t.operator, ['Equal', 'Exists', 'Lt', 'Gt']);
      break;
    default:
      notSupported(errors, path, t.operator, ['Equal', 'Exists']);
  }
}

export function validateTolerations(errors: Errors, tolerations: readonly Toleration[], path: string): void {
  tolerations.forEach((t, i) => {
    const at = `${path}[${i}]`;
    if (t.key) invalidEach(errors, `${at}.key`, t.key, isQualifiedName(t.key));
    if (!t.key && t.operator !== 'Exists')
      invalid(
        errors,
        `${at}.operator`,
        t.operator ?? '',
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      );
    if (t.tolerationSeconds !== undefined && t.effect !== 'NoExecute')
      invalid(errors, `${at}.effect`, t.effect ?? '', "effect must be 'NoExecute' when `tolerationSeconds` is set");
    validateTolerationOperator(errors, t, `${at}.operator`);
    if (t.effect) validateEffect(errors, t.effect, `${at}.effect`);
  });
}

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const NODE_POLICIES = ['Honor', 'Ignore'];

function validateMinDomains(errors: Errors, c: TopologySpreadConstraint, path: string): void {
  if (c.minDomains === undefined) return;
  if (c.minDomains <= 0) invalid(errors, path, c.minDomains, POSITIVE);
  if (c.whenUnsatisfiable !== 'DoNotSchedule')
    invalid(
      errors,
      path,
      c.minDomains,
      `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${c.whenUnsatisfiable}`,
    );
}

function validateSpreadKeys(errors: Errors, c: TopologySpreadConstraint, path: string): void {
  if (!c.matchLabelKeys?.length) return;
  if (!c.labelSelector) forbidden(errors, path, 'must not be specified when labelSelector is not set');
  const taken = selectorKeys(c.labelSelector);
  c.matchLabelKeys.forEach((key, i) => {
    invalidEach(errors, `${path}[${i}]`, key, isQualifiedName(key));
    if (taken.has(key)) invalid(errors, `${path}[${i}]`, key, 'exists in both matchLabelKeys and labelSelector');
  });
}

export function validateSpread(errors: Errors, constraints: readonly TopologySpreadConstraint[], path: string): void {
  constraints.forEach((c, i) => {
    const at = `${path}[${i}]`;
    if ((c.maxSkew ?? 0) <= 0) invalid(errors, `${at}.maxSkew`, c.maxSkew ?? 0, POSITIVE);
    if (!c.topologyKey) required(errors, `${at}.topologyKey`, 'can not be empty');
    const when = c.whenUnsatisfiable ?? '';
    if (!ACTIONS.includes(when)) notSupported(errors, `${at}.whenUnsatisfiable`, when, ACTIONS);
    if (
      constraints
        .slice(i + 1)
        .some((d) => d.topologyKey === c.topologyKey && d.whenUnsatisfiable === c.whenUnsatisfiable)
    )
      duplicate(errors, `${at}.{topologyKey, whenUnsatisfiable}`, `{${c.topologyKey}, ${c.whenUnsatisfiable}}`);
    validateMinDomains(errors, c, `${at}.minDomains`);
    for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
      const policy = c[field];
      if (policy !== undefined && !NODE_POLICIES.includes(policy))
        notSupported(errors, `${at}.${field}`, policy, NODE_POLICIES);
    }
    validateSpreadKeys(errors, c, `${at}.matchLabelKeys`);
    validateLabelSelector(errors, c.labelSelector, `${at}.labelSelector`);
  });
}

export function validateGates(errors: Errors, gates: NonNullable<PodSpec['schedulingGates']>, path: string): void {
  const seen = new Set<string>();
  gates.forEach((gate, i) => {
    const name = gate.name ?? '';
    invalidEach(errors, `${path}[${i}]`, name, isQualifiedName(name));
    if (seen.has(name)) duplicate(errors, `${path}[${i}]`, name);
    seen.add(name);
  });
}
