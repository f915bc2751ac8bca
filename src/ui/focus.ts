/** Moving the focus to what is about to be there. */

/** A panel that is loaded on demand may take a moment to be there. */
export function focusSoon(selector: string, tries = 20): void {
  const element = document.querySelector<HTMLElement>(selector);
  if (element) element.focus();
  else if (tries) setTimeout(() => focusSoon(selector, tries - 1), 50);
}
