/** Flags that many commands share, and the short notation in which commands list theirs. */
import type { Flag } from './command.ts';

/**
 * `o,output allow-missing-template-keys:bool=true f,filename:list timeout:dur image!` → flags: shorthand, name, type (`str`
 * when absent), default, `!` for required ones.
 */
export function flags(...specs: readonly string[]): readonly Flag[] {
  return specs.join(' ').split(/\s+/).filter(Boolean).map(flagOf);
}

const TYPES: Record<string, Flag['type']> = {
  str: 'string',
  bool: 'bool',
  int: 'int',
  dur: 'duration',
  list: 'list',
  array: 'array',
};
const ZERO: Record<Flag['type'], string> = { string: '', bool: 'false', int: '0', duration: '0s', list: '', array: '' };
/** What a flag means when it stands without a value. */
const BARE: Record<string, string> = { 'dry-run': 'unchanged', cascade: 'background', validate: 'strict' };

function flagOf(spec: string): Flag {
  const m = /^(?:(\w),)?([\w-]+)(!)?(?::(\w+))?(?:=(.*))?$/.exec(spec)!;
  const type = TYPES[m[4] ?? 'str']!;
  const name = m[2]!;
  const bare = type === 'bool' ? 'true' : BARE[name];
  return {
    name,
    type,
    default: m[5] ?? ZERO[type],
    ...(m[1] ? { short: m[1] } : {}),
    ...(m[3] ? { required: true } : {}),
    ...(bare === undefined ? {} : { bare }),
  };
}

export const PRINT = 'o,output template allow-missing-template-keys:bool=true show-managed-fields:bool';
export const FILES = 'f,filename:list k,kustomize R,recursive:bool';
export const SELECT = 'l,selector';
export const DRY_RUN = 'dry-run=none';
export const VALIDATE = 'validate=strict';
export const SAVE = 'save-config:bool';
export const manager = (name: string): string => `field-manager=${name}`;

/** Flags that any command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = flags(
  'as as-group:array as-uid as-user-extra:array cache-dir=$HOME/.kube/cache certificate-authority client-certificate client-key cluster context',
  'disable-compression:bool insecure-skip-tls-verify:bool kubeconfig kuberc log-flush-frequency:dur=5s match-server-version:bool n,namespace password profile=none',
  'profile-output=profile.pprof request-timeout=0 s,server tls-server-name token user username v,v:int=0 vmodule warnings-as-errors:bool',
);

export const HELP_FLAG: Flag = { name: 'help', short: 'h', type: 'bool', default: 'false', bare: 'true' };
