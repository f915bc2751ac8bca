/** How the page looks: theme, language, projector. Remembered on this machine; the address wins. */
import { type Language, setLanguage } from './i18n/index.ts';
import { getState, setState, type Theme } from './store.ts';

const remembered = (key: string): string | null => {
  try {
    return localStorage.getItem(`berth.${key}`);
  } catch {
    return null; // storage may be forbidden (private windows, embeds)
  }
};

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`berth.${key}`, value);
  } catch {
    // as above: then it is not remembered
  }
}

export const recall = remembered;

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  setState({ theme });
}

export function toggleTheme(): void {
  const theme = getState().theme === 'dark' ? 'light' : 'dark';
  setTheme(theme);
  remember('theme', theme);
}

export async function takeLanguage(language: Language): Promise<void> {
  await setLanguage(language);
  setState({ language });
}

export async function toggleLanguage(): Promise<void> {
  const language = getState().language === 'ko' ? 'en' : 'ko';
  remember('language', language);
  await takeLanguage(language);
}

export function setProjector(on: boolean): void {
  if (on) document.documentElement.dataset.mode = 'projector';
  else delete document.documentElement.dataset.mode;
  setState({ projector: on });
}

export const toggleProjector = (): void => setProjector(!getState().projector);

/** Theme, language and projector from the address, else as remembered, else as the system has them. */
export async function startLooks(params: URLSearchParams): Promise<void> {
  const theme = params.get('theme') ?? remembered('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  setTheme(theme === 'dark' || theme === 'light' ? theme : dark ? 'dark' : 'light');
  setProjector(params.get('projector') === '1');
  const language = params.get('lang') ?? remembered('language') ?? (navigator.language.startsWith('ko') ? 'ko' : 'en');
  if (language === 'ko') await takeLanguage('ko');
}
