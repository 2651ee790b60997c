// The one door to the server: JSON, the CSRF token, errors as values with a sentence, and acts that may be sent again.
import { actId } from "./act-id";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly request: string,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message);
  }
  get retryAfterMs(): number {
    const ms = this.detail["retry_after_ms"];
    return typeof ms === "number" ? ms : 0;
  }
  get winner(): string {
    return typeof this.detail["winner"] === "string" ? this.detail["winner"] : "";
  }
  /** Nobody knows whether it was done: the same act may go out again under the same id. */
  get worthRepeating(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
  get isConflict(): boolean {
    return this.status === 409;
  }
}

const BASE = "/api/v1";
const TIMEOUT_MS = 20_000;

let csrf = "";
let language = "zh-CN";
let onSignedOut: () => void = () => {};

export function setCsrf(token: string): void {
  csrf = token;
}
export function csrfToken(): string {
  return csrf;
}
export function setRequestLanguage(lang: string): void {
  language = lang;
}
/** Called when the server no longer knows our session. */
export function whenSignedOut(run: () => void): void {
  onSignedOut = run;
}

export type Method = "GET" | "POST" | "PUT" | "DELETE";
export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** The page may be going away: the browser finishes the request without it. */
  keepalive?: boolean;
}

async function errorOf(answer: Response): Promise<ApiError> {
  const body: unknown = await answer.json().catch(() => null);
  const error = (body as { error?: Record<string, unknown> } | null)?.error ?? {};
  const text = (name: string) => (typeof error[name] === "string" ? error[name] : "");
  return new ApiError(answer.status, text("code") || `http_${answer.status}`, text("message"), text("request"), error);
}

export async function call<T>(method: Method, path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, TIMEOUT_MS);
  options.signal?.addEventListener("abort", end);
  let answer: Response;
  try {
    answer = await fetch(BASE + path, {
      method,
      headers,
      credentials: "same-origin",
      signal: ending.signal,
      keepalive: options.keepalive ?? false,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (fault) {
    if (options.signal?.aborted) throw fault;
    throw new ApiError(0, "offline", "", "");
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", end);
  }
  if (answer.status === 204) return undefined as T;
  if (!answer.ok) {
    const error = await errorOf(answer);
    if (error.status === 401 && error.code === "not_signed_in") onSignedOut();
    throw error;
  }
  return (await answer.json()) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>("GET", path, undefined, { signal });
export const post = <T>(path: string, body: unknown) => call<T>("POST", path, body);
export const put = <T>(path: string, body: unknown, options?: CallOptions) => call<T>("PUT", path, body, options);
export const del = <T>(path: string) => call<T>("DELETE", path);

const REPEAT_MS = [400, 1200, 3000];
const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** An act under an id of its own: sent again under the same id where nobody knows whether it arrived. */
export async function act<T>(path: string, body: object, id: string = actId()): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call<T>("POST", path, { id, ...body });
    } catch (fault) {
      const pause = REPEAT_MS[attempt];
      if (!(fault instanceof ApiError) || !fault.worthRepeating || pause === undefined) throw fault;
      if (fault.retryAfterMs > 10_000) throw fault;
      await sleep(Math.max(fault.retryAfterMs, pause));
    }
  }
}

/** `?a=1&b=2` of what is set. */
export function query(fields: Record<string, string | number | null | undefined>): string {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return set.length === 0 ? "" : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`;
}
