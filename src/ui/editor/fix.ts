/** What the page offers when a file was refused for something that it knows how to put right. */
import type { Problem } from '../../worker/protocol.ts';
import { shellWord } from '../actions.ts';

export const SCHEDULER_FILE = 'scheduler.yaml';

const KIND = /^["']?kind["']?\s*:\s*["']?(KubeSchedulerConfiguration|Policy)["']?\s*(?:#.*)?$/m;
const KIND_IN_BRACES = /["']?kind["']?\s*:\s*["']?(KubeSchedulerConfiguration|Policy)["']?\s*[,}\n]/;
/** The audit log has Policies, too. */
const OTHER_GROUP = /["']?apiVersion["']?\s*:\s*["']?audit\.k8s\.io\//;

const isSchedulers = (document: string): boolean =>
  (document.trimStart().startsWith('{') ? KIND_IN_BRACES : KIND).test(document) && !OTHER_GROUP.test(document);

/** Whether a file is the scheduler's configuration, of today or of old, and nothing else. */
export function isSchedulerFile(text: string): boolean {
  const documents = text.split(/^---.*$/m).filter((d) => d.replace(/^\s*#.*$/gm, '').trim());
  return documents.length > 0 && documents.every(isSchedulers);
}

/** A scheduler's Policy of old. */
export const isPolicy = (text: string): boolean => isSchedulerFile(text) && /kind["']?\s*:\s*["']?Policy\b/.test(text);

export const schedulerLine = (file: string): string => `berth scheduler apply -f ${shellWord(file)}`;

/** The command that applies a file: the scheduler's configuration is no object of the API. */
export const applyLine = (file: string, text: string): string =>
  isSchedulerFile(text) ? schedulerLine(file) : `kubectl apply -f ${shellWord(file)}`;

export type Remedy = 'command' | 'upgrade';

const NO_MATCH = /no matches for kind "([^"]*)" in version "([^"]*)"/;
const NO_KIND = /no kind "([^"]*)" is registered for version "([^"]*)"/;

/** What would help a refused file, by the words it was refused with: the right command, or a newer API version. */
export function remedyOf(file: string, problems: readonly Problem[]): Remedy | undefined {
  for (const p of problems) {
    if (p.file !== file) continue;
    const [, kind, version] = NO_MATCH.exec(p.message) ?? NO_KIND.exec(p.message) ?? [];
    if (kind === undefined) continue;
    const own = kind === 'Policy' ? version === 'v1' : version === 'kubescheduler.config.k8s.io/v1';
    return (kind === 'Policy' || kind === 'KubeSchedulerConfiguration') && own ? 'command' : 'upgrade';
  }
  return undefined;
}
