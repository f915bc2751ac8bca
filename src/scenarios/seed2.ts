import { nodeManifest } from './nodes.ts';
import { SYSTEM, WARMUP_MS } from './system.ts';
import type { Scenario } from './types.ts';

const webserver = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: weserver
spec:
  replicas: 4
  selector:
    matchLabels:
      app: webserver
  template:
    metadata:
      name: nginx-pod
      labels:
        app: webserver
    spec:
      containers:
      - name: nginx-container
        image: nginx
`;

const tolerant = webserver
  .replace('name: weserver', 'name: weserver-web')
  .replaceAll('app: webserver', 'app: webserver-web')
  .replace(
    '    spec:\n      containers:',
    `    spec:
      tolerations:
      - key: role
        operator: Equal
        value: web
        effect: NoSchedule
      containers:`,
  );

const backend = `apiVersion: v1
kind: Pod
metadata:
  name: backend
  labels:
    app: backend
spec:
  nodeName: w3-k8s
  containers:
  - name: main
    image: busybox
    args:
    - sleep
    - "100000"
`;

const frontend = (kind: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: frontend
spec:
  replicas: 5
  selector:
    matchLabels:
      app: frontend
  template:
    metadata:
      labels:
        app: frontend
    spec:
      affinity:
        ${kind}:
          requiredDuringSchedulingIgnoredDuringExecution:
          - labelSelector:
              matchLabels:
                app: backend
            topologyKey: kubernetes.io/hostname
      containers:
      - name: main
        image: busybox
        args:
        - sleep
        - "100000"
`;

const init = `apiVersion: v1
kind: Pod
metadata:
  name: myapp-pod
  labels:
    app: myapp
spec:
  containers:
  - name: myapp-container
    image: busybox:1.28
    command: ['sh', '-c', 'echo The app is running! && sleep 3600']
  initContainers:
  - name: init-myservice
    image: busybox:1.28
    command: ['sh', '-c', "until nslookup myservice; do echo waiting for myservice; sleep 2; done"]
  - name: init-mydb
    image: busybox:1.28
    command: ['sh', '-c', "until nslookup mydb; do echo waiting for mydb; sleep 2; done"]
`;

const services = `apiVersion: v1
kind: Service
metadata:
  name: myservice
spec:
  ports:
  - protocol: TCP
    port: 80
    targetPort: 9376
---
apiVersion: v1
kind: Service
metadata:
  name: mydb
spec:
  ports:
  - protocol: TCP
    port: 80
    targetPort: 9377
`;

const multipod = `apiVersion: v1
kind: Pod
metadata:
  name: multipod
spec:
  containers:
  - name: nginx-container
    image: nginx:1.14
    ports:
    - containerPort: 80
  - name: centos-container
    image: centos:7
    command:
    - sleep
    - "10000"
`;

/** Taints, cordon, drain, affinity between pods, init containers: one control plane, three workers. */
export const seed2: Scenario = {
  slug: 'seed2',
  titleEn: 'Taints, drain and pods that wait',
  titleKo: '테인트, 드레인, 기다리는 파드',
  textEn:
    'w3-k8s is tainted before weserver arrives: nothing lands there. Try frontend with and without backend, drain w3-k8s, and let myapp-pod wait for its two services.',
  textKo:
    'weserver가 오기 전에 w3-k8s에 테인트가 걸립니다. 그래서 아무것도 배치되지 않습니다. backend가 있을 때와 없을 때의 frontend, w3-k8s 드레인, 두 서비스를 기다리는 myapp-pod를 시험해 보세요.',
  seed: 1,
  cluster: [
    nodeManifest({ name: 'm-k8s', cpu: '2', memory: '4Gi', controlPlane: true, index: 0 }),
    nodeManifest({ name: 'w1-k8s', cpu: '2', memory: '4Gi', index: 1 }),
    nodeManifest({ name: 'w2-k8s', cpu: '2', memory: '4Gi', index: 2 }),
    nodeManifest({ name: 'w3-k8s', cpu: '2', memory: '4Gi', index: 3 }),
    ...SYSTEM,
  ],
  warmupMs: WARMUP_MS,
  files: {
    'weserver.yaml': webserver,
    'weserver-toleration.yaml': tolerant,
    'backend.yaml': backend,
    'frontend-affinity.yaml': frontend('podAffinity'),
    'frontend-antiaffinity.yaml': frontend('podAntiAffinity'),
    'init-container.yaml': init,
    'services.yaml': services,
    'multipod.yaml': multipod,
  },
  inputs: [
    { atMs: 2000, line: 'kubectl taint nodes w3-k8s key01=value01:NoSchedule' },
    { atMs: 4000, line: 'kubectl apply -f weserver.yaml' },
    { atMs: 9000, line: 'kubectl apply -f init-container.yaml' },
  ],
};
