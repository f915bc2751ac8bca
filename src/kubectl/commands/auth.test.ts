import { expect, it } from 'vitest';
import { replay } from '../testing/session.ts';

it('asks for a verb and a resource', () => {
  const text = `# title: can-i

$ kubectl auth can-i /
! error: you must specify two arguments: verb resource or verb resource/resourceName.
! See 'kubectl auth can-i -h' for help and examples.
= exit 1
$ kubectl auth can-i get /healthz
| yes
$ kubectl auth can-i / x
| yes
! Warning: verb '/' is not a known verb
!
! Warning: the server doesn't have a resource type 'x'
$ kubectl auth can-i --list pods
! error: list option must be specified with no arguments
= exit 1
`;
  expect(replay(text).trim()).toBe(text.trim());
});
