// What survives a reload on this device: the visitor's token, the language, and messages not yet acknowledged. Storage may be
// forbidden, full or shared with other tabs, so every access may fail and each message has a key of its own.

import type { UiLang } from "./protocol";

const PREFIX = "zhuqi.chat.";
const OUTBOX = `${PREFIX}outbox.`;
export const TOKEN_KEY = `${PREFIX}token`;
const LANG_KEY = `${PREFIX}lang`;

/** Unsent messages kept on the device; the composer stops taking more. */
export const OUTBOX_LIMIT = 20;
/** Older than this, an unsent message is dropped at start: its moment has passed. Milliseconds. */
const OUTBOX_MAX_AGE_MS = 24 * 60 * 60 * 1000;

export interface KeyValue {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface StoredMessage {
  id: string;
  at: number;
  text: string;
}

class MemoryStorage implements KeyValue {
  private readonly map = new Map<string, string>();
  get length(): number {
    return this.map.size;
  }
  key(index: number): string | null {
    return [...this.map.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.map.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.map.set(key, value);
  }
  removeItem(key: string): void {
    this.map.delete(key);
  }
}

/** localStorage where it works, else memory: a chat that forgets is better than none. */
export function openStorage(): KeyValue {
  try {
    const probe = `${PREFIX}probe`;
    window.localStorage.setItem(probe, "1");
    window.localStorage.removeItem(probe);
    return window.localStorage;
  } catch {
    return new MemoryStorage();
  }
}

export class DeviceMemory {
  constructor(private readonly store: KeyValue) {}

  token(): string | null {
    return this.store.getItem(TOKEN_KEY);
  }

  setToken(token: string | null): void {
    this.write(TOKEN_KEY, token);
  }

  language(): string | null {
    return this.store.getItem(LANG_KEY);
  }

  setLanguage(lang: UiLang): void {
    this.write(LANG_KEY, lang);
  }

  /** Oldest first. */
  outbox(now: number): StoredMessage[] {
    const messages: StoredMessage[] = [];
    for (const key of this.outboxKeys()) {
      const message = this.read(key);
      if (message && now - message.at < OUTBOX_MAX_AGE_MS) messages.push(message);
      else this.write(key, null);
    }
    return messages.sort((a, b) => a.at - b.at).slice(-OUTBOX_LIMIT);
  }

  keep(message: StoredMessage): void {
    this.write(OUTBOX + message.id, JSON.stringify({ at: message.at, text: message.text }));
  }

  drop(id: string): void {
    this.write(OUTBOX + id, null);
  }

  private outboxKeys(): string[] {
    const keys: string[] = [];
    for (let i = 0; i < this.store.length; i++) {
      const key = this.store.key(i);
      if (key?.startsWith(OUTBOX)) keys.push(key);
    }
    return keys;
  }

  private read(key: string): StoredMessage | null {
    try {
      const value: unknown = JSON.parse(this.store.getItem(key) ?? "");
      if (typeof value !== "object" || value === null) return null;
      const { at, text } = value as Record<string, unknown>;
      if (typeof at !== "number" || typeof text !== "string") return null;
      return { id: key.slice(OUTBOX.length), at, text };
    } catch {
      return null;
    }
  }

  private write(key: string, value: string | null): void {
    try {
      if (value === null) this.store.removeItem(key);
      else this.store.setItem(key, value);
    } catch {
      // Quota or policy: the message still lives in this page.
    }
  }
}
