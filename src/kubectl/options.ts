/** Flags with rules of their own: `--dry-run`, `--validate`, `--cascade`. Upstream: k8s.io/kubectl/pkg/cmd/util/helpers.go */
import type { ApiRequest, Propagation } from '../engine/api/request.ts';
import type { Env, Parsed } from './command.ts';
import { failure, quote } from './failure.ts';

export type DryRun = 'none' | 'client' | 'server';

const TRUE = /^(1|t|T|true|TRUE|True)$/;
const FALSE = /^(0|f|F|false|FALSE|False)$/;

/** A line in the form of the client's log: `W0101 00:00:00.000000       1 helpers.go:721] …`. */
function warn(env: Env, place: string, text: string): void {
  const d = new Date(env.now());
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${two(d.getUTCMonth() + 1)}${two(d.getUTCDate())}`;
  const time = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}.${String(d.getUTCMilliseconds()).padStart(3, '0')}000`;
  env.err(`W${date} ${time}       1 ${place}] ${text}\n`);
}

export function dryRunOf(env: Env, p: Parsed): DryRun {
  const value = p.str('dry-run');
  if (value === 'unchanged' || TRUE.test(value) || FALSE.test(value)) {
    const becomes = FALSE.test(value) ? 'none' : 'client';
    const what = value === 'unchanged' ? '--dry-run is deprecated' : `--dry-run=${value} is deprecated (boolean value)`;
    warn(env, 'helpers.go:718', `${what} and can be replaced with --dry-run=${becomes}.`);
    return becomes;
  }
  if (value === 'client' || value === 'server' || value === 'none') return value;
  throw failure(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

/** What stands after a message: ` (dry run)`. */
export const drySuffix = (d: DryRun): string =>
  d === 'client' ? ' (dry run)' : d === 'server' ? ' (server dry run)' : '';

export function validationOf(p: Parsed): NonNullable<ApiRequest['fieldValidation']> {
  const value = p.str('validate');
  if (value === 'strict' || TRUE.test(value)) return 'Strict';
  if (value === 'warn') return 'Warn';
  if (value === 'ignore' || FALSE.test(value)) return 'Ignore';
  throw failure(`invalid - validate option ${quote(value)}; must be one of: strict (or true), warn, ignore (or false)`);
}

export function cascadeOf(env: Env, p: Parsed): Propagation {
  const value = p.str('cascade');
  if (TRUE.test(value) || FALSE.test(value)) {
    const becomes = TRUE.test(value) ? 'background' : 'orphan';
    warn(
      env,
      'helpers.go:693',
      `--cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${becomes}.`,
    );
    return TRUE.test(value) ? 'Background' : 'Orphan';
  }
  if (value === 'background') return 'Background';
  if (value === 'foreground') return 'Foreground';
  if (value === 'orphan') return 'Orphan';
  throw failure(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
}

/** The parts of a writing request that come from the flags. */
export function writeOptions(
  p: Parsed,
  dryRun: DryRun,
): Pick<ApiRequest, 'fieldManager' | 'dryRun'> & { fieldValidation?: ApiRequest['fieldValidation'] } {
  return {
    ...(p.str('field-manager') ? { fieldManager: p.str('field-manager') } : {}),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  };
}
