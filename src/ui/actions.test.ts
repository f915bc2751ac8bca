import { expect, it } from 'vitest';
import { shellWord } from './actions.ts';

it.each([
  ['worker-x86', 'worker-x86'],
  ['dedicated=gpu:NoSchedule', 'dedicated=gpu:NoSchedule'],
  ['a b', "'a b'"],
  ["it's; rm -rf /", "'it'\\''s; rm -rf /'"],
  ['$(reboot)', "'$(reboot)'"],
])('%s is typed as %s', (word, typed) => {
  expect(shellWord(word)).toBe(typed);
});
