/** The gallery, loaded when first asked for: clusters and manifests of all examples are no part of the first load. */
import { useEffect, useState } from 'react';
import { useStore } from './store.ts';

export interface GalleryEntry {
  slug: string;
  title: string;
  summary: string;
  lesson: boolean;
}

/** All examples in the reader's language, the opening one first. */
export async function loadGallery(): Promise<GalleryEntry[]> {
  const { SCENARIOS } = await import('../scenarios/index.ts');
  const korean = document.documentElement.lang === 'ko';
  return SCENARIOS.map((s) => ({
    slug: s.slug,
    title: korean ? s.titleKo : s.titleEn,
    summary: korean ? s.textKo : s.textEn,
    lesson: 'lesson' in s && s.lesson !== undefined,
  }));
}

/** The examples once they are there. */
export function useGallery(): GalleryEntry[] {
  const language = useStore((s) => s.language);
  const [list, setList] = useState<GalleryEntry[]>([]);
  useEffect(() => {
    void language;
    loadGallery()
      .then(setList)
      .catch(() => setList([])); // offline before the first visit was complete
  }, [language]);
  return list;
}
