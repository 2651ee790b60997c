// Who sits here. Asked once at the start; everything else follows from `me.permissions`.
import { create } from "zustand";
import { ApiError, get, post, setCsrf, del } from "../api/client";
import { setClock } from "../api/act-id";
import type { Me, Reach } from "../api/types";

export type Phase = "loading" | "unreachable" | "setup" | "out" | "in";

interface Session {
  phase: Phase;
  me: Me | null;
  /** The session ended while somebody worked: say so at the door. */
  ended: boolean;
}

export const useSession = create<Session>(() => ({ phase: "loading", me: null, ended: false }));

async function enter(): Promise<void> {
  const { me, csrf, now } = await get<{ me: Me; csrf: string; now: number }>("/session");
  setCsrf(csrf);
  setClock(now, Date.now());
  useSession.setState({ phase: "in", me, ended: false });
}

export async function findSession(): Promise<void> {
  if (useSession.getState().phase !== "unreachable") useSession.setState({ phase: "loading" });
  try {
    await enter();
  } catch (fault) {
    if (!(fault instanceof ApiError) || fault.status !== 401) return useSession.setState({ phase: "unreachable" });
    const needed = await get<{ needed: boolean }>("/setup").then((setup) => setup.needed, () => false);
    useSession.setState({ phase: needed ? "setup" : "out", me: null });
  }
}

export async function signIn(login: string, password: string, code: string): Promise<void> {
  await post<{ me: Me }>("/session", code === "" ? { login, password } : { login, password, code });
  await enter();
}

export async function refreshMe(): Promise<void> {
  await enter();
}

/** The stream says that its session is over. A changed password replaces the session, and then there is a new one. */
export async function stillSignedIn(): Promise<boolean> {
  return enter().then(
    () => true,
    (fault: unknown) => !(fault instanceof ApiError && fault.status === 401),
  );
}

export async function signOut(): Promise<void> {
  await del("/session").catch(() => undefined);
  setCsrf("");
  useSession.setState({ phase: "out", me: null, ended: false });
}

export function sessionEnded(): void {
  if (useSession.getState().phase !== "in") return;
  setCsrf("");
  useSession.setState({ phase: "out", me: null, ended: true });
}

/** How far my right reaches; undefined = I do not have it. */
export function reachOf(me: Me | null, permission: string): Reach | undefined {
  return me?.permissions[permission];
}

export function useMe(): Me {
  const me = useSession((session) => session.me);
  if (!me) throw new Error("no session");
  return me;
}

export function useMay(permission: string): boolean {
  return useSession(({ me }) => me?.permissions[permission] !== undefined);
}
