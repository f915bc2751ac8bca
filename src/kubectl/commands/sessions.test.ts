/** What no recording covers: following commands, containers that run, the kubeconfig, the editor. */
import { expect, it } from 'vitest';
import { replay } from '../testing/session.ts';

const RUNNING = `$ kubectl run web --image=nginx --labels=app=web
| pod/web created
+10s
`;

/** Replays with containers that really start. */
const session = (text: string): string => replay(text, { kubelet: 'sim' }).trimEnd();
const same = (text: string): void => expect(session(text)).toBe(text.trimEnd());

it('logs: refusals in the words of kubectl', () => {
  same(`$ kubectl run web --image=nginx
| pod/web created
$ kubectl logs web
! Error from server (BadRequest): container "web" in pod "web" is waiting to start: ContainerCreating
= exit 1
$ kubectl logs web -c nope
! error: container nope is not valid for pod web out of: web
= exit 1
$ kubectl logs nope
! error: error from server (NotFound): pods "nope" not found in namespace "default"
= exit 1
$ kubectl logs
! error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
! POD or TYPE/NAME is a required argument for the logs command
! See 'kubectl logs -h' for help and examples
= exit 1
`);
});

it('exec: runs in the container, with its exit code', () => {
  same(`${RUNNING}$ kubectl exec web -- echo hello
| hello
$ kubectl exec web -- false
! command terminated with exit code 1
= exit 1
$ kubectl exec web
! error: you must specify at least one command for the container
= exit 1
$ kubectl exec web -c nope -- ls
! error: container nope is not valid for pod web out of: web
= exit 1
$ kubectl exec nope -- ls
! Error from server (NotFound): pods "nope" not found
= exit 1
`);
});

it('run --rm -it leaves nothing behind', () => {
  same(`$ kubectl run once --image=busybox --rm -it --restart=Never -- echo hi
| hi
| pod "once" deleted from default namespace
$ kubectl get pods
! No resources found in default namespace.
`);
});

it('get -w prints a row for every change until it is interrupted', () => {
  same(`${RUNNING}$ kubectl get pods -w --output-watch-events -o name
| pod/web
= exit 130
+5s
^C
$ kubectl get pods -w --no-headers -o custom-columns=N:.metadata.name,L:.metadata.labels.x
| web   <none>
= exit 130
+5s
^C
`);
});

it('port-forward says what it forwards', () => {
  same(`${RUNNING}$ kubectl expose pod web --port=80
| service/web exposed
$ kubectl port-forward svc/web 8080:80
| Forwarding from 127.0.0.1:8080 -> 80
| Forwarding from [::1]:8080 -> 80
= exit 130
^C
$ kubectl port-forward nope 8080:80
! Error from server (NotFound): pods "nope" not found
= exit 1
`);
});

it('config: namespace and contexts are kept from command to command', () => {
  same(`$ kubectl config current-context
| kubernetes-admin@kubernetes
$ kubectl config set-context --current --namespace=team
| Context "kubernetes-admin@kubernetes" modified.
$ kubectl get pods
! No resources found in team namespace.
$ kubectl config view --minify -o jsonpath={..namespace}
| team
$ kubectl config use-context nope
! error: no context exists with the name: "nope"
= exit 1
`);
});

it('edit: a text from the pipe takes the place of the editor', () => {
  same(`$ kubectl create configmap c --from-literal=a=1
| configmap/c created
$ kubectl get cm c -o yaml | sed 's/a: "1"/a: "2"/' | kubectl edit cm c
| configmap/c edited
$ kubectl get cm c -o jsonpath={.data.a}
| 2
$ kubectl get cm c -o yaml | kubectl edit cm c
! Edit cancelled, no changes made.
$ kubectl edit cm nope
! Error from server (NotFound): configmaps "nope" not found
= exit 1
`);
});
