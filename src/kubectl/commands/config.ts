/** `kubectl config`: contexts and their namespaces. Upstream: k8s.io/kubectl/pkg/cmd/config */
import type { Command, Env, KubeConfig, Parsed, Running } from '../command.ts';
import { failure, quote, usageFailure } from '../failure.ts';
import { flags, PRINT } from '../flags.ts';
import { helpText } from '../help.ts';
import { formatOf, objectPrinter } from '../print/output.ts';
import { TabWriter } from '../print/table.ts';
import { printYaml } from '../print/yaml.ts';
import { byText } from '../values.ts';

const SERVER = 'https://127.0.0.1:6443';

function save(env: Env, config: KubeConfig): void {
  if (!env.setConfig) throw failure('the kubeconfig cannot be changed here');
  env.setConfig(config);
}

const simple = (
  name: string,
  use: string,
  short: string,
  flagText: string,
  act: (env: Env, p: Parsed) => void,
): Command => ({
  name,
  use: `kubectl config ${use}`,
  short,
  flags: flags(flagText),
  *run(env, p): Running {
    act(env, p);
    return 0;
  },
});

const currentContext = simple(
  'current-context',
  'current-context [flags]',
  'Display the current-context',
  '',
  (env) => {
    if (!env.config.currentContext) throw failure('current-context is not set');
    env.out(`${env.config.currentContext}\n`);
  },
);

const getContexts = simple(
  'get-contexts',
  'get-contexts [(-o|--output=)name)]',
  'Describe one or many contexts',
  'no-headers:bool o,output',
  (env, p) => {
    const { contexts, currentContext: current } = env.config;
    const names = p.args.length ? [...p.args] : Object.keys(contexts).sort(byText);
    const missing = names.filter((n) => !contexts[n]);
    if (p.str('output') === 'name') {
      for (const n of names) if (contexts[n]) env.out(`${n}\n`);
    } else {
      const writer = new TabWriter((t) => env.out(t), 6, 3);
      if (!p.bool('no-headers')) writer.row(['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']);
      for (const n of names) {
        const c = contexts[n];
        if (c) writer.row([n === current ? '*' : '', n, c.cluster, c.user, c.namespace ?? '']);
      }
      writer.flush();
    }
    if (missing.length) throw failure(`context ${missing[0]} not found`);
  },
);

const useContext: Command = {
  ...simple('use-context', 'use-context CONTEXT_NAME', 'Set the current-context in a kubeconfig file', '', (env, p) => {
    if (p.args.length !== 1) {
      env.err(helpText(useContext, 'config use-context'));
      throw failure(`Unexpected args: [${p.args.join(' ')}]`);
    }
    const name = p.args[0]!;
    if (!env.config.contexts[name]) throw failure(`no context exists with the name: ${quote(name)}`);
    save(env, { ...env.config, currentContext: name });
    env.out(`Switched to context ${quote(name)}.\n`);
  }),
  aliases: ['use'],
};

const setContext = simple(
  'set-context',
  'set-context [NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  'Set a context entry in kubeconfig',
  'cluster current:bool n,namespace user',
  (env, p) => {
    if (p.bool('current') && p.args.length) throw failure('you cannot specify both a context name and --current');
    if (!p.bool('current') && p.args.length !== 1)
      throw failure('you must specify a non-empty context name or --current');
    const name = p.bool('current') ? env.config.currentContext : p.args[0]!;
    const old = env.config.contexts[name];
    const { namespace: had, ...rest } = old ?? { cluster: '', user: '' };
    const namespace = p.given('namespace') ? p.str('namespace') : had;
    const context = {
      ...rest,
      ...(p.given('cluster') ? { cluster: p.str('cluster') } : {}),
      ...(p.given('user') ? { user: p.str('user') } : {}),
      ...(namespace ? { namespace } : {}),
    };
    save(env, { ...env.config, contexts: { ...env.config.contexts, [name]: context } });
    env.out(`Context ${quote(name)} ${old ? 'modified' : 'created'}.\n`);
  },
);

const deleteContext = simple(
  'delete-context',
  'delete-context NAME',
  'Delete the specified context from the kubeconfig',
  '',
  (env, p) => {
    if (p.args.length !== 1) throw failure('you must specify the name of the context to delete');
    const name = p.args[0]!;
    if (!env.config.contexts[name]) throw failure(`cannot delete context ${name}, not in /home/admin/.kube/config`);
    const { [name]: _, ...contexts } = env.config.contexts;
    if (name === env.config.currentContext)
      env.err(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      );
    save(env, { ...env.config, contexts });
    env.out(`deleted context ${name} from /home/admin/.kube/config\n`);
  },
);

const renameContext = simple(
  'rename-context',
  'rename-context CONTEXT_NAME NEW_NAME',
  'Rename a context from the kubeconfig file',
  '',
  (env, p) => {
    if (p.args.length !== 2) throw usageFailure('config rename-context', `Unexpected args: [${p.args.join(' ')}]`);
    const [from, to] = p.args as [string, string];
    const { [from]: context, ...others } = env.config.contexts;
    if (!context) throw failure(`cannot rename the context ${quote(from)}, it's not in /home/admin/.kube/config`);
    if (others[to])
      throw failure(
        `cannot rename the context ${quote(from)}, the context ${quote(to)} already exists in /home/admin/.kube/config`,
      );
    const currentContext = env.config.currentContext === from ? to : env.config.currentContext;
    save(env, { currentContext, contexts: { ...others, [to]: context } });
    env.out(`Context ${quote(from)} renamed to ${quote(to)}.\n`);
  },
);

const view = simple(
  'view',
  'view [flags]',
  'Display merged kubeconfig settings or a specified kubeconfig file',
  `${PRINT} minify:bool raw:bool flatten:bool merge:bool=true`,
  (env, p) => {
    const { contexts, currentContext: current } = env.config;
    const names = Object.keys(contexts)
      .filter((n) => !p.bool('minify') || n === current)
      .sort(byText);
    const unique = (key: 'cluster' | 'user'): string[] =>
      [...new Set(names.map((n) => contexts[n]![key]))].filter(Boolean).sort(byText);
    const all = {
      apiVersion: 'v1',
      clusters: unique('cluster').map((name) => ({
        cluster: { 'certificate-authority-data': 'DATA+OMITTED', server: SERVER },
        name,
      })),
      contexts: names.map((name) => ({ context: contexts[name], name })),
      'current-context': current,
      kind: 'Config',
      users: unique('user').map((name) => ({
        name,
        user: { 'client-certificate-data': 'DATA+OMITTED', 'client-key-data': 'DATA+OMITTED' },
      })),
    };
    const format = formatOf(p);
    if (format.name) objectPrinter(env, p, format)(all);
    else env.out(printYaml(all));
  },
);

const column = (name: string, short: string, key: 'cluster' | 'user'): Command =>
  simple(name, `${name} [flags]`, short, '', (env) => {
    env.out('NAME\n');
    for (const n of [...new Set(Object.values(env.config.contexts).map((c) => c[key]))].sort(byText)) env.out(`${n}\n`);
  });

export const config: Command = {
  name: 'config',
  use: 'kubectl config SUBCOMMAND',
  short: 'Modify kubeconfig files',
  long: 'Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".',
  flags: [],
  commands: [
    currentContext,
    deleteContext,
    column('get-clusters', 'Display clusters defined in the kubeconfig', 'cluster'),
    getContexts,
    column('get-users', 'Display users defined in the kubeconfig', 'user'),
    renameContext,
    setContext,
    useContext,
    view,
  ],
};
