/**
 * What the last creations taught. People make many pods that differ by name alone (a loop, a long file): of the next one
 * of the same form it is known how it is decoded, whose fields are whose, and that nothing is wrong with it.
 */
import type { AnyObject, ManagedFieldsEntry } from '../api/meta.ts';
import { isDNS1123Label } from '../api/name.ts';
import { clonePlain, equalPlain } from '../sim/plain.ts';
import type { Scope } from './scope.ts';

export interface Form {
  /** Body and decoded object of one that had it; never written into. */
  readonly body: AnyObject;
  readonly decoded: AnyObject;
  /** The creator's fields, once worked out. */
  fields?: ManagedFieldsEntry['fieldsV1'];
  /** After admission: set once it was found valid and free of warnings, with what may come from its account. */
  fine?: { imagePullSecrets: unknown };
}

/** Of these few forms those of the longest ago are forgotten first. */
const FORMS_MAX = 8;
const forms: Form[] = [];

/** Only pods come in such numbers, and only their rules never look at a name that is a plain label. */
const mayHaveForm = (s: Scope, body: AnyObject): boolean =>
  s.info.kind === 'Pod' &&
  s.r.verb === 'create' &&
  s.r.subresource === undefined &&
  (s.r.apiVersion ?? 'v1') === 'v1' &&
  s.server.gates.length === 0 &&
  typeof body.metadata?.name === 'string' &&
  body.metadata.name !== '' &&
  isDNS1123Label(body.metadata.name).length === 0;

/** The form of a body, if one like it came before. */
export function knownForm(s: Scope, body: AnyObject): Form | undefined {
  if (!mayHaveForm(s, body)) return undefined;
  return forms.find((f) => sameForm(f.body, body));
}

function sameForm(a: AnyObject, b: AnyObject): boolean {
  return same(a.metadata as unknown as Bag, b.metadata as unknown as Bag, 'name') && same(a, b, 'metadata');
}

type Bag = Readonly<Record<string, unknown>>;

/** Whether two maps are equal but for one key. */
function same(a: Bag, b: Bag, but: string): boolean {
  for (const key in b) if (key !== but && !equalPlain(a[key], b[key])) return false;
  for (const key in a) if (a[key] !== undefined && b[key] === undefined) return false;
  return true;
}

/** Remembers how a body without unknown fields was decoded. */
export function newForm(s: Scope, body: AnyObject, decoded: AnyObject): Form | undefined {
  if (!mayHaveForm(s, body)) return undefined;
  const form: Form = { body: clonePlain(body), decoded: clonePlain(decoded) };
  if (forms.length >= FORMS_MAX) forms.shift();
  forms.push(form);
  return form;
}

/** The decoded object of another body of this form. */
export function ofForm(form: Form, body: AnyObject): AnyObject {
  const o = clonePlain(form.decoded);
  o.metadata.name = body.metadata.name;
  return o;
}

/** Whether an admitted object of this form needs no validation and gets no warning. Limits may change, so they rule it out. */
export const isFine = (s: Scope, o: AnyObject): boolean =>
  s.form?.fine !== undefined && unlimited(s) && equalPlain(s.form.fine.imagePullSecrets, secretsOf(o));

/** Notes that an admitted object of this form is valid and free of warnings. */
export function noteFine(s: Scope, o: AnyObject): void {
  if (s.form && unlimited(s)) s.form.fine = { imagePullSecrets: clonePlain(secretsOf(o)) };
}

const unlimited = (s: Scope): boolean => s.server.store.count('LimitRange') === 0;
const secretsOf = (o: AnyObject): unknown => (o.spec as { imagePullSecrets?: unknown } | undefined)?.imagePullSecrets;
