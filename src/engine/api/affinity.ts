/**
 * Which nodes a pod's node selector and node affinity accept.
 * Upstream: k8s.io/component-helpers/scheduling/corev1/nodeaffinity, k8s.io/apimachinery/pkg/labels/selector.go
 */
import type { Node, NodeAffinity, NodeSelectorRequirement, NodeSelectorTerm, Pod } from './core.ts';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** A base-10 int64 as Go's ParseInt reads it, or `undefined`. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const n = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return n > INT64_MAX || n < INT64_MIN ? undefined : n;
}

/** Why one requirement on labels cannot be read, in upstream's words (`path` names the requirement), or `undefined`. */
export function requirementError(r: NodeSelectorRequirement, path: string): string | undefined {
  const values = r.values ?? [];
  const shown = r.values ? `[${values.map((v) => JSON.stringify(v)).join(',')}]` : 'null';
  switch (r.operator) {
    case 'In':
    case 'NotIn':
      return values.length
        ? undefined
        : `${path}.values: Invalid value: ${shown}: for 'in', 'notin' operators, values set can't be empty`;
    case 'Exists':
    case 'DoesNotExist':
      return values.length
        ? `${path}.values: Invalid value: ${shown}: values set must be empty for exists and does not exist`
        : undefined;
    case 'Gt':
    case 'Lt': {
      if (values.length !== 1)
        return `${path}.values: Invalid value: ${shown}: for 'Gt', 'Lt' operators, exactly one value is required`;
      return parseInt64(values[0]!) === undefined
        ? `${path}.values[0]: Invalid value: ${JSON.stringify(values[0])}: for 'Gt', 'Lt' operators, the value must be an integer`
        : undefined;
    }
    default:
      return `${path}.operator: Unsupported value: ${JSON.stringify(r.operator)}`;
  }
}

function labelHolds(r: NodeSelectorRequirement, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[r.key];
  switch (r.operator) {
    case 'In':
      return value !== undefined && r.values!.includes(value);
    case 'NotIn':
      return value === undefined || !r.values!.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default: {
      const have = value === undefined ? undefined : parseInt64(value);
      if (have === undefined) return false;
      const bound = parseInt64(r.values![0]!)!;
      return r.operator === 'Gt' ? have > bound : have < bound;
    }
  }
}

/** Why a field requirement cannot be read: only `metadata.name` with In/NotIn and exactly one value can. */
function fieldError(r: NodeSelectorRequirement, path: string): string | undefined {
  if (r.operator !== 'In' && r.operator !== 'NotIn')
    return `${path}.operator: Unsupported value: ${JSON.stringify(r.operator)}: supported values: "In", "NotIn"`;
  if (r.values?.length !== 1) return `${path}.values: Required value: must have one element`;
  return undefined;
}

function fieldHolds(r: NodeSelectorRequirement, nodeName: string): boolean {
  const same = (r.key === 'metadata.name' ? nodeName : '') === r.values![0];
  return r.operator === 'In' ? same : !same;
}

export const isEmptyTerm = (term: NodeSelectorTerm): boolean =>
  !term.matchExpressions?.length && !term.matchFields?.length;

/** All the errors in one term, in order. */
export function termErrors(term: NodeSelectorTerm, path: string): string[] {
  const out: string[] = [];
  term.matchExpressions?.forEach((r, i) => {
    const error = requirementError(r, `${path}.matchExpressions[${i}]`);
    if (error) out.push(error);
  });
  term.matchFields?.forEach((r, i) => {
    const error = fieldError(r, `${path}.matchFields[${i}]`);
    if (error) out.push(error);
  });
  return out;
}

const readable = new WeakMap<NodeSelectorTerm, boolean>();

/** Whether one term accepts the node. A term without requirements, or with one that cannot be read, accepts none. */
export function matchesNodeTerm(term: NodeSelectorTerm, node: Node): boolean {
  if (isEmptyTerm(term)) return false;
  let ok = readable.get(term);
  if (ok === undefined) {
    ok = termErrors(term, '').length === 0;
    readable.set(term, ok);
  }
  if (!ok) return false;
  const labels = node.metadata.labels ?? {};
  if (term.matchExpressions) for (const r of term.matchExpressions) if (!labelHolds(r, labels)) return false;
  if (term.matchFields) for (const r of term.matchFields) if (!fieldHolds(r, node.metadata.name)) return false;
  return true;
}

/** Whether any of the terms accepts the node; none at all accept nothing. */
export const matchesNodeTerms = (terms: readonly NodeSelectorTerm[] | undefined, node: Node): boolean =>
  terms?.some((term) => matchesNodeTerm(term, node)) ?? false;

/** Whether the node has all the pairs of a `nodeSelector`; none at all accept every node. */
export function matchesNodeSelector(selector: Readonly<Record<string, string>> | undefined, node: Node): boolean {
  if (!selector) return true;
  const labels = node.metadata.labels;
  for (const key in selector) if (labels?.[key] !== selector[key]) return false;
  return true;
}

/** Whether the pod's nodeSelector and required node affinity both accept the node. */
export function matchesNode(pod: { spec: Pick<Pod['spec'], 'nodeSelector' | 'affinity'> }, node: Node): boolean {
  if (!matchesNodeSelector(pod.spec.nodeSelector, node)) return false;
  const affinity = pod.spec.affinity?.nodeAffinity;
  if (!affinity) return true;
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  return (!required || matchesNodeTerms(required.nodeSelectorTerms, node)) && matchesWhileRunning(affinity, node);
}

/** Whether the node is one where the pod may also stay (a what-if of the playground). */
export function matchesWhileRunning(affinity: NodeAffinity | undefined, node: Node): boolean {
  const required = affinity?.requiredDuringSchedulingRequiredDuringExecution;
  return !required || matchesNodeTerms(required.nodeSelectorTerms, node);
}
