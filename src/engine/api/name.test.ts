import { describe, expect, it } from 'vitest';
import {
  byteLength,
  isConfigMapKey,
  isDNS1035Label,
  isDNS1123Label,
  isDNS1123Subdomain,
  isEnvVarName,
  isLabelValue,
  isPercent,
  isPortName,
  isPortNumber,
  isQualifiedName,
  isWildcardDNS1123Subdomain,
} from './name.ts';

const long = (n: number): string => 'a'.repeat(n);
const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

describe('names', () => {
  it.each([
    ['web', []],
    ['9web', []],
    ['Web', [LABEL]],
    ['-web', [LABEL]],
    ['', [LABEL]],
    ['a.b', ['must not contain dots']],
    [long(64), ['must be no more than 63 characters']],
    [`-${long(63)}`, ['must be no more than 63 characters', LABEL]],
  ])('label %s', (value, complaints) => {
    expect(isDNS1123Label(value)).toEqual(complaints);
  });

  it.each([
    ['a.b-c.9', 0],
    ['a..b', 1],
    [long(253), 0],
    [long(254), 1],
    ['My_Pod', 1],
  ])('subdomain %s', (value, count) => {
    expect(isDNS1123Subdomain(value)).toHaveLength(count);
  });

  it('a DNS-1035 label does not begin with a digit', () => {
    expect(isDNS1035Label('web')).toEqual([]);
    expect(isDNS1035Label('1web')[0]).toMatch(/^a DNS-1035 label must consist of/);
  });

  it.each([
    ['*.example.com', 0],
    ['*.*.x', 1],
    ['example.com', 1],
  ])('wildcard %s', (value, count) => {
    expect(isWildcardDNS1123Subdomain(value)).toHaveLength(count);
  });
});

describe('labels', () => {
  it.each([
    ['app', []],
    ['example.com/My_Key.1', []],
    ['', ['name part must be non-empty', NAME_PART]],
    ['-a', [NAME_PART]],
    ['/a', ['prefix part must be non-empty']],
    [long(64), ['name part must be no more than 63 bytes']],
    [`${long(254)}/a`, ['prefix part must be no more than 253 bytes']],
  ])('key %s', (value, complaints) => {
    expect(isQualifiedName(value)).toEqual(complaints);
  });

  it('more than one slash is another complaint', () => {
    expect(isQualifiedName('a/b/c')[0]).toMatch(/^a valid label key must consist of .* with an optional DNS subdomain/);
  });

  it.each([
    ['', 0],
    ['v1.2_3-x', 0],
    ['a b', 1],
    [long(63), 0],
    [long(64), 1],
    ['é'.repeat(40), 2],
  ])('value %s', (value, count) => {
    expect(isLabelValue(value)).toHaveLength(count);
  });
});

describe('other formats', () => {
  it.each([
    ['http', []],
    ['a-very-long-port-name', ['must be no more than 15 characters']],
    ['80', ['must contain at least one letter (a-z)']],
    ['a b', ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']],
    ['a--b', ['must not contain consecutive hyphens']],
    ['-a', ['must not begin or end with a hyphen']],
  ])('port name %s', (value, complaints) => {
    expect(isPortName(value)).toEqual(complaints);
  });

  it.each([
    [0, 1],
    [1, 0],
    [65535, 0],
    [65536, 1],
  ])('port %i', (value, count) => {
    expect(isPortNumber(value)).toHaveLength(count);
  });

  it.each([
    ['25%', 0],
    ['%', 1],
    ['-5%', 1],
  ])('percentage %s', (value, count) => {
    expect(isPercent(value)).toHaveLength(count);
  });

  it.each([
    ['key.name', 0],
    ['..', 1],
    ['..a', 1],
    ['.', 1],
    ['a/b', 1],
  ])('config key %s', (value, count) => {
    expect(isConfigMapKey(value)).toHaveLength(count);
  });

  it.each([
    ['1 A', 0],
    ['', 1],
    ['A=B', 1],
    ['É', 1],
  ])('environment variable %s', (value, count) => {
    expect(isEnvVarName(value)).toHaveLength(count);
  });

  it.each([
    ['abc', 3],
    ['é', 2],
    ['한', 3],
    ['🚢', 4],
  ])('%s takes %i bytes', (text, bytes) => {
    expect(byteLength(text)).toBe(bytes);
  });
});
