import { expect, it } from 'vitest';
import { replay } from '../testing/session.ts';

it('answers as without a metrics server', () => {
  const text = `# title: top

$ kubectl top nodes
! error: Metrics API not available
= exit 1
$ kubectl top pod -A --containers
! error: Metrics API not available
= exit 1
$ kubectl top node a b
! error: node [NAME | -l label]
! See 'kubectl top node -h' for help and examples
= exit 1
$ kubectl top po x -l a=b
! error: only one of NAME or selector can be provided
= exit 1
$ kubectl top no x -l a=b
! error: only one of NAME or --selector can be provided
= exit 1
$ kubectl top pods --sort-by=age
! error: --sort-by accepts only cpu or memory
= exit 1
$ kubectl top foo
! error: unknown command "foo"
! See 'kubectl top -h' for help and examples
= exit 1
`;
  expect(replay(text).trim()).toBe(text.trim());
});
