// What this browser keeps between visits. Private windows may keep nothing, and what comes back may be anything: whoever
// reads it looks at it first.

export function readKept(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

export function writeKept(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Then the next visit begins anew.
  }
}
