/** Kinds about which the API server asks little: their metadata, and the columns. */
import type { KubeObject } from '../../api/meta.ts';
import type { Column, FieldError, Kind } from '../kind.ts';
import type { Errors } from './validation/errors.ts';
import {
  type NameRule,
  subdomainName,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from './validation/object-meta.ts';

export interface SimpleRules<T extends KubeObject> {
  namespaced: boolean;
  nameRule?: NameRule;
  default?: (o: T) => void;
  prepareCreate?: Kind<T>['prepareCreate'];
  prepareUpdate?: Kind<T>['prepareUpdate'];
  hasStatus?: boolean;
  /** What holds beside the metadata, on create and update alike. */
  check?: (errors: Errors, o: T) => void;
  /** What may not change. */
  checkUpdate?: (errors: Errors, o: T, old: T) => void;
  warnings?: Kind<T>['warnings'];
  selectableFields?: Kind<T>['selectableFields'];
  toVersion?: Kind<T>['toVersion'];
  columns: readonly Column<T>[];
}

/** A kind whose validation is that of its metadata and one check. */
export function simpleKind<T extends KubeObject>(kind: string, rules: SimpleRules<T>): Kind<T> {
  const { namespaced, nameRule = subdomainName, check, checkUpdate, ...rest } = rules;
  return {
    kind,
    ...rest,
    validate(o) {
      const errors: FieldError[] = [];
      validateObjectMeta(errors, o, namespaced, nameRule);
      check?.(errors, o);
      return errors;
    },
    validateUpdate(o, old) {
      const errors: FieldError[] = [];
      validateObjectMetaUpdate(errors, o, old);
      check?.(errors, o);
      checkUpdate?.(errors, o, old);
      return errors;
    },
  };
}
