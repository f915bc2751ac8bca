/** Texts of manifests, as somebody would type them. */

export interface DeploymentOptions {
  replicas?: number;
  image?: string;
  cpu?: string;
  memory?: string;
  labels?: Record<string, string>;
  /** Lines of the pod's spec, beside its containers. */
  pod?: string;
  /** Lines of the container. */
  container?: string;
  /** Lines of the Deployment's spec. */
  spec?: string;
}

const indent = (text: string, by: number): string =>
  text
    .trimEnd()
    .split('\n')
    .map((l) => (l ? ' '.repeat(by) + l : l))
    .join('\n');

const optional = (text: string | undefined, by: number): string => (text ? `\n${indent(text, by)}` : '');

/** A Deployment. */
export function deployment(name: string, o: DeploymentOptions = {}): string {
  const labels = Object.entries({ app: name, ...o.labels });
  const lines = (by: number): string => indent(labels.map(([k, v]) => `${k}: ${v}`).join('\n'), by);
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${o.replicas ?? 1}${optional(o.spec, 2)}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
${lines(8)}
    spec:${optional(o.pod, 6)}
      containers:
      - name: ${name}
        image: ${o.image ?? 'nginx:1.27'}${optional(o.container, 8)}
        resources:
          requests:
            cpu: ${o.cpu ?? '250m'}
            memory: ${o.memory ?? '256Mi'}
`;
}

/** A budget for the pods of an app. */
export const budget = (app: string, minAvailable: number): string => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${app}
spec:
  minAvailable: ${minAvailable}
  selector:
    matchLabels:
      app: ${app}
`;
