/** The part of the editor's schema of all kinds (draft-07 with descriptions) that `kubectl explain` reads. */

export interface FieldSchema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  enum?: readonly string[];
  const?: string;
  properties?: Readonly<Record<string, FieldSchema>>;
  items?: FieldSchema;
  additionalProperties?: boolean | FieldSchema;
  required?: readonly string[];
  /** The kind, at the definitions of whole objects. */
  title?: string;
}

export interface FieldDocs {
  definitions: Readonly<Record<string, FieldSchema>>;
}

const PREFIX = '#/definitions/';

const CONVENTIONS = 'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';
/** The editor gives these two fields other texts and fixed values; every kind has the same ones. */
const TYPE_META: Readonly<Record<string, FieldSchema>> = {
  apiVersion: {
    type: 'string',
    description: `APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: ${CONVENTIONS}#resources`,
  },
  kind: {
    type: 'string',
    description: `Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: ${CONVENTIONS}#types-kinds`,
  },
};
/** What the editor asks of a manifest, though the API does not. */
const ASKED_BY_EDITOR = new Set(['apiVersion', 'kind', 'metadata']);

/** A kind's schema as the API server publishes it. */
function published(root: FieldSchema): FieldSchema {
  return {
    ...root,
    properties: { ...root.properties, ...TYPE_META },
    required: (root.required ?? []).filter((f) => !ASKED_BY_EDITOR.has(f)),
  };
}

/** The schema of a kind, or `undefined` when it is not described. */
export function schemaOfKind(docs: FieldDocs, apiVersion: string, kind: string): FieldSchema | undefined {
  const root = Object.values(docs.definitions).find(
    (d) => d.title === kind && d.properties?.apiVersion?.const === apiVersion,
  );
  return root && published(root);
}

/** What a reference stands for; other schemas are what they are. */
export function resolved(docs: FieldDocs, schema: FieldSchema): FieldSchema {
  if (!schema.$ref) return schema;
  const found = docs.definitions[schema.$ref.slice(PREFIX.length)] ?? {};
  return found.title ? published(found) : found;
}

/** The schema of a list's items. */
export function itemsOf(docs: FieldDocs, schema: FieldSchema): FieldSchema | undefined {
  const spec = schema.items?.properties?.spec?.$ref;
  if (!spec?.endsWith('Spec')) return schema.items;
  // whole objects inside of others (a StatefulSet's claims) are written out in the editor's schema: back to the kind
  const kind = spec.slice(0, -'Spec'.length);
  return docs.definitions[kind.slice(PREFIX.length)]?.title ? { $ref: kind } : schema.items;
}

/** The schema of a map's values. */
export function valuesOf(schema: FieldSchema): FieldSchema | undefined {
  const values = schema.additionalProperties;
  return typeof values === 'object' && Object.keys(values).length > 0 ? values : undefined;
}

/** `string`, `[]Toleration`, `map[string]Quantity`: the type as explain writes it. */
export function typeName(docs: FieldDocs, schema: FieldSchema): string {
  const items = itemsOf(docs, schema);
  if (items) return `[]${typeName(docs, items)}`;
  const values = valuesOf(schema);
  if (values) return `map[string]${typeName(docs, values)}`;
  if (!schema.$ref) return typeof schema.type === 'string' ? schema.type : 'Object';
  // a name for what is an object or one of several types; plain types are named as such (a Time is a string)
  const type = resolved(docs, schema).type;
  return typeof type === 'string' && type !== 'object' ? type : schema.$ref.slice(schema.$ref.lastIndexOf('.') + 1);
}
