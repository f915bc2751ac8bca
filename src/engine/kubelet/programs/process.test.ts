import { expect, it } from 'vitest';
import { answer, entryError, type Process, startProcess, stepProcess, terminate } from './process.ts';
import type { World } from './world.ts';

const START = Date.UTC(2026, 0, 1);
const names: Record<string, string> = { db: '10.96.0.7' };

function world(p: Process, at: number, more: Partial<World> = {}): World {
  return {
    now: at,
    hostname: 'web-0',
    podIP: '10.244.1.5',
    arch: 'ppc64le',
    image: 'busybox',
    files: p.files,
    memoryLimit: 0,
    resolve: (name) => names[name],
    open: (host) => (host === 'web' ? { ok: true, status: 200, body: 'hello\n' } : { ok: false, why: 'refused' }),
    ...more,
  };
}

interface Options {
  image?: string;
  command?: string[];
  args?: string[];
  env?: Record<string, string>;
  ports?: number[];
  interactive?: boolean;
}

const started = (o: Options): Process =>
  startProcess(
    {
      image: o.image ?? 'busybox',
      command: o.command,
      args: o.args,
      env: { HOSTNAME: 'web-0', ...o.env },
      ports: o.ports ?? [],
      interactive: o.interactive ?? false,
      namespace: 'shop',
    },
    START,
  );

/** Runs for `seconds` and tells log and end: `0.0 line`, `exit 0 at 2`. */
function run(o: Options, seconds = 60): string {
  const p = started(o);
  stepProcess(p, START + seconds * 1000, (at) => world(p, at));
  const log = p.logs.map((l) => `${(l.at - START) / 1000} ${l.text}`);
  const end = p.exit ? `exit ${p.exit.code} at ${(p.exit.at - START) / 1000}` : 'runs';
  return [...log, end].join('\n');
}

const sh = (script: string): Options => ({ command: ['sh', '-c', script] });

it.each([
  ['echo hi', '0 hi\nexit 0 at 0'],
  ['exit 3', 'exit 3 at 0'],
  ['false', 'exit 1 at 0'],
  ['false || echo saved', '0 saved\nexit 0 at 0'],
  ['true && echo yes && exit 4', '0 yes\nexit 4 at 0'],
  ['sleep 2; echo done', '2 done\nexit 0 at 2'],
  [
    'date; echo Hello from the Kubernetes cluster',
    '0 Thu Jan  1 00:00:00 UTC 2026\n0 Hello from the Kubernetes cluster\nexit 0 at 0',
  ],
  ['for i in 1 2 3; do echo $i; sleep 1; done', '0 1\n1 2\n2 3\nexit 0 at 3'],
  ['for i in $(seq 2); do echo n$i; done', '0 n1\n0 n2\nexit 0 at 0'],
  ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i', '0 3\nexit 0 at 0'],
  ['if [ -f /tmp/x ]; then echo there; else echo gone; fi', '0 gone\nexit 0 at 0'],
  [
    'touch /tmp/x; test -f /tmp/x && echo there; rm -f /tmp/x; cat /tmp/x',
    "0 there\n0 cat: can't open '/tmp/x': No such file or directory\nexit 1 at 0",
  ],
  ['echo "a  b" > /tmp/f; cat /tmp/f | grep a | wc -l', '0 1\nexit 0 at 0'],
  [
    'echo $HOSTNAME ${NOPE:-none} "$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace)"',
    '0 web-0 none shop\nexit 0 at 0',
  ],
  ['until nslookup db > /dev/null; do sleep 2; done; echo found', '0 found\nexit 0 at 0'],
  ['! nslookup nothere > /dev/null && echo absent', '0 absent\nexit 0 at 0'],
  ['uname -m', '0 ppc64le\nexit 0 at 0'],
  ['wget -qO- http://web/ || exit 7', '0 hello\nexit 0 at 0'],
  [
    'curl -s nowhere:81',
    '0 curl: (7) Failed to connect to nowhere port 81 after 1 ms: Could not connect to server\nexit 7 at 0',
  ],
  ['nosuchthing', '0 sh: nosuchthing: not found\nexit 127 at 0'],
  ['echo one # comment\necho two', '0 one\n0 two\nexit 0 at 0'],
  ['(echo in; exit 5)', '0 in\nexit 5 at 0'],
  ['echo \'a;b\' "c d"', '0 a;b c d\nexit 0 at 0'],
  ['sleep 100 & echo bg', '0 bg\nexit 0 at 0'],
  ['while true; do echo tick; sleep 25; done', '0 tick\n25 tick\n50 tick\nruns'],
])('sh -c %j', (script, told) => expect(run(sh(script))).toBe(told));

it('waits for a name as long as it does not resolve', () => {
  const told = run(sh('until nslookup nothere; do echo waiting; sleep 2; done'), 5);
  expect(told.split('\n').filter((l) => l.endsWith('waiting')).length).toBe(3);
  expect(told).toContain("0 ** server can't find nothere: NXDOMAIN");
  expect(told).toMatch(/runs$/);
});

it('calculates π in its time', () => {
  const told = run({ image: 'perl', command: ['perl', '-Mbignum=bpi', '-wle', 'print bpi(2000)'] });
  expect(told).toMatch(/^7 3\.14159265358979323846264338327950288419716939937510\d{1948,}\nexit 0 at 7$/);
});

it.each<[string, Options, string]>([
  ['busybox alone', {}, 'exit 0 at 0'],
  ['busybox with a terminal', { interactive: true }, 'runs'],
  ['nginx', { image: 'nginx' }, 'runs'],
  ['nginx with other arguments', { image: 'nginx', args: ['nginx-debug'] }, 'runs'],
  ['mysql without a password', { image: 'mysql' }, 'exit 1 at 0'],
  ['mysql with one', { image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'x' } }, 'runs'],
  ['pause', { image: 'pause' }, 'runs'],
  ['sleep as arguments', { args: ['sleep', '3'] }, 'exit 0 at 3'],
  ['sleep infinity', { command: ['sleep', 'infinity'] }, 'runs'],
  ['tail -f /dev/null', { command: ['tail', '-f', '/dev/null'] }, 'runs'],
  ['an unknown program of an unknown image', { image: 'app', command: ['/app/server'] }, 'runs'],
  ['python that gives up', { image: 'python', command: ['python', '-c', 'import sys; sys.exit(2)'] }, 'exit 2 at 0'],
])('%s', (_title, o, end) => expect(run(o).split('\n').at(-1)).toBe(end));

it.each([
  [['nosuch'], 'exec: "nosuch": executable file not found in $PATH'],
  [['/bin/nosuch'], 'exec: "/bin/nosuch": stat /bin/nosuch: no such file or directory'],
])('cannot start %j', (command, words) => {
  expect(entryError({ image: 'nginx', command, args: undefined })).toContain(words);
});

it.each<[string, Options, number | undefined]>([
  ['nginx ends', { image: 'nginx' }, 0],
  ['sleep as PID 1 ignores it', { command: ['sleep', '3600'] }, undefined],
  ['a shell without a trap ignores it', sh('while true; do sleep 1; done'), undefined],
  ['a trap is obeyed', sh('trap "exit 0" TERM; while true; do sleep 1; done'), 0],
  ['an unknown server takes the default', { image: 'app', command: ['/app/server'] }, 143],
])('on SIGTERM %s', (_title, o, code) => {
  const p = started(o);
  stepProcess(p, START + 500, (at) => world(p, at));
  expect(terminate(p, START + 500, (at) => world(p, at))?.code).toBe(code);
});

it('answers on the ports it listens on', () => {
  const p = started({ image: 'nginx' });
  stepProcess(p, START, (at) => world(p, at));
  expect(answer(p, 80, '/', START)?.status).toBe(200);
  expect(answer(p, 80, '/healthz', START)?.status).toBe(404);
  expect(answer(p, 81, '/', START)).toBeUndefined();
});
