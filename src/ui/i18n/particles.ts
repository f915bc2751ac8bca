/**
 * Korean particles after names: `worker-x86이`, `trainer는`. Which form follows depends on whether the last sound of the word ends in a
 * consonant, so the helper knows how letters and digits are read aloud in Korean.
 */

/** Final sound of a digit or letter when read in Korean: '' vowel, 'ㄹ', or another consonant. */
const READ: Record<string, string> = {
  '0': 'ㅇ',
  '1': 'ㄹ',
  '2': '',
  '3': 'ㅁ',
  '4': '',
  '5': '',
  '6': 'ㄱ',
  '7': 'ㄹ',
  '8': 'ㄹ',
  '9': '',
  l: 'ㄹ',
  m: 'ㅁ',
  n: 'ㄴ',
  r: 'ㄹ',
}; // prettier-ignore

/** Word endings that people read as a word, not letter by letter. Longest first. */
const ENDINGS: [RegExp, string][] = [
  [/(ster|ner|ker|ger|ler|ver|der|ter|per|ber|ser|er|or|ar)$/i, ''],
  [/(ing|ang|ong|ung)$/i, 'ㅇ'],
  [/(le|al|el|il|ol|ul|ll)$/i, 'ㄹ'],
  [/(m|me|am|em|im|om|um)$/i, 'ㅁ'],
  [/(n|ne|an|en|in|on|un)$/i, 'ㄴ'],
  [/(b|ap|ep|ip|op|up)$/i, 'ㅂ'],
  [/(ck|ic|ac|oc|ook|eek)$/i, 'ㄱ'],
  [/(ot|et|it|at|ut)$/i, 'ㅅ'],
];

/** The final sound of `word`: '' when it ends in a vowel, the consonant otherwise, undefined when unsure. */
export function finalSound(word: string): string | undefined {
  const last = word.at(-1);
  if (!last) return undefined;
  const code = last.codePointAt(0)!;
  if (code >= 0xac00 && code <= 0xd7a3) {
    const tail = (code - 0xac00) % 28;
    return tail === 0 ? '' : tail === 8 ? 'ㄹ' : 'ㅇ';
  }
  if (/[0-9]/.test(last)) return READ[last];
  if (/[a-z]/i.test(last)) {
    for (const [ending, sound] of ENDINGS) if (ending.test(word)) return sound;
    return READ[last.toLowerCase()] ?? '';
  }
  return undefined;
}

/** `word` with the fitting half of `pair` (`이/가`, `은/는`, `을/를`, `과/와`, `으로/로`); both halves when unsure. */
export function withParticle(word: string, pair: string): string {
  const [closed = '', open = ''] = pair.split('/');
  // Bold marks after a name are not read aloud.
  const sound = finalSound(word.replace(/\*+$/, ''));
  if (sound === undefined) return `${word}${closed}(${open})`;
  const vowelLike = sound === '' || (closed === '으로' && sound === 'ㄹ');
  return word + (vowelLike ? open : closed);
}
