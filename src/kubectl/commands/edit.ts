/** `kubectl edit`: hands the object to the editor; saving there applies it. Upstream: k8s.io/kubectl/pkg/cmd/util/editor */
import type { Command, Env, Parsed, Running } from '../command.ts';
import { failure } from '../failure.ts';
import { FILES, flags, manager, PRINT, SAVE, VALIDATE } from '../flags.ts';
import { stdinText } from '../manifest.ts';
import { ResultPrinter } from '../print/output.ts';
import { printYaml } from '../print/yaml.ts';
import { readYaml } from '../read-yaml.ts';
import { find, flatten, queryOf, requestOf, send, throwAll } from '../resource.ts';
import { twoWayPatch } from '../three-way.ts';
import { isMap } from '../values.ts';
import { naming } from '../write.ts';

export const edit: Command = {
  name: 'edit',
  use: 'kubectl edit (RESOURCE/NAME | -f FILENAME)',
  short: 'Edit a resource on the server',
  flags: flags(
    PRINT,
    FILES,
    SAVE,
    VALIDATE,
    manager('kubectl-edit'),
    'output-patch:bool subresource windows-line-endings:bool',
  ),
  run,
};

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** Without text on standard input the objects go to the editor; with it (a saved text) they are updated. */
function* run(env: Env, p: Parsed): Running {
  const text = yield* stdinText(env);
  const found = yield* find(env, queryOf(p, p.args, { latest: true }));
  throwAll(found.errors);
  const infos = flatten(found.infos);
  const bag = (o: unknown) => o as Record<string, unknown>;
  if (text.trim() === '') {
    if (!env.edit)
      throw failure(
        'unable to launch the editor "vi": there is none here; pipe the edited text into kubectl edit, or use kubectl patch',
      );
    for (const info of infos) {
      const { managedFields: _, ...metadata } = info.object!.metadata;
      env.edit(
        `${info.mapping.kind.toLowerCase()}-${info.name}.yaml`,
        `${HEAD}${printYaml({ ...info.object, metadata })}`,
      );
    }
    return 0;
  }
  const read = readYaml(text);
  if ('message' in read) throw failure(`error converting YAML to JSON: ${read.message}`);
  const printer = new ResultPrinter(env, p, 'none');
  for (const info of infos) {
    if (!isMap(read.value)) throw failure('Edit cancelled, saved file was empty.');
    const { managedFields: _, ...metadata } = info.object!.metadata;
    const patch = twoWayPatch(info.mapping.kind, bag({ ...info.object, metadata }), read.value);
    if (Object.keys(patch).length === 0) {
      env.err('Edit cancelled, no changes made.\n');
      continue;
    }
    const done = naming(env, info, 'patching', () =>
      send(env, {
        ...requestOf(info, 'patch'),
        patchType: 'strategic',
        body: patch,
        fieldManager: p.str('field-manager'),
        fieldValidation: 'Strict',
      }),
    );
    printer.print(done.object!, info.mapping, 'edited');
  }
  return 0;
}
