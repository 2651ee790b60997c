// A short menu above the field one writes in: arrows move, Enter or Tab takes, Escape closes, and the focus never leaves
// the field. For canned replies, colleagues, case numbers.
import { useState, type KeyboardEvent, type ReactNode } from "react";

export interface ChoiceMenu<T> {
  open: boolean;
  items: readonly T[];
  at: number;
  point: (at: number) => void;
  take: (item: T) => void;
  /** True where the key was for the menu. */
  onKey: (event: KeyboardEvent) => boolean;
  /** For the field: which option a screen reader should read. */
  aria: { "aria-controls": string | undefined; "aria-activedescendant": string | undefined };
}

interface Asked<T> {
  id: string;
  open: boolean;
  items: readonly T[];
  take: (item: T) => void;
  close: () => void;
}

export function useChoiceMenu<T>({ id, open, items, take, close }: Asked<T>): ChoiceMenu<T> {
  const [pointed, setPointed] = useState(0);
  const at = Math.min(pointed, Math.max(items.length - 1, 0));
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const item = items[at];
    if (event.key === "ArrowDown") setPointed(Math.min(at + 1, items.length - 1));
    else if (event.key === "ArrowUp") setPointed(Math.max(at - 1, 0));
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && item !== undefined && !event.ctrlKey && !event.metaKey) take(item);
    else return false;
    event.preventDefault();
    return true;
  };
  const shown = open && items.length > 0;
  const aria = { "aria-controls": open ? `${id}-list` : undefined, "aria-activedescendant": shown ? `${id}-${at}` : undefined };
  return { open, items, at, point: setPointed, take, onKey, aria };
}

interface Props<T> {
  id: string;
  title: string;
  /** What is said where there is nothing to choose. */
  none: string;
  menu: ChoiceMenu<T>;
  keyOf: (item: T) => string;
  children: (item: T) => ReactNode;
}

export function ChoiceList<T>({ id, title, none, menu, keyOf, children }: Props<T>) {
  return (
    <div className="choices">
      <p className="choices-head">{title}</p>
      {menu.items.length === 0 && <p className="choices-none">{none}</p>}
      <ul id={`${id}-list`} role="listbox" aria-label={title}>
        {menu.items.map((item, i) => (
          <li
            key={keyOf(item)}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === menu.at}
            onMouseMove={() => menu.point(i)}
            onMouseDown={(event) => {
              event.preventDefault();
              menu.take(item);
            }}
          >
            {children(item)}
          </li>
        ))}
      </ul>
    </div>
  );
}
