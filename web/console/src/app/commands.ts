// Finding a command by a few letters. Pure.

export interface Command {
  title: string;
  /** Pinyin initials of the title: "hh" for 会话. */
  initials: string;
  hint: string;
  run: () => void;
}

const SHOWN = 9;

/** Best first: the title begins with the words, then the initials do, then the title has them somewhere. */
export function matching(commands: readonly Command[], words: string): Command[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return commands.slice(0, SHOWN);
  const rank = ({ title, initials }: Command) => {
    const name = title.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (initials !== "" && initials.startsWith(wanted)) return 1;
    return name.includes(wanted) ? 2 : 3;
  };
  const ranked = commands.map((command) => ({ command, rank: rank(command) })).filter(({ rank }) => rank < 3);
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ command }) => command);
}
