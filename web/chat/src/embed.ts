// The one script tag for other people's pages: <script src="https://host/embed.js" async></script>. Puts a button into the
// corner and the chat behind it, in a shadow tree so that neither page styles the other. Leaves no globals, sets no
// inline styles (strict policies), and listens only to the frame it made.
// Attributes of the tag: data-lang (zh-CN, en, ja, ko), data-label (words of the button).

const WORDS: Record<string, [string, string]> = {
  zh: ["在线咨询", "关闭咨询窗口"],
  en: ["Chat with us", "Close the chat"],
  ja: ["オンライン相談", "相談を閉じる"],
  ko: ["온라인 상담", "상담 닫기"],
};

const CSS = `
:host{all:initial}
*{box-sizing:border-box}
button{position:fixed;right:max(20px,env(safe-area-inset-right));bottom:max(20px,env(safe-area-inset-bottom));z-index:2147483000;display:flex;align-items:center;gap:8px;height:52px;padding:0 20px 0 16px;border:0;border-radius:26px;background:#1f68dd;color:#fff;font:600 16px/1 -apple-system,BlinkMacSystemFont,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;cursor:pointer;box-shadow:0 6px 20px rgb(15 50 110/35%)}
button:hover{background:#1a5ac0}
button:focus-visible{outline:3px solid #9cc2ff;outline-offset:2px}
button.open{padding:0;width:52px;justify-content:center}
button.open span{display:none}
button.unread::after{content:"";position:absolute;top:2px;right:6px;width:12px;height:12px;border-radius:50%;background:#e5342b;border:2px solid #fff}
svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
iframe{position:fixed;right:max(20px,env(safe-area-inset-right));bottom:calc(max(20px,env(safe-area-inset-bottom)) + 66px);z-index:2147483000;width:400px;height:min(680px,calc(100vh - 110px));border:0;border-radius:14px;background:#ededed;box-shadow:0 18px 50px rgb(15 30 60/28%);color-scheme:normal}
iframe[hidden]{display:none}
@media (max-width:519px){iframe{inset:0;width:100%;height:100%;height:100dvh;border-radius:0}button.open{display:none}}
@media (prefers-reduced-motion:no-preference){iframe{animation:rise .18s ease-out}@keyframes rise{from{opacity:0;transform:translateY(10px)}}}`;

const BUBBLE = "M4 5h16v11h-8l-5 4v-4H4z";
const CROSS = "M6 6l12 12M18 6L6 18";

function install(script: HTMLScriptElement): void {
  const origin = new URL(script.src).origin;
  const lang = script.dataset.lang ?? navigator.language;
  const words = WORDS[lang.toLowerCase().split("-")[0] ?? ""] ?? WORDS.zh;
  const [label, closeLabel] = words as [string, string];
  const host = document.createElement("zhuqi-chat");
  const root = host.attachShadow({ mode: "closed" });
  addStyles(root);

  const button = document.createElement("button");
  button.type = "button";
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  icon.append(path);
  const span = document.createElement("span");
  span.textContent = script.dataset.label ?? label;
  button.append(icon, span);
  root.append(button);

  let frame: HTMLIFrameElement | null = null; // made at the first opening, so that a page nobody asks from costs nothing
  let open = false;
  const show = (next: boolean) => {
    open = next;
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.src = `${origin}/`;
      frame.title = label;
      root.prepend(frame);
    }
    if (frame) frame.hidden = !open;
    button.classList.toggle("open", open);
    button.classList.remove("unread");
    button.setAttribute("aria-expanded", String(open));
    if (open) button.setAttribute("aria-label", closeLabel);
    else button.removeAttribute("aria-label");
    path.setAttribute("d", open ? CROSS : BUBBLE);
    if (open) frame?.focus();
    else if (frame) button.focus();
  };

  button.addEventListener("click", () => show(!open));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) show(false);
  });
  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    const said: unknown = (event.data as { zhuqi?: unknown } | null)?.zhuqi;
    if (said === "close") show(false);
    if (said === "message" && !open) button.classList.add("unread");
  });
  show(false);
  document.body.append(host);
}

function addStyles(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet]; // not subject to style-src, unlike a <style>
  } catch {
    const style = document.createElement("style");
    style.textContent = CSS;
    root.append(style);
  }
}

const self = document.currentScript;
if (self instanceof HTMLScriptElement && self.src && !document.querySelector("zhuqi-chat")) {
  if (document.body) install(self);
  else document.addEventListener("DOMContentLoaded", () => install(self));
}

export {};
