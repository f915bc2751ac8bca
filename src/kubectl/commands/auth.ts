/** `kubectl auth can-i` and `whoami`: everybody here is the administrator. Upstream: k8s.io/kubectl/pkg/cmd/auth */
import type { Command, Env, Parsed, Running } from '../command.ts';
import { mappingOfWord } from '../discovery.ts';
import { failure } from '../failure.ts';
import { flags, PRINT } from '../flags.ts';
import { formatOf, objectPrinter } from '../print/output.ts';
import { TabWriter } from '../print/table.ts';

const canI: Command = {
  name: 'can-i',
  use: 'kubectl auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  short: 'Check whether an action is allowed',
  flags: flags('A,all-namespaces:bool list:bool no-headers:bool q,quiet:bool subresource'),
  run: runCanI,
};

const VERBS = new Set(
  'get list watch create update patch delete deletecollection use bind escalate impersonate * approve sign attest proxy'.split(
    ' ',
  ),
);
const URL_VERBS = new Set('get put post head options delete patch *'.split(' '));

function* runCanI(env: Env, p: Parsed): Running {
  if (p.bool('list')) {
    if (p.args.length > 0) throw failure('list option must be specified with no arguments');
    return listAccess(env, p);
  }
  if (p.args.length < 2 || p.args.length > 3)
    throw failure(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  const [verb, word] = p.args as [string, string];
  warn(env, p, verb, word);
  if (!p.bool('quiet')) env.out('yes\n');
  return 0;
}

function warn(env: Env, p: Parsed, verb: string, word: string): void {
  if (word.startsWith('/')) {
    if (!URL_VERBS.has(verb)) env.err(`Warning: verb '${verb}' is not a known verb\n\n`);
    return;
  }
  if (!VERBS.has(verb)) env.err(`Warning: verb '${verb}' is not a known verb\n\n`);
  const type = word.split('/')[0]!;
  if (type === '*') return;
  const m = mappingOfWord(type);
  if (!m) env.err(`Warning: the server doesn't have a resource type '${type}'\n\n`);
  else if (!m.namespaced && !p.bool('all-namespaces'))
    env.err(`Warning: resource '${m.plural}' is not namespace scoped${m.group ? ` in group '${m.group}'` : ''}\n\n`);
}

function listAccess(env: Env, p: Parsed): number {
  const writer = new TabWriter((t) => env.out(t));
  if (!p.bool('no-headers')) writer.row(['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']);
  writer.row(['*.*', '[]', '[]', '[*]']);
  writer.row(['', '[*]', '[]', '[*]']);
  writer.row(['selfsubjectreviews.authentication.k8s.io', '[]', '[]', '[create]']);
  writer.row(['selfsubjectaccessreviews.authorization.k8s.io', '[]', '[]', '[create]']);
  writer.row(['selfsubjectrulesreviews.authorization.k8s.io', '[]', '[]', '[create]']);
  for (const path of [
    '/api/*',
    '/api',
    '/apis/*',
    '/apis',
    '/healthz',
    '/livez',
    '/openapi/*',
    '/openapi',
    '/readyz',
    '/version/',
    '/version',
  ])
    writer.row(['', `[${path}]`, '[]', '[get]']);
  writer.flush();
  return 0;
}

const USER = {
  username: 'kubernetes-admin',
  uid: '1',
  groups: ['system:masters', 'kubeadm:cluster-admins', 'system:authenticated'],
};

const whoami: Command = {
  name: 'whoami',
  use: 'kubectl auth whoami',
  short: 'Experimental: Check self subject attributes',
  flags: flags(PRINT),
  *run(env, p): Running {
    if (p.args.length) throw failure(`extra arguments: [${p.args.join(' ')}]`);
    const format = formatOf(p);
    if (format.name) {
      objectPrinter(
        env,
        p,
        format,
      )({
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
        metadata: {},
        status: { userInfo: USER },
      });
      return 0;
    }
    const writer = new TabWriter((t) => env.out(t));
    writer.row(['ATTRIBUTE', 'VALUE']);
    writer.row(['Username', USER.username]);
    writer.row(['UID', USER.uid]);
    writer.row(['Groups', `[${USER.groups.join(' ')}]`]);
    writer.flush();
    return 0;
  },
};

export const auth: Command = {
  name: 'auth',
  use: 'kubectl auth [flags]',
  short: 'Inspect authorization',
  flags: [],
  commands: [canI, whoami],
};
