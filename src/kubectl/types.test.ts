import { expect, it } from 'vitest';
import { replay } from './testing/session.ts';

it.each(['get ,', "get ''", 'get ,, x', 'get pods,', 'get , -w', 'describe ,', 'delete , x', 'label , x a=b'])(
  'kubectl %s names no type',
  (words) => {
    const text = `# title: types\n\n$ kubectl ${words}\n! error: the server doesn't have a resource type ""\n= exit 1\n`;
    expect(replay(text)).toBe(text);
  },
);
