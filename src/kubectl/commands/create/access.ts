/** `create role`, `clusterrole`, `rolebinding`, `clusterrolebinding`. Upstream: k8s.io/kubectl/pkg/cmd/create/create_*role*.go */
import type { Parsed } from '../../command.ts';
import { mappingOfWord } from '../../discovery.ts';
import { failure, noSuchResource, quote } from '../../failure.ts';
import { byText } from '../../values.ts';
import { type BuildContext, generator, type Spec } from './generator.ts';

const RBAC = 'rbac.authorization.k8s.io';
const VERBS = new Set(
  '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate approve sign attest'.split(
    ' ',
  ),
);
const SPECIAL: Record<string, readonly string[]> = {
  use: ['policy/podsecuritypolicies', 'extensions/podsecuritypolicies'],
  bind: [`${RBAC}/roles`, `${RBAC}/clusterroles`],
  escalate: [`${RBAC}/roles`, `${RBAC}/clusterroles`],
  impersonate: ['/users', '/serviceaccounts', '/groups', 'authentication.k8s.io/userextras'],
};

function verbsOf(p: Parsed): string[] {
  const verbs = [...new Set(p.list('verb'))];
  return verbs.includes('*') ? ['*'] : verbs;
}

interface Target {
  resource: string;
  group: string;
  sub: string;
}

function targetOf(text: string): Target {
  const [path, sub = ''] = text.split('/', 2) as [string, string?];
  const dot = path.indexOf('.');
  return { resource: dot < 0 ? path : path.slice(0, dot), group: dot < 0 ? '' : path.slice(dot + 1), sub };
}

/** The resource under its full name; unknown ones are refused unless a special verb knows them. */
function resolve(t: Target, verbs: readonly string[]): Target {
  if (t.resource === '') throw failure('resource must be specified if apiGroup/subresource specified');
  if (t.resource === '*') return t;
  const m = mappingOfWord(t.group ? `${t.resource}.${t.group}` : t.resource);
  const full = m ? { ...t, resource: m.plural, group: m.group } : t;
  let special = false;
  for (const v of verbs) {
    const allowed = SPECIAL[v];
    if (!allowed) continue;
    if (!allowed.includes(`${full.group}/${full.resource}`))
      throw failure(`can not perform '${v}' on '${full.resource}' in group '${full.group}'`);
    special = true;
  }
  if (!m && !special) throw noSuchResource(t.group ? `${t.resource}.${t.group}` : t.resource);
  return full;
}

function rulesOf({ p }: BuildContext): Spec[] {
  const verbs = verbsOf(p);
  const targets = p.list('resource').map((r) => resolve(targetOf(r), verbs));
  const groups = new Map<string, string[]>();
  for (const t of targets) {
    const list = groups.get(t.group) ?? [];
    const name = t.sub ? `${t.resource}/${t.sub}` : t.resource;
    if (!list.includes(name)) list.push(name);
    groups.set(t.group, list);
  }
  const names = [...new Set(p.list('resource-name'))];
  return [...groups.keys()].sort(byText).map((group) => ({
    verbs,
    apiGroups: [group],
    resources: groups.get(group),
    ...(names.length ? { resourceNames: names } : {}),
  }));
}

function checkVerbs(c: BuildContext): void {
  if (c.p.list('verb').length === 0) throw failure('at least one verb must be specified');
  for (const v of verbsOf(c.p)) if (!VERBS.has(v)) c.env.err(`Warning: '${v}' is not a standard resource verb\n`);
}

export const role = generator({
  name: 'role',
  use: 'create role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
  short: 'Create a role with single rule',
  flags: 'resource:list resource-name:array verb:list',
  build: (c) => {
    checkVerbs(c);
    if (c.p.list('resource').length === 0) throw failure('at least one resource must be specified');
    return { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: c.metadata, rules: rulesOf(c) };
  },
});

export const clusterrole = generator({
  name: 'clusterrole',
  use: 'create clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
  short: 'Create a cluster role',
  flags: 'aggregation-rule non-resource-url:list resource:list resource-name:array verb:list',
  build: (c) => {
    const { p, metadata } = c;
    const base = { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata };
    const urls = p.list('non-resource-url');
    const aggregation = p.str('aggregation-rule');
    if (aggregation) {
      if (urls.length || p.list('verb').length || p.list('resource').length || p.list('resource-name').length)
        throw failure('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames');
      const matchLabels = labelsOf(aggregation);
      return { ...base, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] }, rules: null };
    }
    checkVerbs(c);
    if (p.list('resource').length === 0 && urls.length === 0)
      throw failure('one of resource or nonResourceURL must be specified');
    for (const u of urls) if (u !== '*' && !u.startsWith('/')) throw failure('nonResourceURL should start with /');
    const rules = rulesOf(c);
    if (urls.length) rules.push({ verbs: verbsOf(p), nonResourceURLs: urls });
    return { ...base, rules };
  },
});

/** `a=b, c=d`; a flag of pairs refuses other values. */
function labelsOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0)
        throw failure(
          `invalid argument ${quote(text)} for "--aggregation-rule" flag: malformed pair, expect string=string\nSee 'kubectl create clusterrole --help' for usage.`,
        );
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

function subjects(p: Parsed): Spec[] {
  const account = (text: string): Spec => {
    const [namespace, name] = text.split(':');
    if (!namespace || !name || text.split(':').length !== 2) throw failure('serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', name, namespace };
  };
  const of =
    (kind: string) =>
    (name: string): Spec => ({ kind, apiGroup: RBAC, name });
  return [
    ...p.list('user').map(of('User')),
    ...p.list('group').map(of('Group')),
    ...p.list('serviceaccount').map(account),
  ];
}

export const rolebinding = generator({
  name: 'rolebinding',
  use: 'create rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  short: 'Create a role binding for a particular role or cluster role',
  flags: 'clusterrole group:array role serviceaccount:array user:array',
  failed: 'failed to create rolebinding:',
  build: ({ p, metadata }) => {
    if ((p.str('clusterrole') === '') === (p.str('role') === ''))
      throw failure('exactly one of clusterrole or role must be specified');
    const kind = p.str('role') ? 'Role' : 'ClusterRole';
    const list = subjects(p);
    return {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata,
      ...(list.length ? { subjects: list } : {}),
      roleRef: { apiGroup: RBAC, kind, name: p.str('role') || p.str('clusterrole') },
    };
  },
});

export const clusterrolebinding = generator({
  name: 'clusterrolebinding',
  use: 'create clusterrolebinding NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  short: 'Create a cluster role binding for a particular cluster role',
  flags: 'clusterrole! group:array serviceaccount:array user:array',
  failed: 'failed to create clusterrolebinding:',
  build: ({ p, metadata }) => {
    const list = subjects(p);
    return {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      ...(list.length ? { subjects: list } : {}),
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: p.str('clusterrole') },
    };
  },
});
