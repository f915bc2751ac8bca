import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RESOURCES } from '../../engine/api/discovery.ts';
import type { Env } from '../command.ts';
import { kubectl } from '../run.ts';
import { type FieldDocs, schemaOfKind } from './field-docs.ts';
import { explainField } from './print.ts';

const docs = JSON.parse(readFileSync(new URL('../../ui/editor/k8s.schema.json', import.meta.url), 'utf8')) as FieldDocs;

function explain(line: string, fieldDocs: Env['fieldDocs'] = () => docs): string {
  let text = '';
  const write = (t: string): void => {
    text += t;
  };
  const env = {
    args: ['explain', ...line.split(' ').filter(Boolean)],
    out: write,
    err: write,
    fieldDocs,
    config: { currentContext: 'c', contexts: {} },
  } as unknown as Env;
  const end = kubectl(env).next();
  return `${text}= ${end.value}`;
}

describe('kubectl explain', () => {
  it.each([
    [
      '',
      'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n= 1',
    ],
    ['a b', 'error: We accept only this format: explain RESOURCE\n= 1'],
    ['widget', 'the server doesn\'t have a resource type "widget"\n= 1'],
    ['po/x', 'the server doesn\'t have a resource type "po/x"\n= 1'],
    ['pods -o json', 'error: unrecognized format: json\n= 1'],
    ['po,no', "error: unrecognized character in action: U+002C ','\n= 1"],
    ['pod..spec', 'error: invalid jsonpath syntax, first node must be field node\n= 1'],
    ['pod.spec.containers[0].image', 'error: invalid jsonpath syntax, first node must be field node\n= 1'],
    ['pod.spec.nothing', 'KIND:       Pod\nVERSION:    v1\n\nerror: field "nothing" does not exist\n= 1'],
    ['pod.Spec', 'KIND:       Pod\nVERSION:    v1\n\nerror: field "Spec" does not exist\n= 1'],
    ['pod.spec.nodeSelector.foo', 'KIND:       Pod\nVERSION:    v1\n\nerror: field "foo" does not exist\n= 1'],
    ['pod.toString', 'KIND:       Pod\nVERSION:    v1\n\nerror: field "toString" does not exist\n= 1'],
    [
      'cronjob --api-version=batch/v1beta1',
      'error: couldn\'t find resource for "batch/v1beta1, Resource=cronjobs"\n= 1',
    ],
    ['pods --api-version=v9', 'error: couldn\'t find resource for "/v9, Resource=pods"\n= 1'],
  ])('%s', (line, expected) => expect(explain(line)).toBe(expected));

  it('says when the texts are not there', () =>
    expect(explain('pods', () => undefined)).toBe(
      'error: the descriptions of fields could not be loaded; try again\n= 1',
    ));

  it('names the group before the path', () =>
    expect(explain('deployments.apps.spec.replicas')).toBe(explain('deploy.spec.replicas --api-version=apps/v1')));

  it('marks required fields, names values of maps and cuts long enums', () => {
    const text = explain('--recursive storageclasses');
    expect(text).toContain('  provisioner\t<string> -required-\n');
    expect(text).toContain('  parameters\t<map[string]string>\n');
    expect(text).not.toContain('metadata\t<ObjectMeta> -required-');
    expect(explain('--recursive pods.spec.containers')).toContain('    limits\t<map[string]Quantity>\n');
    const ports = explain('--recursive pods.spec.containers.ports');
    expect(ports).toContain('  containerPort\t<integer> -required-\n');
    expect(ports).toContain('  protocol\t<string>\n  enum: SCTP, TCP, UDP\n');
    expect(explain('--recursive pods.spec.containers.lifecycle')).toContain(
      '  enum: SIGABRT, SIGALRM, SIGBUS, SIGCHLD, ....\n',
    );
  });

  it('goes back to the kind of objects inside of others', () => {
    expect(explain('statefulsets.spec.volumeClaimTemplates')).toContain(
      'FIELD: volumeClaimTemplates <[]PersistentVolumeClaim>',
    );
    expect(explain('statefulsets.spec.volumeClaimTemplates')).toContain(
      "    PersistentVolumeClaim is a user's request for and claim to a persistent\n    volume\n",
    );
  });

  it('describes a value by its type where it has a name for it', () =>
    expect(explain('pod.spec.containers.resources.limits')).toMatch(
      /FIELD: limits <map\[string\]Quantity>\n\n\nDESCRIPTION:\n[\s\S]*\n {4}Quantity is a fixed-point representation of a number\./,
    ));
});

describe('every served kind', () => {
  const kinds = RESOURCES.flatMap((r) =>
    r.versions.map((v) => [r.group ? `${r.group}/${v}` : v, r.kind] as const),
  ).filter(([gv]) => gv !== 'berth.sim/v1alpha1');
  it.each(kinds)('%s %s is described, with every line inside of 80 columns but for long words', (gv, kind) => {
    const root = schemaOfKind(docs, gv, kind);
    expect(root).toBeDefined();
    const text = explainField(docs, root!, [], false)!;
    expect(text).toContain('\n  apiVersion\t<string>\n');
    for (const line of text.split('\n')) if (line.length > 80) expect(line.trim()).toMatch(/^\S+$/);
    expect(explainField(docs, root!, ['metadata', 'labels'], false)).toContain('FIELD: labels <map[string]string>');
    expect(explainField(docs, root!, [], true)!.split('\n').length).toBeGreaterThan(20);
  });
});
