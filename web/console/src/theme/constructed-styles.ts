// Stands in for the component kit's own writer of styles (see vite.config.ts). The page's policy is `style-src 'self'`,
// which refuses style elements with text in them but not sheets that a script constructs: so each style becomes one
// constructed sheet. The names and arguments are those of the module that it replaces.

type Order = "prepend" | "prependQueue" | "append";

interface Options {
  mark?: string;
  prepend?: boolean | "queue";
  priority?: number;
}

interface Written {
  key: string;
  order: Order;
  priority: number;
  sheet: CSSStyleSheet;
  /** The kit hangs attributes on what it believes to be its style element. It is never put into the page. */
  stand_in: HTMLElement;
}

const written: Written[] = [];
const rank = { prepend: 0, prependQueue: 1, append: 2 };

function orderOf(prepend: Options["prepend"]): Order {
  return prepend === "queue" ? "prependQueue" : prepend ? "prepend" : "append";
}

/** Lower ranks first, lower priorities first, and what came earlier stays earlier. */
function place(one: Written): void {
  const at = written.findIndex(
    (other) => rank[other.order] > rank[one.order] || (other.order === one.order && other.priority > one.priority),
  );
  written.splice(at < 0 ? written.length : at, 0, one);
}

/** At once, not later: the kit measures in the same turn. The browser matches anew only when something is measured. */
function adopt(): void {
  document.adoptedStyleSheets = written.map(({ sheet }) => sheet);
}

function write(css: string, key: string, options: Options): HTMLElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const stand_in = document.createElement("span");
  place({ key, order: orderOf(options.prepend), priority: options.priority ?? 0, sheet, stand_in });
  adopt();
  return stand_in;
}

const nameOf = (key: string, options: Options) => `${options.mark ?? ""}|${key}`;

export function injectCSS(css: string, options: Options = {}): HTMLElement {
  return write(css, "", options);
}

export function updateCSS(css: string, key: string, options: Options = {}): HTMLElement {
  const name = nameOf(key, options);
  const held = written.find((one) => one.key === name);
  if (!held) return write(css, name, options);
  held.sheet.replaceSync(css);
  return held.stand_in;
}

export function removeCSS(key: string, options: Options = {}): void {
  const name = nameOf(key, options);
  const at = written.findIndex((one) => one.key === name);
  if (at < 0) return;
  written.splice(at, 1);
  adopt();
}

export function clearContainerCache(): void {}
