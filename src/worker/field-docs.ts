/** The descriptions of all fields as a chunk of its own: only `kubectl explain` reads them here. */

import type { FieldDocs } from '../kubectl/command.ts';
import schema from '../ui/editor/k8s.schema.json';

export const fieldDocs = schema as unknown as FieldDocs;
