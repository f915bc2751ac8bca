/** What cordon, uncordon and drain want to be called with. */
import type { Parsed } from '../command.ts';
import { Failure, usageFailure } from '../failure.ts';

export { Failure };

export function throwUsage(name: string, p: Parsed): void {
  if (p.args.length === 0 && !p.given('selector')) throw usageFailure(name, `USAGE: ${name} NODE [flags]`);
  if (p.args.length > 0 && p.str('selector'))
    throw usageFailure(name, 'error: cannot specify both a node name and a --selector option');
}
