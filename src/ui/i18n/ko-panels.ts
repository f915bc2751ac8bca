/** Korean words of the panels: editor, console, inspector, timeline, lesson. */
import type { panels as en } from './en-panels.ts';

export const panels: Record<keyof typeof en, string> = {};
