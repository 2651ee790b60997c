// Cuts a text at its marks, which are half-open ranges [from, to) counted in UTF-16 units, as JavaScript counts. Pure.

export function marked(text: string, marks: readonly (readonly [number, number])[]): { text: string; hit: boolean }[] {
  const pieces: { text: string; hit: boolean }[] = [];
  let at = 0;
  const put = (to: number, hit: boolean) => {
    if (to > at) pieces.push({ text: text.slice(at, to), hit });
    at = Math.max(at, to);
  };
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    put(Math.min(from, text.length), false);
    put(Math.min(to, text.length), true);
  }
  put(text.length, false);
  return pieces;
}
