import type { Key, Translate } from '../i18n/index.ts';
import { amount } from '../parts/format.ts';

/** Remedies in the reader's language: the engine words them one way only, so the parts are read back out of its sentence. */

/** Whatever the engine words as a change: a remedy, one that would not do, one that might have been. */
type Worded = { text: string };

const FORMS: [form: RegExp, key: Key, names: string[]][] = [
  [/^uncordon (\S+)$/, 'rem.uncordon', ['node']],
  [/^remove the taint (\S+) from (\S+)$/, 'rem.taint', ['taint', 'node']],
  [/^label (\S+) (\S+)$/, 'rem.label', ['node', 'label']],
  [/^delete (.+) from (\S+)$/, 'rem.delete', ['pods', 'node']],
  [/^give it the priority class (\S+) \((-?\d+)\)/, 'rem.priority', ['name', 'n']],
  [/^tolerate the taint (.+)$/, 'rem.toleration', ['taint']],
  [/^drop (.+) from nodeSelector$/, 'rem.selector', ['what']],
  [/^drop (.+) from the required node affinity$/, 'rem.affinity', ['what']],
  [/^drop the required pod (\S+) term on (\S+)$/, 'rem.podAffinity', ['word', 'key']],
  [/^let the spread over (\S+) be a wish/, 'rem.spread', ['key']],
  [/^drop the preferred (.+)$/, 'cf.preferred', ['what']],
  [/^drop the wish to spread over (\S+)$/, 'cf.spread', ['key']],
  [/^without (\S+) on (\S+)$/, 'cf.without', ['pod', 'node']],
  [/^lower the (\S+) request of (\S+) from (\S+) to (\S+)$/, 'rem.request', ['resource', 'container', 'from', 'to']],
];

/** The parts of a remedy's sentence, `undefined` for a form that is not known. */
export function partsOf(remedy: Worded): { key: Key; params: Record<string, string> } | undefined {
  for (const [form, key, names] of FORMS) {
    const m = form.exec(remedy.text);
    if (m) return { key, params: Object.fromEntries(names.map((n, i) => [n, m[i + 1]!])) };
  }
  return undefined;
}

export function remedyText(remedy: Worded, t: Translate): string {
  const parts = partsOf(remedy);
  if (parts?.key === 'rem.request') {
    const { resource = '', from = '', to = '', container = '' } = parts.params;
    return t('rem.request', { container, from: amount(resource, from), to: amount(resource, to) });
  }
  return parts ? t(parts.key, parts.params) : remedy.text.charAt(0).toUpperCase() + remedy.text.slice(1);
}
