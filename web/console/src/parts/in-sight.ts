// A row of links that scrolls sideways on narrow screens shows the one that is current.
import { useEffect, useRef, type RefObject } from "react";

export function useCurrentInSight(current: string): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const at = row.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (row.current && at) row.current.scrollLeft = at.offsetLeft - (row.current.clientWidth - at.offsetWidth) / 2;
  }, [current]);
  return row;
}
