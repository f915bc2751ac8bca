import type { KeyboardEvent } from 'react';

export interface Tab<T extends string> {
  id: T;
  label: string;
}

/** A tab list with one tab stop: arrows, Home and End move and select. The panel is `{prefix}-panel`. */
export function Tabs<T extends string>(props: {
  label: string;
  prefix: string;
  tabs: readonly Tab<T>[];
  active: T;
  onSelect: (id: T) => void;
}) {
  const { tabs, active, onSelect, prefix } = props;
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex((x) => x.id === active);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length]!;
    onSelect(next.id);
    document.getElementById(`${prefix}-tab-${next.id}`)?.focus();
  };
  return (
    <div className="p-tabs" role="tablist" aria-label={props.label} onKeyDown={move}>
      {tabs.map((x) => (
        <button
          key={x.id}
          type="button"
          role="tab"
          id={`${prefix}-tab-${x.id}`}
          aria-selected={x.id === active}
          aria-controls={`${prefix}-panel`}
          tabIndex={x.id === active ? 0 : -1}
          onClick={() => onSelect(x.id)}
        >
          {x.label}
        </button>
      ))}
    </div>
  );
}
