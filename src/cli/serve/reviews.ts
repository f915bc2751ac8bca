/** Questions that are posted: who am I, what may I. Everybody here is the administrator. */
import { bag } from './values.ts';

/** The administrator's kubeconfig of a kubeadm cluster. */
const USER = {
  username: 'kubernetes-admin',
  groups: ['kubeadm:cluster-admins', 'system:authenticated'],
};

const ALLOWED = { allowed: true };
const RULES = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  incomplete: false,
};

const STATUS: Readonly<Record<string, object>> = {
  SelfSubjectReview: { userInfo: USER },
  SelfSubjectAccessReview: ALLOWED,
  SubjectAccessReview: ALLOWED,
  LocalSubjectAccessReview: ALLOWED,
  SelfSubjectRulesReview: RULES,
};

/** The review with its answer, or `undefined` for a kind that is none. */
export function reviewed(kind: string, apiVersion: string, body: unknown): Record<string, unknown> | undefined {
  const status = STATUS[kind];
  if (!status) return undefined;
  const { metadata, spec } = bag(body);
  return {
    kind,
    apiVersion,
    metadata: { creationTimestamp: null, ...bag(metadata) },
    ...(spec ? { spec } : {}),
    status,
  };
}
