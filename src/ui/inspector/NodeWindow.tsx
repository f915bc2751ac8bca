import { type ReactNode, useState } from 'react';

/** One line, and how many are seen at once; the rest of a long list is only as tall as it would be. */
const LINE_PX = 24;
const LINES_SEEN = 10;
const LINES_SPARE = 5;

/** A list of names that stays as cheap with thousands as with ten: only the lines in view are in the page. */
export function NodeWindow(props: { names: readonly string[]; label: string; line: (name: string) => ReactNode }) {
  const { names } = props;
  const [top, setTop] = useState(0);
  const first = Math.max(0, Math.floor(top / LINE_PX) - LINES_SPARE);
  const seen = names.slice(first, first + LINES_SEEN + 2 * LINES_SPARE);
  return (
    // biome-ignore lint/a11y/useSemanticElements: it names a list; a fieldset holds fields
    <div
      className="node-window"
      style={{ maxHeight: LINES_SEEN * LINE_PX }}
      role="group"
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard
      tabIndex={0}
      onScroll={(e) => setTop(e.currentTarget.scrollTop)}
    >
      <ul style={{ height: names.length * LINE_PX }}>
        {seen.map((name, i) => (
          <li
            key={name}
            aria-setsize={names.length}
            aria-posinset={first + i + 1}
            style={{ top: (first + i) * LINE_PX, height: LINE_PX }}
          >
            {props.line(name)}
          </li>
        ))}
      </ul>
    </div>
  );
}
