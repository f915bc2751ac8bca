/** `-o …`: from a format to something that prints objects. Upstream: k8s.io/cli-runtime/pkg/genericclioptions/print_flags.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Env, Parsed } from '../command.ts';
import { kindName, type Mapping } from '../discovery.ts';
import { Failure, failure, quote } from '../failure.ts';
import { type DryRun, drySuffix } from '../options.ts';
import { copy, goSyntax, goValue, isMap, prettyJson, typedKeys } from '../values.ts';
import { printColumns } from './columns.ts';
import { parseJsonPath, runJsonPath } from './jsonpath.ts';
import { parseTemplate } from './template.ts';
import { printYaml } from './yaml.ts';

export interface Format {
  name: string;
  /** What follows `=`, or `--template`. */
  argument: string;
}

const OBJECT_FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
];
const TABLE_FORMATS = ['custom-columns', 'custom-columns-file', 'wide'];

/** Reads `-o` and `--template`. */
export function formatOf(p: Parsed, withTables = false): Format {
  const text = p.str('output');
  const eq = text.indexOf('=');
  let name = eq < 0 ? text : text.slice(0, eq);
  let argument = eq < 0 ? p.str('template') : text.slice(eq + 1);
  if (text === '' && p.str('template')) name = 'template';
  if (eq >= 0 && !/^(jsonpath|go-template|template|custom-columns)/.test(name)) {
    name = text;
    argument = '';
  }
  const allowed = [...OBJECT_FORMATS, ...(withTables ? TABLE_FORMATS : [])].sort();
  if (name !== '' && !allowed.includes(name))
    throw failure(
      `unable to match a printer suitable for the output format ${quote(text)}, allowed formats are: ${allowed.join(',')}`,
    );
  return { name, argument };
}

export type PrintObject = (object: unknown, mapping?: Mapping) => void;

/** A printer of whole objects (and lists) in a format; several YAML documents are set apart by `---`. */
export function objectPrinter(env: Env, p: Parsed, format: Format, typed = false): PrintObject {
  const clean = (o: unknown): unknown => (p.bool('show-managed-fields') ? o : withoutManagedFields(o));
  switch (format.name) {
    case 'json':
      return (o) => env.out(`${prettyJson(clean(o), typed ? typedKeys : undefined)}\n`);
    case 'yaml':
    case 'kyaml':
      return yamlPrinter(env, clean);
    case 'name':
      return (o, mapping) => {
        for (const item of itemsOf(o)) env.out(`${objectName(item, mapping)}\n`);
      };
    case 'jsonpath':
    case 'jsonpath-as-json':
    case 'jsonpath-file':
      return jsonPathPrinter(env, format, clean);
    case 'go-template':
    case 'template':
    case 'go-template-file':
    case 'templatefile':
      return templatePrinter(env, format, clean);
    case 'custom-columns':
    case 'custom-columns-file': {
      const spec = format.name === 'custom-columns' ? format.argument : fileText(env, format.argument);
      return (o) => printColumns(env, spec, itemsOf(o), p.bool('no-headers'), format.name !== 'custom-columns');
    }
    default:
      throw failure(`unable to match a printer suitable for the output format ${quote(format.name)}`);
  }
}

function yamlPrinter(env: Env, clean: (o: unknown) => unknown): PrintObject {
  let count = 0;
  return (o) => {
    if (count++ > 0) env.out('---\n');
    env.out(printYaml(clean(o)));
  };
}

function jsonPathPrinter(env: Env, format: Format, clean: (o: unknown) => unknown): PrintObject {
  const text = format.name === 'jsonpath-file' ? fileText(env, format.argument) : format.argument;
  if (text === '') throw failure('template format specified but no template given');
  const nodes = parsed(text, `error parsing jsonpath ${text}`, parseJsonPath);
  return (o) => {
    const input = clean(o);
    try {
      if (format.name === 'jsonpath-as-json')
        env.out(`${prettyJson(nodes.flatMap((n) => (n.type === 'list' ? [runJsonPath([n], input)] : [])))}\n`);
      else env.out(runJsonPath(nodes, input));
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      const more = `Printing more information for debugging the template:\n\ttemplate was:\n\t\t${text}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(input)}`;
      throw failure(`error executing jsonpath ${quote(text)}: Error executing template: ${e.message}. ${more}\n\n\n`);
    }
  };
}

function parsed<T>(text: string, what: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    throw failure(`${what}, ${e.message}`);
  }
}

function templatePrinter(env: Env, format: Format, clean: (o: unknown) => unknown): PrintObject {
  const text = format.name.endsWith('file') ? fileText(env, format.argument) : format.argument;
  if (text === '') throw failure('template format specified but no template given');
  const run = parsed(text, `error parsing template ${text}`, parseTemplate);
  return (o) => {
    const input = clean(o);
    try {
      env.out(run(input));
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      const why = e.message.replace('error executing template: ', '');
      const more = `\ttemplate was:\n\t\t${text}\n\tobject given to template engine was:\n\t\t${goValue(input)}`;
      env.out(`Error executing template: ${why}. Printing more information for debugging the template:\n${more}\n\n`);
      throw failure(`error executing template ${quote(text)}: ${why}`);
    }
  };
}

export function fileText(env: Env, path: string): string {
  const text = env.files.read(path);
  if (text === undefined) throw failure(`error reading --template ${path}, open ${path}: no such file or directory\n`);
  return text;
}

const itemsOf = (o: unknown): AnyObject[] =>
  isMap(o) && Array.isArray(o.items) && String(o.kind).endsWith('List') ? (o.items as AnyObject[]) : [o as AnyObject];

/** `deployment.apps/web`; `config/<unknown>` for what has no name. */
export function objectName(o: AnyObject, mapping?: Mapping): string {
  const group = o.apiVersion.includes('/') ? o.apiVersion.slice(0, o.apiVersion.indexOf('/')) : '';
  return `${kindName(mapping ?? { kind: o.kind, group })}/${o.metadata?.name || '<unknown>'}`;
}

function withoutManagedFields(o: unknown): unknown {
  if (!isMap(o)) return o;
  if (Array.isArray(o.items) && String(o.kind).endsWith('List'))
    return { ...o, items: o.items.map(withoutManagedFields) };
  if (!isMap(o.metadata) || !('managedFields' in o.metadata)) return o;
  const { managedFields: _, ...metadata } = o.metadata;
  return { ...o, metadata };
}

/** Prints what became of objects: `pod/web created (dry run)`, or the object in the format that was asked for. */
export class ResultPrinter {
  readonly #env: Env;
  readonly #print: PrintObject | undefined;
  readonly #suffix: string;

  constructor(env: Env, p: Parsed, dryRun: DryRun, typed = false) {
    this.#env = env;
    const format = formatOf(p);
    this.#print = format.name ? objectPrinter(env, p, format, typed) : undefined;
    this.#suffix = drySuffix(dryRun);
  }

  /** Whether an object is printed instead of a message. */
  get structured(): boolean {
    return this.#print !== undefined;
  }

  print(object: AnyObject, mapping: Mapping, operation: string): void {
    if (this.#print) this.#print(copy(object), mapping);
    else this.#env.out(`${objectName(object, mapping)} ${operation}${this.#suffix}\n`);
  }
}
