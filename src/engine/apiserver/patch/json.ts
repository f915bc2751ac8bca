/** JSON Patch, RFC 6902. Upstream: k8s.io/apiserver/pkg/endpoints/handlers/patch.go, evanphx/json-patch */
import { clonePlain, equalPlain } from '../../sim/plain.ts';

export interface JsonPatchOp {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

type Result = { ok: true; value: unknown } | { ok: false };
const FAILED: Result = { ok: false };

const steps = (pointer: string): string[] | undefined => {
  if (pointer === '') return [];
  if (pointer[0] !== '/') return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((s) => s.replace(/~1/g, '/').replace(/~0/g, '~'));
};

type Box = Record<string, unknown> | unknown[];
const isBox = (v: unknown): v is Box => v !== null && typeof v === 'object';

const indexOf = (step: string, length: number): number => {
  if (!/^(-?[1-9]\d*|0)$/.test(step)) return -1;
  const i = Number(step);
  return i < 0 ? i + length : i;
};

function read(box: unknown, step: string): Result {
  if (Array.isArray(box)) {
    const i = indexOf(step, box.length);
    return i >= 0 && i < box.length ? { ok: true, value: box[i] } : FAILED;
  }
  if (isBox(box) && Object.hasOwn(box, step)) return { ok: true, value: (box as Record<string, unknown>)[step] };
  return FAILED;
}

function at(root: unknown, path: readonly string[]): Result {
  let value = root;
  for (const step of path) {
    const next = read(value, step);
    if (!next.ok) return next;
    value = next.value;
  }
  return { ok: true, value };
}

function put(box: unknown, step: string, value: unknown, insert: boolean): boolean {
  if (Array.isArray(box)) {
    if (step === '-' && insert) {
      box.push(value);
      return true;
    }
    const i = indexOf(step, box.length);
    if (i < 0 || i > (insert ? box.length : box.length - 1)) return false;
    box.splice(i, insert ? 0 : 1, value);
    return true;
  }
  if (!isBox(box) || (!insert && !Object.hasOwn(box, step))) return false;
  (box as Record<string, unknown>)[step] = value;
  return true;
}

function take(box: unknown, step: string): boolean {
  if (!read(box, step).ok) return false;
  if (Array.isArray(box)) box.splice(indexOf(step, box.length), 1);
  else delete (box as Record<string, unknown>)[step];
  return true;
}

function apply(root: { doc: unknown }, op: JsonPatchOp): boolean {
  const path = steps(op.path);
  if (!path) return false;
  const parent = path.length ? at(root.doc, path.slice(0, -1)) : undefined;
  const last = path.at(-1)!;
  const write = (value: unknown, insert: boolean): boolean => {
    if (parent) return parent.ok && put(parent.value, last, value, insert);
    root.doc = value;
    return true;
  };
  switch (op.op) {
    case 'add':
      return write(clonePlain(op.value), true);
    case 'replace':
      return write(clonePlain(op.value), false);
    case 'remove':
      return parent?.ok === true && take(parent.value, last);
    case 'test': {
      const have = at(root.doc, path);
      return have.ok ? equalPlain(have.value, op.value) : op.value === null || op.value === undefined;
    }
    case 'copy':
    case 'move': {
      const from = steps(op.from ?? '');
      const have = from && at(root.doc, from);
      if (!from?.length || !have?.ok) return false;
      if (op.op === 'move') {
        const box = at(root.doc, from.slice(0, -1));
        if (!box.ok || !take(box.value, from.at(-1)!)) return false;
        // the target's parent is looked up again: the removal may have shifted it
        return apply(root, { op: 'add', path: op.path, value: have.value });
      }
      return write(clonePlain(have.value), true);
    }
    default:
      return false;
  }
}

const isText = (v: unknown): boolean => v === undefined || typeof v === 'string';
const isOp = (op: unknown): boolean =>
  isBox(op) && !Array.isArray(op) && typeof op.op === 'string' && typeof op.path === 'string' && isText(op.from);

/** The patched copy, or `undefined` when any operation cannot be applied; the document itself stays as it is. */
export function applyJsonPatch(doc: unknown, ops: readonly JsonPatchOp[]): { value: unknown } | undefined {
  const root = { doc: clonePlain(doc) };
  return ops.every((op) => isOp(op) && apply(root, op)) ? { value: root.doc } : undefined;
}
