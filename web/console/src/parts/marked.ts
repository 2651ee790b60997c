// Cuts a text at its marks, which are half-open ranges [from, to) counted in Unicode code points. Pure.

export function marked(text: string, marks: readonly (readonly [number, number])[]): { text: string; hit: boolean }[] {
  const points = [...text];
  const pieces: { text: string; hit: boolean }[] = [];
  let at = 0;
  const put = (to: number, hit: boolean) => {
    if (to > at) pieces.push({ text: points.slice(at, to).join(""), hit });
    at = Math.max(at, to);
  };
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    put(Math.min(from, points.length), false);
    put(Math.min(to, points.length), true);
  }
  put(points.length, false);
  return pieces;
}
