/** An icon of the page's sprite. Decoration only: the word stands beside it or in the button's name. */
export function SpriteIcon({ name, glyph = false }: { name: string; glyph?: boolean }) {
  return (
    <svg className={glyph ? 'g ico-s' : 'g ico'} aria-hidden="true">
      <use href={`#${glyph ? 'g' : 'i'}-${name}`} />
    </svg>
  );
}
