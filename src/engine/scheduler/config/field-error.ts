/** The words of a field error. Upstream: k8s.io/apimachinery/pkg/util/validation/field/errors.go */

const shown = (value: unknown): string => (value === undefined ? 'null' : JSON.stringify(value));

/** Gathers errors of one part of a configuration, with the path to it. */
export class FieldErrors {
  readonly list: string[] = [];

  invalid(path: string, value: unknown, detail: string): void {
    this.list.push(`${path}: Invalid value: ${shown(value)}: ${detail}`);
  }
  required(path: string, detail = ''): void {
    this.list.push(`${path}: Required value${detail ? `: ${detail}` : ''}`);
  }
  duplicate(path: string, value: unknown): void {
    this.list.push(`${path}: Duplicate value: ${shown(value)}`);
  }
  unsupported(path: string, value: unknown, supported: readonly string[]): void {
    this.list.push(
      `${path}: Unsupported value: ${shown(value)}: supported values: ${supported.map((s) => JSON.stringify(s)).join(', ')}`,
    );
  }
  forbidden(path: string, detail: string): void {
    this.list.push(`${path}: Forbidden: ${detail}`);
  }
}

/** Several errors in one line, as upstream's aggregates are printed. */
export const aggregate = (errors: readonly string[]): string =>
  errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`;

/** A path below another, which may be empty. */
export const below = (path: string, child: string): string => (path ? `${path}.${child}` : child);
