/** English words of the panels: editor, console, inspector, timeline, lesson. */
export const panels = {} as const;
