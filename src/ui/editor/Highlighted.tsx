import { type Token, tokenize } from './highlight.ts';

const CLASS: Record<Token['kind'], string | undefined> = {
  key: 'sx-key',
  string: 'sx-str',
  number: 'sx-num',
  keyword: 'sx-kw',
  comment: 'sx-com',
  plain: undefined,
};

export function HighlightedLine({ line }: { line: string }) {
  return tokenize(line).map((x, i) =>
    CLASS[x.kind] ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one line keep their place
      <span key={i} className={CLASS[x.kind]}>
        {x.text}
      </span>
    ) : (
      x.text
    ),
  );
}

/** A whole text, line by line, in the colours of the editor. */
export function Highlighted({ text }: { text: string }) {
  return text.split('\n').map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
    <span key={i} className="hl-line">
      <HighlightedLine line={line} />
      {'\n'}
    </span>
  ));
}
