// The two menus of the note field. While an input method composes, the letters on their way are no name yet: the menus stay
// as they were until it is done.
import { useMemo, useRef, useState, type KeyboardEvent, type RefObject, type SyntheticEvent } from "react";
import type { CaseRow, Colleague, Id } from "../api/types";
import { useChoiceMenu } from "./choice-menu";
import { askedMark, putMark, type AskedMark } from "./note-marks";

type Happened = SyntheticEvent<HTMLTextAreaElement>;

const SHOWN = 8;

const has = (text: string, words: string) => text.toLowerCase().includes(words.toLowerCase());

/** Names that begin with the words, names that have them, then those whose office has them. */
export function matchingPeople(people: readonly Colleague[], words: string): Colleague[] {
  const rank = ({ name, department }: Colleague) => (name.startsWith(words) ? 0 : has(name, words) ? 1 : has(department.name, words) ? 2 : 3);
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
  text: string;
  write: (text: string) => void;
  /** undefined = on their way. */
  people: readonly Colleague[] | undefined;
  cases: readonly CaseRow[];
}

export function useMarkMenus({ area, text, write, people, cases }: Asked) {
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
  const found = useMemo(() => matchingPeople(people ?? [], words), [people, words]);
  const theirs = useMemo(() => matchingCases(cases, words), [cases, words]);
  // Somebody who writes on after the sign means no name: then nothing lies over what they read.
  const person = useChoiceMenu({
    id: "person",
    open: open("person") && (found.length > 0 || people === undefined),
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
