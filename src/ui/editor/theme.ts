import type { editor } from 'monaco-editor';

/** Monaco's colours from the page's tokens, so that both change together. */

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** `#rrggbb` of any colour the tokens use; Monaco takes nothing else. */
function hex(name: string): string {
  const value = css(name);
  if (/^#[\da-f]{6}$/i.test(value)) return value;
  if (/^#[\da-f]{3}$/i.test(value)) return `#${[...value.slice(1)].map((c) => c + c).join('')}`;
  return '#808080';
}

export function themeFromTokens(dark: boolean): editor.IStandaloneThemeData {
  const rule = (token: string, name: string): editor.ITokenThemeRule => ({ token, foreground: hex(name).slice(1) });
  return {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    // the base themes colour some tokens of this language by itself, so each is named with its suffix
    rules: [
      rule('', '--ink'),
      ...['', '.yaml'].flatMap((suffix) => [
        rule(`type${suffix}`, '--sx-key'),
        rule(`string${suffix}`, '--sx-str'),
        rule(`number${suffix}`, '--sx-num'),
        rule(`keyword${suffix}`, '--sx-kw'),
        rule(`comment${suffix}`, '--sx-com'),
        rule(`operators${suffix}`, '--ink'),
        rule(`delimiter${suffix}`, '--ink'),
        rule(`meta${suffix}`, '--sx-com'),
      ]),
    ],
    colors: {
      'editor.background': hex('--paper'),
      'editor.foreground': hex('--ink'),
      'editorLineNumber.foreground': hex('--ink-3'),
      'editorLineNumber.activeForeground': hex('--ink'),
      'editorLineNumber.dimmedForeground': hex('--ink-3'),
      'editorCursor.foreground': hex('--accent'),
      'editor.selectionBackground': hex('--water-2'),
      'editor.lineHighlightBackground': hex('--paper-2'),
      'editor.lineHighlightBorder': hex('--paper-2'),
      'editorIndentGuide.background1': hex('--line'),
      'editorIndentGuide.activeBackground1': hex('--line-2'),
      'editorWidget.background': hex('--paper'),
      'editorWidget.foreground': hex('--ink'),
      'editorWidget.border': hex('--line-2'),
      'editorSuggestWidget.background': hex('--paper'),
      'editorSuggestWidget.foreground': hex('--ink'),
      'editorSuggestWidget.selectedBackground': hex('--accent-wash'),
      'editorSuggestWidget.selectedForeground': hex('--accent'),
      'editorSuggestWidget.highlightForeground': hex('--accent'),
      'editorHoverWidget.background': hex('--paper'),
      'editorHoverWidget.foreground': hex('--ink'),
      'editorHoverWidget.border': hex('--line-2'),
      'editorError.foreground': hex('--no'),
      'editorWarning.foreground': hex('--ph-wait'),
      focusBorder: hex('--accent'),
      'list.hoverBackground': hex('--paper-2'),
    },
  };
}

/** Sizes that make the editor's lines fall on the static ones. */
export function sizes(): { fontFamily: string; fontSize: number; lineHeight: number } {
  const zoom = Number(css('--zoom')) || 1;
  return { fontFamily: css('--font-mono'), fontSize: 12 * zoom, lineHeight: 19 * zoom };
}
