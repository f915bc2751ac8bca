/** Words of the page: one typed catalogue, English built in, Korean loaded when asked for. */
import { useSyncExternalStore } from 'react';
import { type Catalogue, en, type Key } from './en.ts';
import { withParticle } from './particles.ts';

export type { Key };
export type Language = 'en' | 'ko';
export type Params = Record<string, string | number>;
export type Translate = (key: Key, params?: Params) => string;

let catalogue: Catalogue = en;
let language: Language = 'en';
let current: Translate = translator(en);
const listeners = new Set<() => void>();

/** `{x}` a value, `{x#one|many}` a word by number, `{x:이/가}` a value with its Korean particle. */
export function format(message: string, params: Params = {}): string {
  return message.replace(/\{(\w+)(?:#([^|}]*)\|([^}]*)|:([^}]*))?\}/g, (whole, name: string, one, many, pair) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (one !== undefined) return Number(value) === 1 ? one : many;
    return pair === undefined ? String(value) : withParticle(String(value), pair);
  });
}

function translator(words: Catalogue): Translate {
  return (key, params) => format(words[key], params);
}

/** The message in the reader's language. Inside components use `useT`, so that a change of language redraws. */
export const t: Translate = (key, params) => current(key, params);

/** `t` of the language as it is now: another function after each change, so that what was worded with it can be told apart. */
export const translateNow = (): Translate => current;

export const languageNow = (): Language => language;

/** Loads and takes the language; the document's `lang` follows. */
export async function setLanguage(next: Language): Promise<void> {
  catalogue = next === 'ko' ? (await import('./ko.ts')).ko : en;
  language = next;
  current = translator(catalogue);
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** `t`, a new function after each change of language. */
export function useT(): Translate {
  return useSyncExternalStore(subscribe, () => current);
}
