/** ConfigMaps. Upstream: pkg/registry/core/configmap, pkg/apis/core/validation/validation.go ValidateConfigMap */
import type { ConfigMap } from '../../api/core.ts';
import { byteLength, isConfigMapKey } from '../../api/name.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { base64Bytes, frozenData, MAX_DATA_BYTES } from './validation/data.ts';
import { type Errors, invalid, invalidEach, tooLong } from './validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';
import { sorted } from './validation/selector.ts';

function validateConfigMap(errors: Errors, o: ConfigMap): void {
  validateObjectMeta(errors, o, true, subdomainName);
  let bytes = 0;
  for (const [key, text] of Object.entries(sorted(o.data ?? {}))) {
    invalidEach(errors, `data[${key}]`, key, isConfigMapKey(key));
    if (o.binaryData && key in o.binaryData)
      invalid(errors, `data[${key}]`, key, 'duplicate of key present in binaryData');
    bytes += byteLength(text);
  }
  for (const [key, text] of Object.entries(sorted(o.binaryData ?? {}))) {
    invalidEach(errors, `binaryData[${key}]`, key, isConfigMapKey(key));
    bytes += base64Bytes(text);
  }
  if (bytes > MAX_DATA_BYTES) tooLong(errors, '', MAX_DATA_BYTES);
}

export const configMap: Kind<ConfigMap> = {
  kind: 'ConfigMap',
  validate(o) {
    const errors: FieldError[] = [];
    validateConfigMap(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    frozenData(errors, o, old, ['data', 'binaryData']);
    validateConfigMap(errors, o);
    return errors;
  },
  columns: [
    nameColumn,
    column('Data', (o) => Object.keys(o.data ?? {}).length + Object.keys(o.binaryData ?? {}).length, 'integer'),
    ageColumn,
  ],
};
