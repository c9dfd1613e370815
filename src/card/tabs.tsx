/** Tabs as the ARIA practices describe them: one stop for the Tab key, arrows move and choose. */
import type { ComponentChildren } from "preact";

interface Tab {
  id: string;
  label: ComponentChildren;
}

interface Props {
  label: string;
  tabs: readonly Tab[];
  selected: string;
  /** Id of the element that the tabs fill. */
  panel: string;
  onSelect(id: string): void;
}

export function Tabs({ label, tabs, selected, panel, onSelect }: Props) {
  const move = (event: KeyboardEvent) => {
    const current = tabs.findIndex(({ id }) => id === selected);
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = (to + tabs.length) % tabs.length;
    onSelect(tabs[index]?.id ?? selected);
    const list = event.currentTarget as HTMLElement;
    list.querySelectorAll<HTMLElement>("[role=tab]")[index]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ id, label: text }) => (
        <button
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-selected={id === selected}
          aria-controls={panel}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
