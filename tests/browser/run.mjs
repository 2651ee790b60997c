// The web chat as people meet it: the real server, a real browser. ZHUQI_BIN names the binary; screenshots go to out/screenshots.
// Arguments: parts of test names, to run only those.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { accessibilityFaults, DESKTOP, launch, visit } from "./browser.mjs";
import { Server } from "./server.mjs";

const root = resolve(import.meta.dirname, "../..");
const shots = resolve(root, "out/screenshots");
const WAIT = 10_000;

const tests = [];
const test = (name, run) => tests.push({ name, run });

const bot = (page) => page.locator(".theirs.bot .bubble:not(.dots)");
const mine = (page) => page.locator(".mine .bubble");
const live = (page) => page.locator(".options button:not([disabled])");
const banner = (page) => page.locator(".banner");
const shot = (page, name) => page.screenshot({ path: resolve(shots, `${name}.png`) });

async function greeted(page) {
  await live(page).first().waitFor({ timeout: WAIT });
}

async function say(page, words) {
  const before = await bot(page).count();
  await page.locator("textarea").fill(words);
  await page.locator(".composer button").click();
  return before;
}

/** Says it and waits until the bot has answered. */
async function ask(page, words) {
  const before = await say(page, words);
  await page.waitForFunction((n) => document.querySelectorAll(".theirs.bot .bubble:not(.dots)").length > n, before, { timeout: WAIT });
}

async function tap(page, label) {
  const before = await bot(page).count();
  await live(page).filter({ hasText: label }).first().click();
  await page.waitForFunction((n) => document.querySelectorAll(".theirs.bot .bubble:not(.dots)").length > n, before, { timeout: WAIT });
}

test("a first visitor is greeted with tappable answers", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  assert.equal(await page.locator("h1").innerText(), "企业服务");
  assert.ok((await bot(page).first().innerText()).length > 0);
  for (const box of await live(page).all()) assert.ok((await box.boundingBox()).height >= 44);
  await shot(page, "phone-greeting");
});

test("a problem is raised from the menu to the official's queue", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  await tap(page, "反映问题与诉求");
  assert.equal(await mine(page).last().innerText(), "反映问题与诉求");
  await tap(page, "物流");
  await shot(page, "phone-problem");
  await ask(page, "两辆货车自周一起办不下通行证，原料运不进厂，希望本周内解决。");
  await tap(page, "一周内需要解决");
  await ask(page, "李敏");
  await ask(page, "13800138000");
  assert.match(await bot(page).last().innerText(), /通行证[\s\S]*李敏/);
  await shot(page, "phone-confirm");
  await tap(page, "确认提交");
  await page.locator(".status-queue").waitFor({ timeout: WAIT });
  await page.locator(".notice").waitFor({ timeout: WAIT });
  assert.equal(await live(page).count(), 0);
  await shot(page, "phone-submitted");
});

test("a reload shows the same conversation", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  await tap(page, "反映问题与诉求");
  const before = await page.locator(".bubble:not(.dots)").allInnerTexts();
  await page.reload();
  await greeted(page);
  assert.deepEqual(await page.locator(".bubble:not(.dots)").allInnerTexts(), before);
});

test("two tabs of one visitor show the same", async ({ browser, server, visitor }) => {
  const { page, context } = await visitor(browser, server.origin);
  await greeted(page);
  const other = await context.newPage();
  await other.goto(server.origin);
  await greeted(other);
  await tap(page, "反映问题与诉求");
  await other.locator(".mine .bubble", { hasText: "反映问题与诉求" }).waitFor({ timeout: WAIT });
  assert.equal(await mine(other).count(), 1);
});

test("a message written while the server is dead is delivered once, also over a reload", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  await server.kill("SIGKILL");
  const words = "服务器重启期间写下的话";
  await say(page, words);
  await banner(page).waitFor({ timeout: WAIT });
  await page.locator(".mine .spinner").waitFor({ timeout: WAIT });
  await shot(page, "phone-reconnecting");
  await server.start();
  await banner(page).waitFor({ state: "detached", timeout: 20_000 });
  await page.locator(".mine .spinner").waitFor({ state: "detached", timeout: WAIT });
  await page.reload();
  await page.locator(".mine .bubble", { hasText: words }).waitFor({ timeout: WAIT });
  await sleep(500);
  assert.equal(await page.locator(".mine .bubble", { hasText: words }).count(), 1);
});

test("an unsent message survives closing the page", async ({ browser, server, visitor }) => {
  const { page, context } = await visitor(browser, server.origin);
  await greeted(page);
  await server.kill("SIGKILL");
  await say(page, "关闭页面之前写的");
  await page.close();
  await server.start();
  const later = await context.newPage();
  await later.goto(server.origin);
  await later.locator(".mine .bubble", { hasText: "关闭页面之前写的" }).waitFor({ timeout: WAIT });
  await later.locator(".mine .spinner").waitFor({ state: "detached", timeout: WAIT });
  await later.reload();
  await later.locator(".mine .bubble", { hasText: "关闭页面之前写的" }).waitFor({ timeout: WAIT });
  assert.equal(await later.locator(".mine .bubble", { hasText: "关闭页面之前写的" }).count(), 1);
});

test("a phone without network is told, marks what waits, and sends it afterwards", async ({ browser, server, visitor }) => {
  const { page, context } = await visitor(browser, server.origin);
  await greeted(page);
  await server.kill("SIGKILL");
  await context.setOffline(true);
  await banner(page).waitFor({ timeout: WAIT });
  assert.match(await banner(page).innerText(), /网络未连接/);
  await say(page, "地铁里写的");
  await page.locator(".failed").waitFor({ timeout: 25_000 });
  await shot(page, "phone-offline");
  await server.start();
  await context.setOffline(false);
  await page.locator(".failed").waitFor({ state: "detached", timeout: 20_000 });
  assert.equal(await mine(page).filter({ hasText: "地铁里写的" }).count(), 1);
});

test("the page changes its language, keeps it, and greets a foreign visitor in theirs", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  await page.locator(".header-end .icon-button").click();
  await page.locator("[role=menu]").waitFor();
  await shot(page, "phone-language");
  await page.getByRole("menuitemradio", { name: "日本語" }).click();
  assert.equal(await page.locator("textarea").getAttribute("placeholder"), "ご質問を入力してください");
  await page.reload();
  await greeted(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "ja");
  const english = await visitor(browser, server.origin, { lang: "en-GB" });
  await greeted(english.page);
  assert.equal(await english.page.locator("h1").innerText(), "Business Services");
  const greeting = await bot(english.page).first().innerText();
  assert.match(greeting, /^Welcome/);
  assert.doesNotMatch(greeting.replace("中文 / 日本語 / 한국어", ""), /[\u4e00-\u9fff]/);
  await shot(english.page, "phone-english");
});

test("Enter sends, but not while an input method composes", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  const field = page.locator("textarea");
  await field.fill("nihao");
  await field.evaluate((area) => {
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }));
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }));
  });
  assert.equal(await mine(page).count(), 0);
  await field.press("Shift+Enter");
  assert.equal(await mine(page).count(), 0);
  await field.press("Enter");
  await mine(page).waitFor();
  assert.equal(await field.inputValue(), "");
});

test("what people paste stays text: markup, long words, addresses", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  await ask(page, `<img src=x onerror=alert(1)> ${"长".repeat(120)}${"W".repeat(200)} 见https://www.gov.cn/zhengce?id=1。`);
  const bubble = mine(page).last();
  assert.equal(await bubble.locator("img").count(), 0);
  const link = bubble.locator("a");
  assert.equal(await link.getAttribute("href"), "https://www.gov.cn/zhengce?id=1");
  assert.match(await link.getAttribute("rel"), /noopener/);
  const overflow = await page.locator(".log").evaluate((log) => log.scrollWidth > log.clientWidth);
  assert.equal(overflow, false);
  await shot(page, "phone-long");
});

test("a long conversation is paged in from above", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  await page.evaluate(() => {
    const make = (i) => ({ id: crypto.randomUUID(), at: Date.now(), text: `第${i}句` });
    const token = localStorage.getItem("zhuqi.chat.token");
    return new Promise((done, fail) => {
      const socket = new WebSocket(`ws://${location.host}/api/v1/chat/stream`);
      let sent = 0;
      const send = () => (sent < 90 ? socket.send(JSON.stringify({ type: "send", ...make(++sent) })) : done(socket.close()));
      socket.onerror = fail;
      socket.onopen = () => socket.send(JSON.stringify({ type: "hello", token, after: 1e9, lang: "zh-CN" }));
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        if (frame.type === "welcome" || frame.type === "ack") send();
        if (frame.type === "nack") setTimeout(() => (sent--, send()), 600);
      };
    });
  });
  await page.reload();
  await page.locator(".mine .bubble", { hasText: "第90句" }).waitFor({ timeout: WAIT });
  const older = page.locator(".older");
  for (let i = 0; i < 10 && (await older.count()) > 0; i++) {
    const before = await page.locator(".line").count();
    await older.click();
    await page.waitForFunction((n) => document.querySelectorAll(".line").length > n || !document.querySelector(".older"), before);
  }
  const said = (await mine(page).allInnerTexts()).filter((t) => /^第\d+句$/.test(t));
  assert.deepEqual(said, Array.from({ length: 90 }, (_, i) => `第${i + 1}句`));
});

test("a wide screen shows a calm column, by day and by night", async ({ browser, server, visitor }) => {
  for (const colorScheme of ["light", "dark"]) {
    const wide = { ...DESKTOP, deviceScaleFactor: 1, hasTouch: false, isMobile: false, colorScheme };
    const { page } = await visitor(browser, server.origin, wide);
    await greeted(page);
    await tap(page, "反映问题与诉求");
    assert.deepEqual(await accessibilityFaults(page), []);
    await shot(page, `desktop-${colorScheme}`);
  }
  const { page } = await visitor(browser, server.origin, { colorScheme: "dark" });
  await greeted(page);
  await tap(page, "反映问题与诉求");
  await shot(page, "phone-dark");
});

test("axe finds nothing, in conversation and with the menu open", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin);
  await greeted(page);
  await tap(page, "反映问题与诉求");
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.locator(".header-end .icon-button").click();
  assert.deepEqual(await accessibilityFaults(page), []);
});

test("the keyboard alone is enough", async ({ browser, server, visitor }) => {
  const { page } = await visitor(browser, server.origin, { hasTouch: false, isMobile: false });
  await greeted(page);
  const reached = [];
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement?.tagName + "." + (document.activeElement?.closest("[class]")?.className ?? "")));
  }
  assert.ok(reached.some((r) => r.startsWith("TEXTAREA")), reached.join(" "));
  await live(page).first().focus();
  await page.keyboard.press("Enter");
  await mine(page).waitFor({ timeout: WAIT });
});

test("one script tag puts the chat into another page", async ({ browser, server, visitor }) => {
  for (const [name, device] of [["phone", {}], ["desktop", { ...DESKTOP, deviceScaleFactor: 1, hasTouch: false, isMobile: false }]]) {
    const { page } = await visitor(browser, server.origin, { path: "/embed-demo.html", ...device });
    const globals = await page.evaluate(() => Object.keys(window).filter((key) => /zhuqi/i.test(key)));
    assert.deepEqual(globals, []);
    await page.locator("zhuqi-chat").waitFor({ state: "attached" });
    await page.mouse.click(device.viewport ? 1370 : 330, (device.viewport?.height ?? 844) - 46);
    // window.frames does not list what stands in a shadow tree.
    for (let i = 0; i < 100 && page.frames().length < 2; i++) await sleep(50);
    const frame = page.frames().find((f) => f !== page.mainFrame());
    await frame.locator(".options button:not([disabled])").first().waitFor({ timeout: WAIT });
    await sleep(300);
    await shot(page, `${name}-embed`);
    await frame.locator("textarea").focus();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.tagName === "ZHUQI-CHAT", null, { timeout: WAIT });
  }
});

async function main() {
  mkdirSync(shots, { recursive: true });
  const binary = process.env.ZHUQI_BIN;
  if (!binary) throw new Error("ZHUQI_BIN must name the server's binary");
  const wanted = process.argv.slice(2);
  const chosen = tests.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  const browser = await launch();
  let failed = 0;
  for (const { name, run } of chosen) {
    const server = await Server.create(resolve(binary));
    const opened = [];
    const visitor = async (...args) => {
      const one = await visit(...args);
      opened.push(one);
      return one;
    };
    try {
      await server.start();
      await run({ browser, server, visitor });
      const faults = opened.flatMap((one) => one.faults);
      assert.deepEqual(faults, [], "the console must stay silent");
      console.log(`ok    ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
      const last = opened.at(-1);
      if (last) await last.page.screenshot({ path: resolve(shots, "failure.png") }).catch(() => {});
      console.log(server.output.split("\n").slice(-20).join("\n"));
    }
    await Promise.all(opened.map((one) => one.context.close().catch(() => {})));
    await server.remove();
  }
  await browser.close();
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;
}

await main();
