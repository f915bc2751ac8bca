/** `create namespace`, `serviceaccount`, `quota`, `priorityclass`, `poddisruptionbudget`. Upstream: k8s.io/kubectl/pkg/cmd/create */
import { canonicalQuantity, parseMilli, QUANTITY_FORM } from '../../../engine/api/quantity.ts';
import { failure } from '../../failure.ts';
import { generator } from './generator.ts';

export const namespace = generator({
  name: 'namespace',
  aliases: ['ns'],
  use: 'create namespace NAME [--dry-run=server|client|none]',
  short: 'Create a namespace with the specified name',
  build: ({ metadata }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata, spec: {}, status: {} }),
});

export const serviceaccount = generator({
  name: 'serviceaccount',
  aliases: ['sa'],
  use: 'create serviceaccount NAME [--dry-run=server|client|none]',
  short: 'Create a service account with the specified name',
  failed: 'failed to create serviceaccount:',
  build: ({ metadata }) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }),
});

function hardLimits(text: string): Record<string, string> | undefined {
  if (text === '') return undefined;
  const out: Record<string, string> = {};
  for (const statement of text.split(',')) {
    const parts = statement.split('=');
    if (parts.length !== 2) throw failure(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    if (parseMilli(parts[1]!) === undefined) throw failure(QUANTITY_FORM);
    out[parts[0]!] = canonicalQuantity(parts[1]!);
  }
  return out;
}

export const quota = generator({
  name: 'quota',
  aliases: ['resourcequota'],
  use: 'create quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
  short: 'Create a quota with the specified name',
  flags: 'hard scopes',
  failed: 'failed to create quota:',
  build: ({ p, metadata }) => {
    const hard = hardLimits(p.str('hard'));
    const scopes = p.str('scopes') ? p.str('scopes').split(',') : undefined;
    if (scopes?.includes('')) throw failure('invalid resource quota scope ""');
    const spec = { ...(hard ? { hard } : {}), ...(scopes ? { scopes } : {}) };
    return { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec, status: {} };
  },
});

export const priorityclass = generator({
  name: 'priorityclass',
  aliases: ['pc'],
  use: 'create priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
  short: 'Create a priority class with the specified name',
  flags: 'description global-default:bool preemption-policy=PreemptLowerPriority value:int',
  failed: 'failed to create priorityclass:',
  build: ({ p, metadata }) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata,
    value: p.int('value'),
    ...(p.bool('global-default') ? { globalDefault: true } : {}),
    ...(p.str('description') ? { description: p.str('description') } : {}),
    preemptionPolicy: p.str('preemption-policy'),
  }),
});

const PERCENT = /^\d+%$/;

function intOrPercent(text: string, what: string): number | string {
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  if (!PERCENT.test(text)) throw failure(`invalid format specified for ${what}`);
  return text;
}

/** `a=b,c in (d)` → a label selector, as upstream's parser makes it. */
export function labelSelector(text: string): Record<string, unknown> {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: Record<string, unknown>[] = [];
  for (const part of text.split(/,(?![^(]*\))/)) {
    const set = /^\s*(\S+)\s+(in|notin)\s+\(([^)]*)\)\s*$/.exec(part);
    const equal = /^\s*([^\s!=]+)\s*==?\s*(\S*)\s*$/.exec(part);
    const unequal = /^\s*([^\s!=]+)\s*!=\s*(\S*)\s*$/.exec(part);
    if (set)
      matchExpressions.push({
        key: set[1],
        operator: set[2] === 'in' ? 'In' : 'NotIn',
        values: set[3]!
          .split(',')
          .map((v) => v.trim())
          .sort(),
      });
    else if (unequal) matchExpressions.push({ key: unequal[1], operator: 'NotIn', values: [unequal[2]] });
    else if (equal) matchLabels[equal[1]!] = equal[2]!;
    else if (part.trim().startsWith('!'))
      matchExpressions.push({ key: part.trim().slice(1), operator: 'DoesNotExist' });
    else if (part.trim()) matchExpressions.push({ key: part.trim(), operator: 'Exists' });
  }
  return {
    ...(Object.keys(matchLabels).length ? { matchLabels } : {}),
    ...(matchExpressions.length ? { matchExpressions } : {}),
  };
}

export const budget = generator({
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  use: 'create poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
  short: 'Create a pod disruption budget with the specified name',
  flags: 'max-unavailable min-available selector',
  failed: 'failed to create poddisruptionbudgets:',
  build: ({ p, metadata }) => {
    const [min, max] = [p.str('min-available'), p.str('max-unavailable')];
    if (!p.str('selector')) throw failure('a selector must be specified');
    if (!min && !max) throw failure('one of min-available or max-unavailable must be specified');
    if (min && max) throw failure('min-available and max-unavailable cannot be both specified');
    return {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: {
        ...(min ? { minAvailable: intOrPercent(min, 'min-available') } : {}),
        selector: labelSelector(p.str('selector')),
        ...(max ? { maxUnavailable: intOrPercent(max, 'max-unavailable') } : {}),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    };
  },
});
