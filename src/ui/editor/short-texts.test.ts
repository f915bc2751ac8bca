import { expect, it } from 'vitest';
import { shortTexts } from './short-texts.ts';

const words = (n: number): string => 'word '.repeat(n).trim();

it('cuts long descriptions, at a sentence where one ends soon', () => {
  const schema = {
    description: 'Short.',
    properties: {
      // a field may be called like the keyword
      description: { type: 'string', description: `${words(90)}. ${words(50)}.` },
      endless: { enum: ['a'], description: words(400) },
    },
  };
  const cut = shortTexts(schema);
  expect(cut.description).toBe('Short.');
  expect(cut.properties.description).toEqual({ type: 'string', description: `${words(90)}.` });
  expect(cut.properties.endless.enum).toEqual(['a']);
  expect(cut.properties.endless.description).toMatch(/^(word )+…$/);
  expect(cut.properties.endless.description.length).toBeLessThan(425);
  expect(schema.properties.endless.description).toBe(words(400));
});
