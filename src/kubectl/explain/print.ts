/** The text of `kubectl explain`. Upstream: k8s.io/kubectl/pkg/explain/v2/templates/plaintext.tmpl */
import { byText } from '../values.ts';
import { type FieldDocs, type FieldSchema, itemsOf, resolved, typeName, valuesOf } from './field-docs.ts';
import { indent, wrap } from './wrap.ts';

const WIDTH = 76;
/** How many values of an enum a list of fields shows. */
const ENUM_MOST = 4;

/**
 * Follows a path from the schema of a kind and describes what is there.
 *
 * @returns `undefined` when the path leads nowhere.
 */
export function explainField(
  docs: FieldDocs,
  root: FieldSchema,
  path: readonly string[],
  recursive: boolean,
): string | undefined {
  let schema = root;
  let field = '';
  let next = 0;
  const seen = new Set<string>();
  while (next < path.length) {
    if (schema.$ref) {
      if (seen.has(schema.$ref)) return undefined;
      seen.add(schema.$ref);
    }
    const here = resolved(docs, schema);
    const inside = property(here, path[next]!);
    const follow = inside ?? itemsOf(docs, here) ?? valuesOf(here);
    if (!follow) return undefined;
    if (inside) {
      field = path[next++]!;
      seen.clear();
    }
    schema = follow;
  }
  const head = field ? `FIELD: ${field} <${typeName(docs, schema)}>\n${longEnum(schema)}\n\n` : '';
  return `${head}${details(docs, schema, recursive)}\n`;
}

function property(schema: FieldSchema, name: string): FieldSchema | undefined {
  return schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
}

function details(docs: FieldDocs, schema: FieldSchema, recursive: boolean): string {
  const text = description(docs, schema) || '<empty>';
  const fields = fieldList(docs, schema, 1, recursive, []);
  return `DESCRIPTION:\n${indent(wrap(text, WIDTH), 4)}\n${fields ? `FIELDS:\n${fields}` : ''}`;
}

/** The field's own text, then those of its type, its items and values. */
function description(docs: FieldDocs, schema: FieldSchema): string {
  const own = schema.description ? `${schema.description}\n` : '';
  const inner = schema.$ref ? resolved(docs, schema) : (itemsOf(docs, schema) ?? valuesOf(schema));
  return own + (inner ? description(docs, inner) : '');
}

function fieldList(
  docs: FieldDocs,
  schema: FieldSchema,
  level: number,
  recursive: boolean,
  above: readonly string[],
): string {
  if (schema.$ref && above.includes(schema.$ref)) return '';
  const seen = schema.$ref ? [...above, schema.$ref] : above;
  const here = resolved(docs, schema);
  let text = '';
  for (const name of Object.keys(here.properties ?? {}).sort(byText)) {
    text += fieldDetail(docs, here, name, level, recursive);
    if (recursive) text += fieldList(docs, here.properties![name]!, level + 1, recursive, seen);
  }
  const inner = itemsOf(docs, here) ?? valuesOf(here);
  return inner ? text + fieldList(docs, inner, level, recursive, seen) : text;
}

function fieldDetail(docs: FieldDocs, owner: FieldSchema, name: string, level: number, short: boolean): string {
  const schema = owner.properties![name]!;
  const depth = 2 * level;
  const required = owner.required?.includes(name) ? ' -required-' : '';
  const head = `${indent(name, depth)}\t<${typeName(docs, schema)}>${required}${shortEnum(schema, depth)}\n`;
  if (short) return head;
  return `${head}${indent(wrap(schema.description ?? '<no description>', WIDTH + 2 - depth), depth + 2)}\n\n`;
}

const shown = (value: string): string => value || '""';

function shortEnum(schema: FieldSchema, depth: number): string {
  if (!schema.enum) return '';
  const rest = schema.enum.length > ENUM_MOST ? ', ....' : '';
  return `\n${' '.repeat(depth)}enum: ${schema.enum.slice(0, ENUM_MOST).map(shown).join(', ')}${rest}`;
}

const longEnum = (schema: FieldSchema): string =>
  schema.enum ? `ENUM:${schema.enum.map((v) => `\n    ${shown(v)}`).join('')}` : '';
