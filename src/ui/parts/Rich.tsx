import { Fragment } from 'react';

/** A sentence in which `**…**` is bold; names inside are text, never markup. */
export function Rich({ text }: { text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence have no other identity
  return text.split('**').map((part, i) => (i % 2 ? <b key={i}>{part}</b> : <Fragment key={i}>{part}</Fragment>));
}
