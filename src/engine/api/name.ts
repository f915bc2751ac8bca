/**
 * The formats of names, labels, keys and ports, each with the words of its refusal. Every function returns the list of
 * complaints, empty when the value is well formed.
 * Upstream: apimachinery/pkg/util/validation/validation.go, pkg/api/validate/content/{kube,dns,identifier}.go
 */

const NONE: readonly string[] = [];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const UNDERSCORE_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const UNDERSCORE_SUBDOMAIN = `${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`;
const DNS_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const WILDCARD = `\\*\\.${SUBDOMAIN}`;

const whole = (form: string): RegExp => new RegExp(`^${form}$`);
const labelForm = whole(LABEL);
const subdomainForm = whole(SUBDOMAIN);
const underscoreSubdomainForm = whole(UNDERSCORE_SUBDOMAIN);
const dns1035Form = whole(DNS_1035);
const qualifiedForm = whole(QUALIFIED);
const labelValueForm = whole(LABEL_VALUE);
const configKeyForm = whole(CONFIG_KEY);
const wildcardForm = whole(WILDCARD);

/** `… (e.g. 'a',  or 'b', regex used for validation is '…')`: the doubled blank is upstream's. */
export function regexError(message: string, form: string, ...examples: string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${form}')`;
  const list = examples.map((e, i) => `${i > 0 ? ' or ' : ''}'${e}', `).join('');
  return `${message} (e.g. ${list}regex used for validation is '${form}')`;
}

/** How many bytes the text takes in UTF-8, as Go's `len` counts. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) continue;
    if (c >= 0xd800 && c < 0xdc00) {
      bytes += 2; // a pair is two code units and four bytes
      i++;
    } else bytes += c < 0x800 ? 1 : 2;
  }
  return bytes;
}

const tooLong = (most: number): string => `must be no more than ${most} characters`;
const tooManyBytes = (most: number): string => `must be no more than ${most} bytes`;

function check(value: string, most: number, form: RegExp, complaint: () => string): readonly string[] {
  const fits = value.length <= most && byteLength(value) <= most;
  const matches = form.test(value);
  if (fits && matches) return NONE;
  return [...(fits ? [] : [tooLong(most)]), ...(matches ? [] : [complaint()])];
}

/** A lower-case RFC 1123 label: container, volume and namespace names. */
export const isDNS1123Label = (value: string): readonly string[] =>
  check(value, 63, labelForm, () =>
    subdomainForm.test(value)
      ? 'must not contain dots'
      : regexError(
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
          LABEL,
          'my-name',
          '123-abc',
        ),
  );

const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

/** A lower-case RFC 1123 subdomain: the names of most objects. */
export const isDNS1123Subdomain = (value: string): readonly string[] =>
  check(value, 253, subdomainForm, () => regexError(SUBDOMAIN_TEXT, SUBDOMAIN, 'example.com'));

export const isDNS1123SubdomainWithUnderscore = (value: string): readonly string[] =>
  check(value, 253, underscoreSubdomainForm, () =>
    regexError(SUBDOMAIN_TEXT.replace("characters, '-'", "characters, '_', '-'"), UNDERSCORE_SUBDOMAIN, 'example.com'),
  );

/** `*.` and a subdomain: the host of an Ingress rule. */
export const isWildcardDNS1123Subdomain = (value: string): readonly string[] =>
  check(value, 253, wildcardForm, () =>
    regexError(
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
      WILDCARD,
      '*.example.com',
    ),
  );

/** A DNS-1035 label: no leading digit. */
export const isDNS1035Label = (value: string): readonly string[] =>
  check(value, 63, dns1035Form, () =>
    regexError(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
      DNS_1035,
      'my-name',
      'abc-123',
    ),
  );

const QUALIFIED_TEXT = regexError(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  QUALIFIED,
  'MyName',
  'my.name',
  '123-abc',
);

function prefixComplaints(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return isDNS1123Subdomain(prefix).map((m) => `prefix part ${m === tooLong(253) ? tooManyBytes(253) : m}`);
}

/** A qualified name: label and annotation keys, taint keys, resource names. */
export function isQualifiedName(value: string): readonly string[] {
  const slash = value.indexOf('/');
  const name = slash < 0 ? value : value.slice(slash + 1);
  if (name.includes('/'))
    return [
      `a valid label key ${QUALIFIED_TEXT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  if (slash < 0 && name.length <= 63 && qualifiedForm.test(name)) return NONE;
  const complaints = slash < 0 ? [] : prefixComplaints(value.slice(0, slash));
  if (name === '') complaints.push('name part must be non-empty');
  else if (byteLength(name) > 63) complaints.push(`name part ${tooManyBytes(63)}`);
  if (!qualifiedForm.test(name)) complaints.push(`name part ${QUALIFIED_TEXT}`);
  return complaints;
}

/** The value of a label. */
export function isLabelValue(value: string): readonly string[] {
  const fits = value.length <= 63 && byteLength(value) <= 63;
  const matches = labelValueForm.test(value);
  if (fits && matches) return NONE;
  const complaint = regexError(
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    LABEL_VALUE,
    'MyValue',
    'my_value',
    '12345',
  );
  return [...(fits ? [] : [tooManyBytes(63)]), ...(matches ? [] : [complaint])];
}

/** A port name (IANA service name): at most 15 of `a-z0-9-` with a letter. */
export function isPortName(value: string): readonly string[] {
  const complaints: string[] = [];
  if (byteLength(value) > 15) complaints.push(tooLong(15));
  if (!/^[-a-z0-9]+$/.test(value))
    complaints.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) complaints.push('must contain at least one letter (a-z)');
  if (value.includes('--')) complaints.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) complaints.push('must not begin or end with a hyphen');
  return complaints;
}

export const inRange = (value: number, least: number, most: number): readonly string[] =>
  value >= least && value <= most ? NONE : [`must be between ${least} and ${most}, inclusive`];

export const isPortNumber = (value: number): readonly string[] => inRange(value, 1, 65535);

/** `25%`. */
export const isPercent = (value: string): readonly string[] =>
  /^[0-9]+%$/.test(value)
    ? NONE
    : [regexError("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', '1%', '93%')];

/** The name of an environment variable, by the relaxed rule: printable ASCII without `=`. */
export function isEnvVarName(value: string): readonly string[] {
  if (value === '') return ['environment variable name must be non-empty'];
  return /^[ -<>-~]+$/.test(value)
    ? NONE
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** A key of a ConfigMap or Secret. */
export function isConfigMapKey(value: string): readonly string[] {
  const complaints: string[] = [];
  if (byteLength(value) > 253) complaints.push(tooLong(253));
  if (!configKeyForm.test(value))
    complaints.push(
      regexError(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        CONFIG_KEY,
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  if (value === '.') complaints.push("must not be '.'");
  if (value === '..') complaints.push("must not be '..'");
  else if (value.startsWith('..')) complaints.push("must not start with '..'");
  return complaints;
}

/** The name of an HTTP header of a probe. */
export const isHTTPHeaderName = (value: string): readonly string[] =>
  /^[-A-Za-z0-9]+$/.test(value)
    ? NONE
    : [
        regexError(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          '[-A-Za-z0-9]+',
          'X-Header-Name',
        ),
      ];
