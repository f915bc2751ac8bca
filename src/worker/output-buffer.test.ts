import { expect, it } from 'vitest';
import { OutputBuffer } from './output-buffer.ts';

it('joins what one command prints to one stream and keeps the order of all', () => {
  const sent: string[] = [];
  const buffer = new OutputBuffer((m) => sent.push(`${m.runId} ${m.stream} ${m.text}`));
  buffer.add('a', 'out', '1');
  buffer.add('a', 'out', '2');
  buffer.add('a', 'err', '!');
  buffer.add('b', 'out', '3');
  buffer.add('a', 'out', '4');
  expect(sent).toEqual([]);
  buffer.flush();
  expect(sent).toEqual(['a out 12', 'a err !', 'b out 3', 'a out 4']);
  buffer.flush();
  expect(sent).toHaveLength(4);
  buffer.add('a', 'out', '5');
  buffer.flush();
  expect(sent.slice(4)).toEqual(['a out 5']);
});
