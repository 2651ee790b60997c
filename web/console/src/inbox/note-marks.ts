// What `@` and `#` mean in a note: who is named, which case is meant. Chinese input methods give their full-width forms as
// well. Pure.
import type { Id, Named } from "../api/types";

export interface AskedMark {
  kind: "person" | "case";
  /** Where the sign stands. */
  from: number;
  /** What was typed after it. */
  words: string;
}

const WORDS_LIMIT = 26; // a whole case number
const signs: Readonly<Record<string, AskedMark["kind"]>> = { "@": "person", "＠": "person", "#": "case", "＃": "case" };

/** The sign before the caret that something is just being typed after; an address like a@b is not meant. */
export function askedMark(text: string, caret: number): AskedMark | null {
  for (let at = caret - 1; at >= 0 && caret - at <= WORDS_LIMIT + 1; at--) {
    const letter = text[at] as string;
    if (/\s/.test(letter)) return null;
    const kind = signs[letter];
    if (kind === undefined) continue;
    return at > 0 && /[\w.]/.test(text[at - 1] as string) ? null : { kind, from: at, words: text.slice(at + 1, caret) };
  }
  return null;
}

/** The text with what was chosen in place of what was asked, and where the caret goes. */
export function putMark(text: string, { kind, from, words }: AskedMark, chosen: string): { text: string; caret: number } {
  const mark = `${kind === "person" ? "@" : "#"}${chosen} `;
  const rest = text.slice(from + 1 + words.length).replace(/^ /, "");
  return { text: text.slice(0, from) + mark + rest, caret: from + mark.length };
}

export const namesSomebody = (text: string) => /[@＠]/.test(text);

interface Found {
  from: number;
  to: number;
  name: string;
}

/** Each `@name` of somebody there is; where one name begins another, the longer one is meant. */
function namesIn(text: string, names: readonly string[]): Found[] {
  const found: Found[] = [];
  const longestFirst = [...new Set(names)].filter((name) => name !== "").sort((a, b) => b.length - a.length);
  for (let at = 0; at < text.length; at++) {
    if (signs[text[at] as string] !== "person") continue;
    const name = longestFirst.find((one) => text.startsWith(one, at + 1));
    if (name === undefined) continue;
    found.push({ from: at, to: at + 1 + name.length, name });
    at += name.length;
  }
  return found;
}

/** Who is named. Of two people with one name it is the one who was chosen from the list; else nobody can tell. */
export function namedIn<T extends Named>(text: string, people: readonly T[], chosen: ReadonlySet<Id>): T[] {
  const named = new Set<T>();
  for (const { name } of namesIn(text, people.map((one) => one.name))) {
    const called = people.filter((one) => one.name === name);
    const meant = called.length === 1 ? called : called.filter(({ id }) => chosen.has(id));
    for (const one of meant) named.add(one);
  }
  return [...named];
}

export interface NotePart {
  kind: "words" | "person" | "case";
  text: string;
}

/** As the server writes them: region, day, serial, check digits. */
const CASE = /[#＃]ZQ\d{6}-\d{6}-\d{5}-\d{2}/g;

/** A note cut into its words, the people it names and the cases it means. */
export function notePartsOf(text: string, to: readonly Named[]): NotePart[] {
  const people = namesIn(text, to.map(({ name }) => name)).map((found) => ({ ...found, kind: "person" as const }));
  const cases = [...text.matchAll(CASE)].map((match) => ({ from: match.index, to: match.index + match[0].length, kind: "case" as const }));
  const parts: NotePart[] = [];
  let at = 0;
  const put = (kind: NotePart["kind"], to: number) => {
    if (to > at) parts.push({ kind, text: text.slice(at, to) });
    at = Math.max(at, to);
  };
  for (const { from, to: end, kind } of [...people, ...cases].sort((a, b) => a.from - b.from)) {
    if (from < at) continue;
    put("words", from);
    put(kind, end);
  }
  put("words", text.length);
  return parts;
}
