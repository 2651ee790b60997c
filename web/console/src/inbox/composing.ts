// Enter that belongs to an input method must not send. While it composes, browsers say so in one of two ways, and Safari
// says it only in the second one for the very key that ends the composing.
import type { KeyboardEvent as ReactKeyboardEvent } from "react";

export function isComposing(event: ReactKeyboardEvent | KeyboardEvent): boolean {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}
