// What the single keys do, and how a person may change them. Pure.

export const usualKeys = {
  next: "j",
  previous: "k",
  search: "/",
  take: "t",
  reply: "r",
  note: "n",
  whisper: "w",
  transfer: "a",
  close: "e",
} as const;

export type KeyAction = keyof typeof usualKeys;
export type KeyMap = Readonly<Record<KeyAction, string>>;

export const keyActions = Object.keys(usualKeys) as KeyAction[];

/** `?` opens the help, `g` begins the ways to the pages. */
const reserved = new Set(["?", "g"]);
/** Letters, digits and the signs that need no Shift on most keyboards; `+` and blanks mean something to the key library. */
const USABLE = /^[a-z0-9/.,;'[\]\\=`-]$/;

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** null for what is no single key: a chord, an arrow, a letter with Shift. */
export function singleKey({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string | null {
  if (ctrlKey || metaKey || altKey || shiftKey) return null;
  const plain = key.toLowerCase(); // Caps Lock
  return USABLE.test(plain) || reserved.has(plain) ? plain : null;
}

export type Bound = { map: KeyMap } | { refused: "reserved" } | { refused: "taken"; by: KeyAction };

export function bind(map: KeyMap, action: KeyAction, key: string): Bound {
  if (reserved.has(key) || !USABLE.test(key)) return { refused: "reserved" };
  const by = keyActions.find((other) => other !== action && map[other] === key);
  return by ? { refused: "taken", by } : { map: { ...map, [action]: key } };
}

/** What was kept, as far as it makes sense; a key that would mean two things brings all of them back to the usual ones. */
export function keyMapFrom(kept: unknown): KeyMap {
  if (typeof kept !== "object" || kept === null) return usualKeys;
  const map = { ...usualKeys } as Record<KeyAction, string>;
  for (const action of keyActions) {
    const key = (kept as Record<string, unknown>)[action];
    if (typeof key === "string" && USABLE.test(key) && !reserved.has(key)) map[action] = key;
  }
  return new Set(Object.values(map)).size === keyActions.length ? map : usualKeys;
}

export const isUsual = (map: KeyMap) => keyActions.every((action) => map[action] === usualKeys[action]);

/** As it stands on the key. */
export const keyCap = (key: string) => key.toUpperCase();
