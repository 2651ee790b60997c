// Steps of a script are titled with what they say, and what they say may have holes that are filled only when it is said. Pure.
import type { ScriptState, ThreadScript } from "../api/types";

const HOLE = /\{[^{}]{1,80}\}/g;

export const withoutHoles = (words: string) => words.replace(HOLE, "…");

/** Every step with a title for people; one that says nothing is called by `silent`. */
export function readable(script: ThreadScript, silent: (state: ScriptState) => string): ThreadScript {
  const titled = (state: ScriptState) => ({ ...state, title: withoutHoles(state.title) || silent(state) });
  const dialogs = script.dialogs.map((dialog) => ({ ...dialog, states: dialog.states.map(titled) }));
  return { ...script, dialogs };
}
