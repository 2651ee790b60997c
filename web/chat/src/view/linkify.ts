// Splits a text into words and web addresses. Only http and https become links, and only up to where Chinese text or
// closing punctuation begins.

export type Piece = { text: string; href?: string };

const ADDRESS = /https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/gi;
const TRAILING = /[.,;:!?'")\]]+$/;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    let href: string;
    try {
      href = new URL(address).href;
    } catch {
      continue;
    }
    const start = match.index;
    if (start > end) pieces.push({ text: text.slice(end, start) });
    pieces.push({ text: address, href });
    end = start + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}
