/** `kubectl explain`; the text itself is made in `../explain`. Upstream: k8s.io/kubectl/pkg/cmd/explain */
import type { Command, Env, Parsed, Running } from '../command.ts';
import { ALL_RESOURCES, type Mapping, mappingOfKind, mappingOfWord } from '../discovery.ts';
import { schemaOfKind } from '../explain/field-docs.ts';
import { explainField } from '../explain/print.ts';
import { failure, noSuchResource, quote } from '../failure.ts';
import { flags } from '../flags.ts';

const FORMATS = ['plaintext', 'plaintext-openapiv2'];

export const explain: Command = {
  name: 'explain',
  use: 'kubectl explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  short: 'Get documentation for a resource',
  flags: flags('api-version o,output=plaintext recursive:bool'),
  run,
};

function* run(env: Env, p: Parsed): Running {
  if (p.args.length === 0)
    throw failure(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  if (p.args.length > 1) throw failure('We accept only this format: explain RESOURCE');
  const [mapping, path] = resourceAndPath(p.args[0]!);
  const chosen = inVersion(mapping, p.str('api-version'));
  if (!FORMATS.includes(p.str('output'))) throw failure(`unrecognized format: ${p.str('output')}`);
  const docs = env.fieldDocs?.();
  if (!docs) throw failure('the descriptions of fields could not be loaded; try again');
  const root = schemaOfKind(docs, chosen.apiVersion, chosen.kind);
  if (!root) throw failure(`this playground has no descriptions of the fields of ${chosen.apiVersion} ${chosen.kind}`);
  if (chosen.group) env.out(`GROUP:      ${chosen.group}\n`);
  env.out(`KIND:       ${chosen.kind}\nVERSION:    ${chosen.version}\n\n`);
  const text = explainField(docs, root, path, p.bool('recursive'));
  if (text === undefined) throw failure(`field ${quote(path.at(-1)!)} does not exist`);
  env.out(text);
  return 0;
}

/** `pods.spec.containers` → pods and the path in it; `deployments.apps.spec` names the group first. */
function resourceAndPath(arg: string): [Mapping, string[]] {
  const odd = /[,{}()'"]/.exec(arg)?.[0];
  if (odd) throw failure(`unrecognized character in action: U+${codePoint(odd)} '${odd}'`);
  const words = arg.replace(/[.$]$/, '').split('.');
  if (words.includes('') || /[[\]]/.test(arg)) throw failure('invalid jsonpath syntax, first node must be field node');
  const groups = new Set(ALL_RESOURCES.map((r) => r.group));
  // the longest beginning that names a resource with its group
  for (let n = words.length; n > 1; n--) {
    const full = groups.has(words.slice(1, n).join('.')) ? mappingOfWord(words.slice(0, n).join('.')) : undefined;
    if (full) return [full, words.slice(n)];
  }
  const mapping = mappingOfWord(words[0]!);
  if (!mapping) throw noSuchResource(words[0]!);
  return [mapping, words.slice(1)];
}

const codePoint = (c: string): string => c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');

function inVersion(mapping: Mapping, apiVersion: string): Mapping {
  if (!apiVersion) return mapping;
  const found = mappingOfKind(apiVersion, mapping.kind);
  const gv = apiVersion.includes('/') || apiVersion === 'v1' ? apiVersion : `/${apiVersion}`;
  if (!found) throw failure(`couldn't find resource for ${quote(`${gv}, Resource=${mapping.plural}`)}`);
  return found;
}
