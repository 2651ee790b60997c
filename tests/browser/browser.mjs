// Chromium, and a page that reports everything a person in charge would not want in the console.
import { chromium } from "playwright-core";
import axe from "axe-core";

const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const DESKTOP = { viewport: { width: 1440, height: 900 } };

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, headless: true, args: QUIET });
}

/** A visitor: own storage, own page. `faults` fills with console errors, exceptions and policy violations. */
export async function visit(browser, origin, options = {}) {
  const { path = "/", lang = "zh-CN", ...device } = options;
  const context = await browser.newContext({ locale: lang, timezoneId: "Asia/Shanghai", ...PHONE, ...device });
  const page = await context.newPage();
  const faults = [];
  watch(page, faults);
  await page.goto(origin + path);
  return { context, page, faults };
}

function watch(page, faults) {
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // A line that is down is what some tests are about; the browser logs each failed attempt itself.
    if (/WebSocket connection to|ERR_CONNECTION_(?:REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED/.test(message.text())) return;
    faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
}

export async function accessibilityFaults(page) {
  await page.evaluate(axe.source);
  // A toast fades out when it likes: half gone, its words would be judged as if they stayed so.
  const found = await page.evaluate(() => window.axe.run({ exclude: [".ant-message"] }, { resultTypes: ["violations"] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(" | ")}`);
}
