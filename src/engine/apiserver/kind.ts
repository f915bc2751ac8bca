import type { AnyObject, KubeObject } from '../api/meta.ts';
import type { TableColumn } from '../api/request.ts';
import type { Lister } from '../client/lister.ts';
import type { Ms } from '../sim/time.ts';

/** One complaint of validation, worded as `field.Error` words it: `spec.replicas: Invalid value: -1: must be …`. */
export interface FieldError {
  /** `FieldValueInvalid`, `FieldValueRequired`, `FieldValueForbidden`, `FieldValueNotSupported`, `FieldValueDuplicate` … */
  reason: string;
  /** `spec.containers[0].image` */
  field: string;
  /** What stands after the field and the colon: `Invalid value: -1: must be greater than or equal to 0`. */
  message: string;
}

/** A column of `kubectl get`; `cell` gets the object and the time of asking. */
export interface Column<T> extends TableColumn {
  cell(o: T, now: Ms): string | number;
}

/** All the server knows of one kind. One file a kind under `kinds/`, one line in `kinds/index.ts`. */
export interface Kind<T extends KubeObject = KubeObject> {
  readonly kind: string;
  /** Fills what the API server defaults; works in place on a copy of its own. */
  default?(o: T): void;
  /**
   * What PrepareForCreate/PrepareForUpdate do: clear or keep status, set and raise `metadata.generation` (kinds that have
   * one), allocate, drop disabled fields. Called for writes of the object itself, not of its status.
   */
  prepareCreate?(o: T, list: Lister, now: Ms): void;
  prepareUpdate?(o: T, old: T, list: Lister, now: Ms): void;
  /** Everything that holds for a new object, its metadata included. */
  validate?(o: T, list: Lister): FieldError[];
  /**
   * Everything that holds for a changed object: what may not change, and again all that `validate` asks where upstream
   * asks it. An update therefore calls this alone; a kind without it has nothing to refuse on update.
   */
  validateUpdate?(o: T, old: T, list: Lister): FieldError[];
  /** What holds for a write of the status subresource; most kinds ask nothing. */
  validateStatusUpdate?(o: T, old: T, list: Lister): FieldError[];
  /** `Warning:` headers. */
  warnings?(o: T, old?: T): string[];
  /** True when the kind has a status subresource: main writes ignore status, status writes ignore the rest. */
  readonly hasStatus?: boolean;
  /** Fields a field selector may name beside metadata.name and metadata.namespace. */
  selectableFields?(o: T): Record<string, string>;
  readonly columns: readonly Column<T>[];
  /** From another served version to the stored one (works on a copy of its own), and back when that version is asked for. */
  fromVersion?(o: AnyObject, version: string): AnyObject;
  toVersion?(o: AnyObject, version: string): AnyObject;
}
