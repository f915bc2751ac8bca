import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FieldDocs } from '../kubectl/command.ts';

/** From this file and from the built command line alike. */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The descriptions of all fields, for `kubectl explain`; half a megabyte, so only read when a line asks for it. */
export const readFieldDocs = (): FieldDocs =>
  JSON.parse(readFileSync(path.join(ROOT, 'src/ui/editor/k8s.schema.json'), 'utf8')) as FieldDocs;
