import { parseAllDocuments } from 'yaml';
import { CliError, type Io } from './io.ts';

type Manifest = Record<string, unknown> & { kind?: string; apiVersion?: string; items?: unknown[] };

const isManifest = (v: unknown): v is Manifest => typeof v === 'object' && v !== null && !Array.isArray(v);

/** All objects of manifest files (YAML or JSON, several documents, Lists unfolded), in file order. */
export function loadObjects(files: readonly string[], io: Io): Record<string, unknown>[] {
  return files.flatMap((file) =>
    io.isDir(file)
      ? loadObjects(
          io
            .list(file)
            .filter((f) => /\.(ya?ml|json)$/.test(f))
            .map((f) => `${file}/${f}`),
          io,
        )
      : objectsOf(file, io.read(file)),
  );
}

function objectsOf(file: string, text: string): Record<string, unknown>[] {
  const docs = parseAllDocuments(text, { version: '1.1', merge: true, prettyErrors: true });
  const objects: Record<string, unknown>[] = [];
  for (const doc of Array.isArray(docs) ? docs : []) {
    const error = doc.errors[0];
    if (error) {
      const line = error.linePos?.[0].line ?? 1;
      throw new CliError(`${file}: line ${line}: ${error.message.split('\n')[0]}`);
    }
    const value: unknown = doc.toJS({ maxAliasCount: 100 });
    if (value === null || value === undefined) continue;
    if (!isManifest(value)) throw new CliError(`${file}: a document is no object`);
    if (!value.kind || !value.apiVersion) throw new CliError(`${file}: a document has no apiVersion or no kind`);
    if (Array.isArray(value.items) && value.kind.endsWith('List'))
      objects.push(...(value.items as Record<string, unknown>[]));
    else objects.push(value);
  }
  return objects;
}
