/** `kubectl set serviceaccount|selector|subject`. Upstream: k8s.io/kubectl/pkg/cmd/set */
import type { AnyObject } from '../../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { failure } from '../../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SELECT } from '../../flags.ts';
import { findInfos, patchAll, podSpecChange } from './shared.ts';

const COMMON = [PRINT, FILES, DRY_RUN, manager('kubectl-set'), 'all:bool local:bool'];

export const serviceAccount: Command = {
  name: 'serviceaccount',
  aliases: ['sa'],
  use: 'kubectl set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  short: 'Update the service account of a resource',
  flags: flags(...COMMON),
  *run(env: Env, p: Parsed): Running {
    const name = p.args.at(-1);
    if (!name) throw failure('serviceaccount is required');
    const infos = yield* findInfos(env, p, p.args.slice(0, -1));
    const change = podSpecChange((spec) => {
      spec.serviceAccountName = name;
      if (spec.serviceAccount !== undefined) spec.serviceAccount = name;
    });
    return patchAll(env, p, infos, change, 'serviceaccount updated');
  },
};

export const selector: Command = {
  name: 'selector',
  use: 'kubectl set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  short: 'Set the selector on a resource',
  flags: flags(...COMMON, 'resource-version'),
  *run(env: Env, p: Parsed): Running {
    const text = p.args.at(-1) ?? '';
    const pairs = text
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split('='));
    if (p.args.length < 2 || pairs.some((x) => x.length !== 2 || !x[0]))
      throw failure('one and only one selector is required');
    const infos = yield* findInfos(env, p, p.args.slice(0, -1));
    const change = (o: AnyObject): AnyObject => {
      if (o.kind !== 'Service') throw failure(`setting a selector is only supported for Services`);
      return { ...o, spec: { ...(o.spec as object), selector: Object.fromEntries(pairs) as Record<string, string> } };
    };
    return patchAll(env, p, infos, change, 'selector updated');
  },
};

interface RbacSubject {
  kind: string;
  name: string;
  namespace?: string;
  apiGroup?: string;
}

const RBAC = 'rbac.authorization.k8s.io';

export const subject: Command = {
  name: 'subject',
  use: 'kubectl set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  short: 'Update the user, group, or service account in a role binding or cluster role binding',
  flags: flags(...COMMON, SELECT, 'user:array group:array serviceaccount:array'),
  *run(env: Env, p: Parsed): Running {
    const infos = yield* findInfos(env, p, p.args);
    const added: RbacSubject[] = [
      ...p.list('user').map((name) => ({ apiGroup: RBAC, kind: 'User', name })),
      ...p.list('group').map((name) => ({ apiGroup: RBAC, kind: 'Group', name })),
      ...p.list('serviceaccount').map((text) => {
        const [namespace, name] = text.split(':');
        if (!namespace || !name) throw failure(`serviceaccount must be <namespace>:<name>`);
        return { kind: 'ServiceAccount', name, namespace };
      }),
    ];
    if (!added.length) throw failure('you must specify at least one value of user, group or serviceaccount');
    const change = (o: AnyObject): AnyObject => {
      if (!o.kind.endsWith('RoleBinding'))
        throw failure('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
      const old = (o.subjects ?? []) as RbacSubject[];
      const same = (a: RbacSubject, b: RbacSubject): boolean =>
        a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
      return { ...o, subjects: [...old, ...added.filter((s) => !old.some((x) => same(x, s)))] };
    };
    return patchAll(env, p, infos, change, 'subjects updated');
  },
};
