/** What enters the API server and what comes out. The client, kubectl and `serve` know only these types. */
import type { AnyObject, ApiStatus, KubeObject } from './meta.ts';

export type Verb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';
export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: Propagation;
  preconditions?: { uid?: string; resourceVersion?: string };
}

export interface ApiRequest {
  verb: Verb;
  /** Group and version as in `apiVersion`: `v1`, `apps/v1`. Absent: the kind's preferred one. */
  apiVersion?: string;
  /** Plural resource name: `pods`. */
  resource: string;
  /** `status`, `scale`, `binding`, `eviction`, `log`, `exec`, `ephemeralcontainers`, `resize`, `finalize`, `token` … */
  subresource?: string;
  namespace?: string;
  name?: string;
  body?: unknown;
  patchType?: PatchType;
  /** kubectl's name in managedFields: `kubectl-client-side-apply`, `kubectl-create` … */
  fieldManager?: string;
  /** Server-side apply: take fields from other managers. */
  force?: boolean;
  /** `Strict` refuses unknown and duplicate fields, `Warn` warns (the default), `Ignore` drops them. */
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  dryRun?: boolean;
  labelSelector?: string;
  fieldSelector?: string;
  options?: DeleteOptions;
  /** Query of a subresource: container, tailLines … for log; command for exec. */
  query?: Record<string, unknown>;
  /** Ask for a Table beside the objects. */
  table?: boolean;
  /** With verb `list`: select from these objects instead of the stored ones (rows for what a watch delivered). */
  from?: readonly AnyObject[];
  /** Ask for complete `metadata.managedFields`; otherwise entries may lack their field sets (kubectl hides them). */
  managedFields?: boolean;
  /** Who asks; absent: `kubernetes-admin`. Controllers give their own names. */
  user?: string;
}

export interface TableColumn {
  name: string;
  type: 'string' | 'integer' | 'date' | 'number' | 'boolean';
  /** 0 is always shown, anything above only with `-o wide`. */
  priority: number;
}

export interface TableRow {
  cells: (string | number | boolean | null)[];
  object: AnyObject;
}

export interface Table {
  columns: TableColumn[];
  rows: TableRow[];
}

export type ApiResponse<T = AnyObject> =
  | {
      ok: true;
      code: number;
      /** The object (get, create, update, patch, graceful delete); absent for a list. */
      object?: T;
      items?: T[];
      table?: Table;
      /** A `Status` of success, where upstream answers one (immediate delete, binding, eviction). */
      status?: ApiStatus;
      /** What a subresource returned that is no object: log text, exec output. */
      data?: unknown;
      /** `Warning:` headers. */
      warnings: string[];
      revision: number;
    }
  | { ok: false; status: ApiStatus; warnings: string[] };

export type RequestFn = (r: ApiRequest) => ApiResponse;

/** One change of one object, as watchers see it. */
export interface WatchEvent<T extends KubeObject = AnyObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  kind: string;
  key: string;
  revision: number;
  /** The object after the change; for DELETED its last state. */
  object: T;
  /** The object before the change; absent for ADDED. */
  old?: T;
}
