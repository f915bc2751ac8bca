/** Limits of a namespace. Upstream: k8s.io/api/core/v1 */
import type { ResourceList } from './core.ts';
import type { KubeObject } from './meta.ts';

export interface ResourceQuota extends KubeObject {
  kind: 'ResourceQuota';
  spec: {
    hard?: ResourceList;
    scopes?: string[];
    scopeSelector?: { matchExpressions?: { scopeName: string; operator: string; values?: string[] }[] };
  };
  status: { hard?: ResourceList; used?: ResourceList };
}

export interface LimitRange extends KubeObject {
  kind: 'LimitRange';
  spec: {
    limits: {
      type: string;
      max?: ResourceList;
      min?: ResourceList;
      default?: ResourceList;
      defaultRequest?: ResourceList;
      maxLimitRequestRatio?: ResourceList;
    }[];
  };
}
