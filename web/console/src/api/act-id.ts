// The id of an act: a UUID version 7 (RFC 9562), whose time is the server's, so that a wrong clock in the office does not
// make the server refuse it.

let ahead = 0;

/** `server` and `local` are the same instant on the two clocks. */
export function setClock(server: number, local: number): void {
  ahead = server - local;
}

export function actId(now: number = Date.now(), random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  const time = Math.max(0, Math.trunc(now + ahead)).toString(16).padStart(12, "0");
  const rest = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = ((random[2] ?? 0) & 0x3f) | 0x80;
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${rest.slice(1, 4)}-${variant.toString(16)}${rest.slice(6, 8)}-${rest.slice(8, 20)}`;
}
