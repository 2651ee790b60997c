// The two menus of the note field. While an input method composes, the letters on their way are no name yet: the menus stay
// as they were until it is done.
import { useMemo, useRef, useState, type KeyboardEvent, type RefObject, type SyntheticEvent } from "react";
import type { CaseRow, Id } from "../api/types";
import { useChoiceMenu } from "./choice-menu";
import { useNameable, type Nameable } from "./nameable";
import { askedMark, namesSomebody, putMark, type AskedMark } from "./note-marks";

type Happened = SyntheticEvent<HTMLTextAreaElement>;

const SHOWN = 8;

const has = (text: string, words: string) => text.toLowerCase().includes(words.toLowerCase());

/** Names that begin with the words, names that have them, then those whose office has them. */
export function matchingPeople(people: readonly Nameable[], words: string): Nameable[] {
  const rank = ({ name, department }: Nameable) => (name.startsWith(words) ? 0 : has(name, words) ? 1 : has(department.name, words) ? 2 : 3);
  return people
    .filter((one) => rank(one) < 3)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, SHOWN);
}

export function matchingCases(cases: readonly CaseRow[], words: string): CaseRow[] {
  return cases.filter(({ no, title }) => has(no, words) || has(title, words)).slice(0, SHOWN);
}

interface Asked {
  area: RefObject<HTMLTextAreaElement | null>;
  thread: Id;
  text: string;
  write: (text: string) => void;
  cases: readonly CaseRow[];
  /** Whether `@` means anything here. */
  naming: boolean;
}

export function useMarkMenus({ area, thread, text, write, cases, naming }: Asked) {
  const [asked, setAsked] = useState<AskedMark | null>(null);
  const [closed, setClosed] = useState(-1);
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set());
  const composing = useRef(false);
  const look = (field: HTMLTextAreaElement) => {
    if (composing.current) return;
    const next = field.selectionStart === field.selectionEnd ? askedMark(field.value, field.selectionStart) : null;
    setAsked(next);
    if (next === null) setClosed(-1);
  };
  const put = (words: string) => {
    if (!asked) return;
    const next = putMark(text, asked, words);
    write(next.text);
    setAsked(null);
    // The caret can go there only once the field shows the text.
    requestAnimationFrame(() => area.current?.setSelectionRange(next.caret, next.caret));
  };
  const open = (kind: AskedMark["kind"]) => asked?.kind === kind && asked.from !== closed;
  const close = () => setClosed(asked?.from ?? -1);
  const words = asked?.words ?? "";
  const people = useNameable(thread, naming && namesSomebody(text), asked?.kind === "person" ? words : "");
  const found = useMemo(() => matchingPeople(people ?? [], words), [people, words]);
  const theirs = useMemo(() => matchingCases(cases, words), [cases, words]);
  // Somebody who writes on after the sign means no name: then nothing lies over what they read.
  const person = useChoiceMenu({
    id: "person",
    open: naming && open("person") && (found.length > 0 || people === undefined),
    items: found,
    take: (one) => {
      setChosen((before) => new Set(before).add(one.id));
      put(one.name);
    },
    close,
  });
  const which = useChoiceMenu({ id: "case", open: open("case") && (theirs.length > 0 || words === ""), items: theirs, take: ({ no }) => put(no), close });
  return {
    person,
    case: which,
    people: people ?? [],
    chosen,
    watch: {
      onInput: (event: Happened) => look(event.currentTarget),
      onSelect: (event: Happened) => look(event.currentTarget),
      onCompositionStart: () => {
        composing.current = true;
      },
      onCompositionEnd: (event: Happened) => {
        composing.current = false;
        look(event.currentTarget);
      },
    },
    onKey: (event: KeyboardEvent) => person.onKey(event) || which.onKey(event),
    aria: person.open ? person.aria : which.aria,
  };
}
