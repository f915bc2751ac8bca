import { describe, expect, it } from 'vitest';
import { goClaimSpec, goLines, goPodSpec } from './internal-form.ts';
import { unifiedDiff } from './unified-diff.ts';

const lines = (text: string): string[] => text.split(' ');

describe('unified diffs', () => {
  it.each([
    ['nothing', 'a b c', 'a b c', ''],
    ['one line', 'a b c d e f g h i', 'a b c d X f g h i', '@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n'],
    ['one more line', 'a b', 'a X b', '@@ -1,2 +1,3 @@\n a\n+X\n b\n'],
    ['one line less', 'a b c', 'a c', '@@ -1,3 +1,2 @@\n a\n-b\n c\n'],
    ['everything', 'a', 'b', '@@ -1 +1 @@\n-a\n+b\n'],
    [
      'two places far apart',
      'a b c d e f g h i j',
      'X b c d e f g h i Y',
      '@@ -1,4 +1,4 @@\n-a\n+X\n b\n c\n d\n@@ -7,4 +7,4 @@\n g\n h\n i\n-j\n+Y\n',
    ],
    ['two places close by', 'a b c d', 'X b c Y', '@@ -1,4 +1,4 @@\n-a\n+X\n b\n c\n-d\n+Y\n'],
  ])('%s', (_, a, b, wanted) => {
    expect(unifiedDiff(lines(a), lines(b))).toBe(wanted);
  });

  it('lines that occur everywhere start no match in long texts', () => {
    const many = Array.from({ length: 300 }, (_, i) => (i % 2 ? '},' : `line ${i}`));
    const other = [...many.slice(0, 150), 'new', ...many.slice(150)];
    expect(unifiedDiff(many, other)).toBe(
      '@@ -148,6 +148,7 @@\n },\n line 148\n },\n+new\n line 150\n },\n line 152\n',
    );
  });
});

describe('objects as Go structs', () => {
  it('shows every field, in the order of declaration', () => {
    expect(
      goLines(goClaimSpec({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } })).join('\n'),
    ).toBe(`{
 "AccessModes": [
  "ReadWriteOnce"
 ],
 "Selector": null,
 "Resources": {
  "Limits": null,
  "Requests": {
   "storage": "1Gi"
  }
 },
 "VolumeName": "",
 "StorageClassName": null,
 "VolumeMode": null,
 "DataSource": null,
 "DataSourceRef": null,
 "VolumeAttributesClassName": null
}`);
  });

  it('the host’s namespaces are part of the security context', () => {
    const go = goPodSpec({ containers: [], hostNetwork: true, securityContext: { runAsUser: 1 } });
    expect(go.SecurityContext).toMatchObject({ HostNetwork: true, HostPID: false, RunAsUser: 1 });
    expect(goPodSpec({ containers: [] }).SecurityContext).toBeNull();
  });

  it('names follow Go’s', () => {
    const go = goPodSpec({
      containers: [{ name: 'c', tty: true, livenessProbe: { httpGet: { port: 80, path: '/' } } }],
      dnsConfig: { nameservers: ['1.1.1.1'] },
      os: { name: 'linux' },
    });
    expect(go).toMatchObject({
      Containers: [{ Name: 'c', TTY: true, LivenessProbe: { HTTPGet: { Port: 80, Path: '/', Host: '' }, Exec: null } }],
      DNSConfig: { Nameservers: ['1.1.1.1'], Searches: null },
      OS: { Name: 'linux' },
    });
  });
});
