// The officials' console as people meet it: the real server, real browsers, enterprises in the web chat. ZHUQI_BIN names the
// binary; screenshots go to out/screenshots. Arguments: parts of test names, to run only those.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { accessibilityFaults, DESKTOP, launch, visit } from "./browser.mjs";
import {
  atConsole, choose, enterprise, field, foundCity, line, mayReply, newestWaiting, openThread, reply, sheetButton, signIn, take,
  takeButton, totp, unexpected, WAIT,
} from "./city.mjs";
import { Server } from "./server.mjs";

const root = resolve(import.meta.dirname, "../..");
const shots = resolve(root, "out/screenshots");
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const LAPTOP = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" };

const tests = [];
const test = (name, run, options = {}) => tests.push({ name, run, city: true, ...options });
const shot = (page, name) => page.screenshot({ path: resolve(shots, `console-${name}.png`) });

/** What fades in or out is judged when it has done so. */
async function stillness(page) {
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map(({ finished }) => finished)).then(() => undefined);
  });
}

async function clean(page, what) {
  await stillness(page);
  assert.deepEqual(await accessibilityFaults(page), [], `axe: ${what}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false, `${what} must not scroll sideways`);
}

test("the first set-up makes the city and its three administrators", async ({ browser, server, visitor }) => {
  const { page } = await atConsole(visitor, browser, server, LAPTOP);
  const token = readFileSync(join(server.folder, "data/setup.token"), "utf8").trim();
  await page.getByLabel("启用口令").fill(token);
  await page.getByLabel("城市名称").fill("青州市");
  await page.getByLabel("行政区划代码").fill("370700");
  await page.getByLabel("受理部门").fill("企业服务中心");
  await clean(page, "set-up, city");
  await shot(page, "setup");
  const password = "kuai-huo-lin-feng-7391";
  const next = page.locator("button[type=submit]");
  await next.click();
  for (const [name, login] of [["周系统", "sys"], ["吴安全", "sec"], ["郑审计", "aud"]]) {
    await page.locator(".setup-admin").waitFor();
    await page.getByLabel("姓名").fill(name);
    await page.getByLabel("登录名").fill(login);
    await page.getByLabel("密码", { exact: true }).fill(password);
    await page.getByLabel("再输入一次").fill(password);
    await clean(page, `set-up, ${login}`);
    await next.click();
  }
  await page.getByRole("button", { name: "登录" }).waitFor({ timeout: WAIT });
  await signIn(page, { login: "sys", password });
  await page.waitForURL(/\/console\/admin\/staff$/);
}, { city: false });

test("a wrong password is told, a second factor is asked for and proved", async ({ browser, server, visitor, city }) => {
  const zhang = city.get("zhang");
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await page.getByLabel("登录名").waitFor();
  await clean(page, "login");
  await shot(page, "login");
  await page.getByLabel("登录名").fill(zhang.login);
  await page.locator("input[type=password]").fill("not the password");
  await page.getByRole("button", { name: "登录" }).click();
  await page.locator(".ant-alert-error").waitFor({ timeout: WAIT });
  await signIn(page, zhang);
  await page.goto(`${server.origin}/console/account`);
  await page.getByRole("button", { name: "启用" }).click();
  const sheet = page.locator(".ant-modal");
  await sheet.locator("input[type=password]").fill(zhang.password);
  await sheetButton(page).click();
  const key = await sheet.locator(".factor-picture code").innerText({ timeout: WAIT });
  await clean(page, "second factor");
  await sheet.locator("input").fill(totp(key));
  await sheetButton(page).click();
  await sheet.locator(".recovery li").first().waitFor({ timeout: WAIT });
  const recovery = await sheet.locator(".recovery code").allInnerTexts();
  assert.equal(recovery.length, 10);
  await sheetButton(page).click();
  await page.locator(".rail-person").click();
  await page.getByText("退出登录").click();
  await page.getByLabel("登录名").fill(zhang.login);
  await page.locator("input[type=password]").fill(zhang.password);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByLabel("动态验证码").fill(recovery[0]);
  await clean(page, "code");
  await page.getByRole("button", { name: "验证并登录" }).click();
  await page.locator(".rail").waitFor({ timeout: WAIT });
});

test("two officials take one thread: one wins, the other is told who, the bot is silent", async ({ browser, server, visitor, city }) => {
  const a = await atConsole(visitor, browser, server, DESKTOP);
  const b = await atConsole(visitor, browser, server, LAPTOP);
  await signIn(a.page, city.get("zhang"));
  await signIn(b.page, city.get("li"));
  const firm = await enterprise(visitor, browser, server);
  await a.page.locator(".card").first().waitFor({ timeout: WAIT });
  const id = await newestWaiting(a.page);
  for (const { page } of [a, b]) await openThread(page, server, id);
  await shot(a.page, "waiting");
  // On a slow machine the slower page may hear of the other one before its click lands: then it has lost already.
  const clicks = await Promise.allSettled([a, b].map(({ page }) => takeButton(page).click({ timeout: 5_000 })));
  assert.ok(clicks.some(({ status }) => status === "fulfilled"), "somebody clicked");
  await Promise.any([mayReply(a.page), mayReply(b.page)]);
  await sleep(500);
  const [winner, loser] = (await field(a.page).count()) > 0 ? [a.page, b.page] : [b.page, a.page];
  assert.equal(await field(winner).count(), 1);
  assert.equal(await field(loser).count(), 0, "one winner");
  const name = winner === a.page ? "张敏" : "李强";
  await loser.locator(".composer-closed", { hasText: `${name} · 市企业服务中心 正在处理` }).waitFor({ timeout: WAIT });
  await reply(winner, "您好，请讲。");
  await firm.heard("您好，请讲。");
  await line(loser, "您好，请讲。").waitFor({ timeout: WAIT });
  const spoken = await firm.page.locator(".theirs.bot .bubble:not(.dots)").count();
  await firm.say("想问设备补贴");
  await line(winner, "想问设备补贴").waitFor({ timeout: WAIT });
  await sleep(1_500);
  assert.equal(await firm.page.locator(".theirs.bot .bubble:not(.dots)").count(), spoken, "the bot keeps silent");
  assert.equal(await line(winner, "您好，请讲。").count(), 1, "nothing is shown twice");
  await clean(winner, "thread");
  await shot(winner, "thread");
});

test("a thread goes to another department, is accepted there, and closed with a chance to undo", async ({ browser, server, visitor, city }) => {
  const a = await atConsole(visitor, browser, server, DESKTOP);
  const c = await atConsole(visitor, browser, server, LAPTOP);
  await signIn(a.page, city.get("zhang"));
  await signIn(c.page, city.get("chen"));
  const firm = await enterprise(visitor, browser, server);
  const id = await newestWaiting(a.page);
  await openThread(a.page, server, id);
  await take(a.page);
  await a.page.getByRole("button", { name: "转交" }).click();
  const sheet = a.page.locator(".ant-modal");
  await choose(a.page, sheet.locator(".ant-select"), "陈伟");
  await sheet.locator("textarea").fill("属工信部门职责");
  await sheetButton(a.page).click();
  await a.page.locator(".owner", { hasText: "陈伟" }).waitFor({ timeout: WAIT });
  await openThread(c.page, server, id, "mine");
  await c.page.locator(".composer-closed .ant-btn-primary").click();
  await mayReply(c.page);
  await reply(c.page, "我是工信局陈伟，由我办理。");
  await firm.heard("由我办理");
  await c.page.locator(".thread-acts").getByRole("button", { name: "关闭", exact: true }).click();
  await sheetButton(c.page).click();
  await c.page.locator(".undo").waitFor();
  await shot(c.page, "undo");
  await c.page.locator(".undo button").click();
  await sleep(5_500);
  assert.equal(await c.page.locator(".owner").innerText(), "我在处理");
  await close(c.page);
});

test("a closed conversation asks for a grade in one tap; a bad one comes back to the queue with its history", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("zhang"));
  const firm = await enterprise(visitor, browser, server);
  const id = await newestWaiting(page);
  await openThread(page, server, id);
  await take(page);
  await reply(page, "补贴已在拨付途中。");
  await firm.heard("补贴已在拨付途中");
  await close(page);
  const grades = firm.page.locator(".options").last().locator("button:not([disabled])");
  await grades.filter({ hasText: /^\d*不满意/ }).waitFor({ timeout: WAIT });
  assert.deepEqual(await grades.locator(".label").allInnerTexts(), ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]);
  assert.deepEqual(await accessibilityFaults(firm.page), [], "axe: survey");
  await firm.page.screenshot({ path: resolve(shots, "console-survey.png") });
  await grades.filter({ hasText: /^\d*不满意/ }).click();
  await firm.page.locator(".status-queue").waitFor({ timeout: WAIT });
  assert.equal(await grades.count(), 0, "a grade is given once");

  await page.locator(".queue-waiting").click();
  await page.locator(`#thread-${id}`).click();
  await takeButton(page).waitFor({ timeout: WAIT });
  for (const words of ["补贴已在拨付途中", "不满意"]) await line(page, words).first().waitFor({ timeout: WAIT });
  await page.locator(".handoff-note", { hasText: "不满意" }).waitFor({ timeout: WAIT });
  await take(page);
  await reply(page, "我再核实一次，今天给您答复。");
  await firm.heard("今天给您答复");
  await close(page);
  await grades.filter({ hasText: "非常满意" }).click();
  await firm.page.locator(".theirs.bot .bubble", { hasText: "感谢" }).waitFor({ timeout: WAIT });
});

test("a draft outlives a reload and a forced take-over, and a note never reaches the enterprise", async ({ browser, server, visitor, city }) => {
  const a = await atConsole(visitor, browser, server, DESKTOP);
  const s = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(a.page, city.get("zhang"));
  await signIn(s.page, city.get("zhao"));
  const firm = await enterprise(visitor, browser, server);
  const id = await newestWaiting(a.page);
  await openThread(a.page, server, id);
  await take(a.page);
  await field(a.page).fill("写到一半的答复");
  await a.page.locator(".field-state", { hasText: "草稿已保存" }).waitFor({ timeout: WAIT });
  await a.page.reload();
  await mayReply(a.page);
  assert.equal(await field(a.page).inputValue(), "写到一半的答复");

  await a.page.getByRole("tab", { name: "内部备注" }).click();
  await field(a.page).fill("企业态度急，先安抚");
  await a.page.getByRole("button", { name: "保存备注" }).click();
  await line(a.page, "先安抚").waitFor({ timeout: WAIT });
  await clean(a.page, "note");
  await shot(a.page, "note");
  await a.page.getByRole("tab", { name: "回复企业" }).click();

  await openThread(s.page, server, id, "department");
  await line(s.page, "先安抚").waitFor({ timeout: WAIT });
  await s.page.locator(".composer-closed button").click();
  await s.page.locator(".ant-modal textarea").fill("领导交办");
  await clean(s.page, "forced take-over");
  await sheetButton(s.page).click();
  await mayReply(s.page);
  await a.page.locator(".composer-closed", { hasText: "赵督办" }).waitFor({ timeout: WAIT });
  await a.page.reload();
  await a.page.locator(".composer-closed").waitFor({ timeout: WAIT });
  const kept = await a.page.evaluate((thread) => fetch(`/api/v1/threads/${thread}`).then((r) => r.json()).then((page) => page.draft), id);
  assert.equal(kept, "写到一半的答复");
  assert.equal(await firm.page.getByText("先安抚").count(), 0);
});

test("a server that dies loses and doubles nothing, and the page says how long it was away", async ({ browser, server, visitor, city }) => {
  const a = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(a.page, city.get("zhang"));
  const firm = await enterprise(visitor, browser, server);
  const id = await newestWaiting(a.page);
  await openThread(a.page, server, id);
  await take(a.page);
  await reply(a.page, "断线之前");
  await firm.heard("断线之前");
  await server.kill("SIGKILL");
  await a.page.locator(".line-bar-down").waitFor({ timeout: WAIT });
  await reply(a.page, "断线时写的");
  await shot(a.page, "line-down");
  await clean(a.page, "line down");
  await server.start();
  await a.page.locator(".line-bar-down").waitFor({ state: "detached", timeout: 30_000 });
  await firm.page.locator(".banner").waitFor({ state: "detached", timeout: 30_000 });
  const again = a.page.locator(".line-failed button").first();
  if ((await again.count()) > 0) await again.click();
  await firm.heard("断线时写的");
  await firm.say("收到");
  await line(a.page, "收到").waitFor({ timeout: WAIT });
  await a.page.locator(".line-outgoing").waitFor({ state: "detached", timeout: WAIT });
  for (const words of ["断线之前", "断线时写的", "收到"]) assert.equal(await line(a.page, words).count(), 1, words);
  assert.equal(await firm.page.locator(".theirs .bubble", { hasText: "断线时写的" }).count(), 1);
});

/** Replies through the API of the page that is signed in: more than a person would type. */
async function speakOften(page, id, times) {
  await page.evaluate(async ([thread, n]) => {
    const { csrf } = await fetch("/api/v1/session").then((answer) => answer.json());
    for (let i = 0; i < n; i++) {
      const { thread: row } = await fetch(`/api/v1/threads/${thread}`).then((answer) => answer.json());
      const time = Date.now().toString(16).padStart(12, "0");
      const act = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(i).padStart(12, "0")}`;
      const body = JSON.stringify({ id: act, epoch: row.epoch, text: `第 ${i} 条答复` });
      const headers = { "X-CSRF-Token": csrf, "Content-Type": "application/json" };
      const answer = await fetch(`/api/v1/threads/${thread}/reply`, { method: "POST", headers, body });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    }
  }, [id, times]);
}

/** Closes the open thread and waits until the moment to take it back has passed. */
async function close(page) {
  await page.locator(".thread-acts").getByRole("button", { name: "关闭", exact: true }).click();
  await sheetButton(page).click();
  await page.locator(".owner", { hasText: "已关闭" }).waitFor({ timeout: WAIT + 5_000 });
}

/** Opens the sheet of an act and lets `fill` write into it; waits until the case stands where it should. */
async function actOn(page, title, state, fill = async () => {}) {
  await page.locator(".act-bar").getByRole("button", { name: title, exact: true }).click();
  const sheet = page.locator(".ant-modal", { hasText: title });
  await sheet.locator(".ant-modal-footer").waitFor();
  await fill(sheet);
  await clean(page, title);
  await sheetButton(page).click();
  await sheet.waitFor({ state: "detached", timeout: WAIT });
  await page.locator(".case-head .tag-accent", { hasText: state }).waitFor({ timeout: WAIT });
}

test("a case out of a thread is accepted, dispatched, signed, extended and answered", async ({ browser, server, visitor, city }) => {
  const people = {};
  for (const login of ["zhang", "wang", "chen", "yang"]) {
    people[login] = (await atConsole(visitor, browser, server, login === "chen" ? LAPTOP : DESKTOP)).page;
    await signIn(people[login], city.get(login));
  }
  const { zhang, wang, chen, yang } = people;
  const firm = await enterprise(visitor, browser, server);
  await openThread(zhang, server, await newestWaiting(zhang));
  await take(zhang);
  await zhang.getByRole("tab", { name: /^工单/ }).click();
  await zhang.getByRole("button", { name: "建立工单" }).click();
  const sheet = zhang.locator(".ant-modal");
  await sheet.getByLabel("标题").fill("补贴迟迟未批");
  await sheet.getByLabel("诉求内容").fill("设备更新补贴十月提交，一直显示审核中，请明确时限。");
  await sheet.getByLabel("企业名称").fill("青河精密机械有限公司");
  await sheet.getByLabel("联系人与电话").fill("李敏 13800138000");
  await sheet.getByLabel("事项").fill("设备更新补贴");
  await clean(zhang, "new case");
  await sheetButton(zhang).click();
  await zhang.waitForURL(/\/console\/cases\/\d+$/, { timeout: WAIT });
  const path = new URL(zhang.url()).pathname;
  const number = await zhang.locator(".case-head code").innerText();

  await wang.goto(`${server.origin}/console/cases`);
  await wang.locator(".case-grid", { hasText: number }).waitFor({ timeout: WAIT });
  await clean(wang, "case list");
  await wang.getByRole("link", { name: "补贴迟迟未批" }).click();
  await actOn(wang, "受理", "待派单");
  await actOn(wang, "派单", "待签收", (form) => choose(wang, form.locator(".ant-select"), "市工业和信息化局"));
  await chen.goto(`${server.origin}${path}`);
  await actOn(chen, "签收", "办理中");
  await actOn(chen, "指定承办人", "办理中", (form) => choose(chen, form.locator(".ant-select"), "陈伟"));
  await chen.locator(".facts", { hasText: "陈伟" }).waitFor({ timeout: WAIT });
  await actOn(chen, "首次联系企业", "办理中", (form) => form.locator("textarea").fill("我们已收到您的诉求，正在核实。"));
  await actOn(chen, "阶段性答复", "办理中", (form) => form.locator("textarea").fill("材料已转财政部门会商。"));
  await firm.heard("财政部门会商");
  await actOn(chen, "申请延期", "办理中", async (form) => {
    await form.getByLabel(/理由/).fill("需与财政部门会商");
    await form.locator("input[role=spinbutton]").fill("3");
    for (const area of await form.locator("textarea").all()) {
      if ((await area.inputValue()) === "") await area.fill("需与财政部门会商，我们会尽快答复。");
    }
  });
  await shot(chen, "case");
  await clean(chen, "case");
  await yang.goto(`${server.origin}${path}`);
  await actOn(yang, "同意延期", "办理中");
  await chen.reload();
  await actOn(chen, "提交答复", "待审核", (form) => form.locator("textarea").first().fill("经核实，补贴将于十二月十日前拨付。"));
  await yang.reload();
  await actOn(yang, "审核通过", "已答复待回访");
  await firm.heard("十二月十日前拨付");
  await clean(yang, "answered case");
  await shot(yang, "case-answered");
  const ledger = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(ledger.page, city.get("zhao"));
  await ledger.page.goto(`${server.origin}/console/ledger`);
  await ledger.page.locator("td", { hasText: number }).waitFor({ timeout: WAIT });
  const [file] = await Promise.all([ledger.page.waitForEvent("download"), ledger.page.getByRole("link", { name: "导出 Excel" }).click()]);
  assert.match(file.suggestedFilename(), /\.xlsx$/);
  await ledger.page.goto(`${server.origin}/console/dashboard`);
  const opened = ledger.page.locator(".figure", { hasText: "本期受理" });
  await opened.locator("b", { hasText: /^1$/ }).waitFor({ timeout: WAIT });
  await opened.getByRole("link").click();
  await ledger.page.locator(".case-grid", { hasText: number }).waitFor({ timeout: WAIT });
  await ledger.page.locator(".views-figure", { hasText: "本期受理" }).waitFor({ timeout: WAIT });
  await clean(ledger.page, "cases that a figure counts");
});

test("the bot gets a thread back at a chosen step", async ({ browser, server, visitor, city }) => {
  const a = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(a.page, city.get("zhang"));
  const firm = await enterprise(visitor, browser, server);
  await openThread(a.page, server, await newestWaiting(a.page));
  await take(a.page);
  await a.page.getByRole("button", { name: "更多操作" }).click();
  await a.page.getByRole("menuitem", { name: "交回机器人" }).click();
  await a.page.locator(".ant-modal .react-flow__node").first().waitFor({ timeout: WAIT });
  await shot(a.page, "hand-back");
  await choose(a.page, a.page.locator(".hand-back-choice .ant-select").nth(1), "从头开始");
  await clean(a.page, "hand back");
  await sheetButton(a.page).click();
  await a.page.locator(".owner", { hasText: "机器人" }).waitFor({ timeout: WAIT });
  await firm.page.locator(".options button:not([disabled])").first().waitFor({ timeout: WAIT });
});

test("the keyboard alone is enough, and its single keys can be switched off", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("zhang"));
  for (let i = 0; i < 2; i++) await enterprise(visitor, browser, server);
  await page.locator(".card").nth(1).waitFor({ timeout: WAIT });
  await page.keyboard.press("j");
  await page.locator(".card.selected").waitFor();
  const first = page.url();
  await page.keyboard.press("j");
  await page.waitForURL((url) => url.href !== first);
  await page.keyboard.press("k");
  await page.waitForURL(first);
  await takeButton(page).waitFor({ timeout: WAIT });
  await page.keyboard.press("t");
  await mayReply(page);
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA", null, { timeout: WAIT });
  await page.keyboard.type("t j k");
  assert.equal(await field(page).inputValue(), "t j k");
  await field(page).evaluate((area) => {
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }));
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }));
  });
  assert.equal(await field(page).inputValue(), "t j k", "Enter of an input method sends nothing");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.locator(".help").waitFor({ timeout: WAIT });
  await clean(page, "help");
  await shot(page, "help");
  await page.locator(".help-switches .ant-switch").first().click();
  await page.keyboard.press("Escape");
  await page.locator(".help").waitFor({ state: "detached" });
  const here = page.url();
  await page.keyboard.press("k");
  await sleep(300);
  assert.equal(page.url(), here, "switched off");
  await page.keyboard.press("Control+k");
  await page.locator(".palette input").waitFor({ timeout: WAIT });
  await page.keyboard.type("gd");
  await clean(page, "palette");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/console\/cases/);
});

test("what enterprises and colleagues write stays text", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("zhang"));
  const firm = await enterprise(visitor, browser, server);
  const nasty = "<img src=x onerror=alert(1)><svg/onload=alert(2)> javascript:alert(3) \u202egnp.exe";
  page.on("dialog", () => assert.fail("something ran"));
  await firm.say(nasty);
  await openThread(page, server, await newestWaiting(page));
  await line(page, "onerror").waitFor({ timeout: WAIT });
  assert.equal(await line(page, "onerror").locator("img, svg, a[href^=javascript]").count(), 0);
  assert.match(await line(page, "onerror").innerText(), /<img src=x onerror=alert\(1\)>/);
  await page.getByRole("tab", { name: "内部备注" }).click();
  await field(page).fill(nasty);
  await page.getByRole("button", { name: "保存备注" }).click();
  await page.locator(".log", { hasText: "内部备注" }).or(page.locator(".log .bubble").nth(1)).first().waitFor({ timeout: WAIT });
  assert.equal(await page.locator(".log img, .note-cards img, .threads img[src=x]").count(), 0);
});

test("after signing out, neither the back button nor the browser's store shows anything", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("zhang"));
  const firm = await enterprise(visitor, browser, server);
  await firm.say("只有工作人员能看到的话");
  await openThread(page, server, await newestWaiting(page));
  await line(page, "只有工作人员").waitFor({ timeout: WAIT });
  await page.locator(".rail-person").click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.getByLabel("登录名").waitFor({ timeout: WAIT });
  await page.goBack().catch(() => {});
  await page.getByLabel("登录名").waitFor({ timeout: WAIT });
  assert.doesNotMatch(await page.locator("body").innerText(), /只有工作人员/);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /只有工作人员/);
});

test("a single key becomes another, unless that one is taken", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("zhang"));
  await enterprise(visitor, browser, server);
  await openThread(page, server, await newestWaiting(page));
  await takeButton(page).waitFor({ timeout: WAIT });
  await page.locator("h2").first().click();
  await page.keyboard.press("?");
  const cap = page.getByRole("button", { name: /更改「接管」/ });
  const told = page.locator(".help-told");
  await cap.click();
  await page.keyboard.press("r");
  await told.filter({ hasText: "已用于「回复」" }).waitFor({ timeout: WAIT });
  await cap.click();
  await page.keyboard.press("Escape");
  assert.equal(await cap.innerText(), "T", "Escape gives it up, and the sheet stays");
  await cap.click();
  await page.keyboard.press("x");
  await cap.filter({ hasText: "X" }).waitFor({ timeout: WAIT });
  await clean(page, "help, changed");
  await shot(page, "help-changed");
  await page.keyboard.press("Escape");
  await page.locator(".help").waitFor({ state: "detached" });
  await page.reload();
  await takeButton(page).filter({ hasText: "X" }).waitFor({ timeout: WAIT });
  await page.keyboard.press("x");
  await mayReply(page);
});

test("a filter is kept under a name, taken, renamed and deleted", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("chen"));
  await page.goto(`${server.origin}/console/cases?view=overdue&q=补贴`);
  const button = page.locator(".saved-button");
  const item = (name) => page.getByRole("menuitem", { name });
  const menuGone = () => page.locator(".ant-dropdown:not(.ant-dropdown-hidden)").waitFor({ state: "detached", timeout: WAIT });
  await button.click();
  await item("保存当前筛选").click();
  await menuGone();
  await page.getByLabel("名称").fill("本局超期补贴");
  await clean(page, "save a filter");
  await sheetButton(page).click();
  await button.filter({ hasText: "本局超期补贴" }).waitFor({ timeout: WAIT });
  await page.goto(`${server.origin}/console/cases`);
  await button.filter({ hasText: "常用筛选" }).click();
  await shot(page, "saved-filters");
  await item("本局超期补贴").click();
  await page.waitForURL((url) => url.searchParams.get("view") === "overdue" && url.searchParams.get("q") === "补贴");
  await button.click();
  await item("管理常用筛选").click();
  await menuGone();
  const name = page.getByLabel("修改名称：本局超期补贴");
  await name.fill("超期");
  await name.press("Enter");
  await clean(page, "order filters");
  await button.filter({ hasText: "超期" }).waitFor({ timeout: WAIT });
  await page.getByRole("button", { name: "删除「超期」" }).click();
  await page.locator(".ant-modal", { hasText: "还没有保存的筛选" }).waitFor({ timeout: WAIT });
});

test("a note that names a colleague tells them wherever they are, and waits under @我的 until it is seen", async ({ browser, server, visitor, city }) => {
  const a = await atConsole(visitor, browser, server, DESKTOP);
  const b = await atConsole(visitor, browser, server, LAPTOP);
  await signIn(a.page, city.get("zhang"));
  await signIn(b.page, city.get("li"));
  const firm = await enterprise(visitor, browser, server);
  const id = await newestWaiting(a.page);
  await b.page.goto(`${server.origin}/console/cases`);
  await openThread(a.page, server, id);
  await take(a.page);
  await a.page.getByRole("tab", { name: "内部备注" }).click();
  await field(a.page).pressSequentially("请@李");
  await a.page.locator(".choices [role=option]", { hasText: "李强" }).waitFor({ timeout: WAIT });
  await clean(a.page, "naming a colleague");
  await shot(a.page, "mention-menu");
  await a.page.keyboard.press("Enter");
  assert.equal(await field(a.page).inputValue(), "请@李强 ");
  await a.page.locator(".field-state", { hasText: "将提醒：李强" }).waitFor({ timeout: WAIT });
  await field(a.page).pressSequentially("核对税号");
  await a.page.keyboard.press("Control+Enter");
  await line(a.page, "核对税号").waitFor({ timeout: WAIT });

  const toast = b.page.locator(".mention", { hasText: "张敏 在备注中提到您" });
  await toast.waitFor({ timeout: WAIT });
  await clean(b.page, "told of a mention");
  await shot(b.page, "mention-toast");
  await b.page.goto(`${server.origin}/console/inbox/mentioned`);
  await b.page.locator(".queue-mentioned b", { hasText: "1" }).waitFor({ timeout: WAIT });
  await b.page.locator(`#thread-${id}`).click();
  await b.page.locator(".line-note .named", { hasText: "@李强" }).waitFor({ timeout: WAIT });
  await b.page.locator(".queue-mentioned b.zero").waitFor({ timeout: WAIT });
  await clean(b.page, "mentioned");
  assert.equal(await firm.page.getByText("核对税号").count(), 0);
});

test("a supervisor whispers to the owner; no colleague and no enterprise sees it", async ({ browser, server, visitor, city }) => {
  const people = {};
  for (const login of ["zhang", "li", "zhao"]) {
    people[login] = (await atConsole(visitor, browser, server, DESKTOP)).page;
    await signIn(people[login], city.get(login));
  }
  const { zhang, li, zhao } = people;
  const firm = await enterprise(visitor, browser, server);
  const id = await newestWaiting(zhang);
  await openThread(zhang, server, id);
  await take(zhang);
  await openThread(zhao, server, id, "department");
  await zhao.getByRole("tab", { name: "密语" }).click();
  await field(zhao).fill("先安抚，再报数字");
  await clean(zhao, "whisper mode");
  await shot(zhao, "whisper-mode");
  await zhao.getByRole("button", { name: "发出密语" }).click();
  for (const page of [zhao, zhang]) {
    const whisper = page.locator(".line-whisper", { hasText: "先安抚" });
    await whisper.waitFor({ timeout: WAIT });
    assert.match(await whisper.innerText(), /密语[\s\S]*赵督办 给 张敏/);
  }
  await clean(zhang, "a whisper");
  await shot(zhang, "whisper");
  await reply(zhang, "请您放心，正在核实。");
  await firm.heard("正在核实");
  await openThread(li, server, id, "department");
  await line(li, "正在核实").waitFor({ timeout: WAIT });
  assert.equal(await li.getByText("先安抚").count(), 0);
  assert.equal(await li.getByRole("tab", { name: "密语" }).count(), 0);
  assert.equal(await firm.page.getByText("先安抚").count(), 0);
});

test("a closed conversation without a grade is called back, and a bad word brings it back to the queue", async ({ browser, server, visitor, city }) => {
  const a = await atConsole(visitor, browser, server, DESKTOP);
  const s = await atConsole(visitor, browser, server, LAPTOP);
  await signIn(a.page, city.get("zhang"));
  await signIn(s.page, city.get("sun"));
  await s.page.goto(`${server.origin}/console/inbox/revisit`);
  await s.page.getByText("没有需要回访的会话").waitFor({ timeout: WAIT });
  await enterprise(visitor, browser, server);
  const id = await newestWaiting(a.page);
  await openThread(a.page, server, id);
  await take(a.page);
  await reply(a.page, "已为您登记。");
  await line(a.page, "已为您登记").waitFor({ timeout: WAIT });
  await close(a.page);
  assert.equal(await a.page.locator(".queue-revisit").count(), 0, "not an agent's work");
  await s.page.reload();
  await s.page.locator(`#thread-${id}`).click();
  await s.page.getByRole("button", { name: "登记回访" }).click();
  const sheet = s.page.locator(".ant-modal");
  await sheet.getByText("不满意", { exact: true }).click();
  await sheet.getByText("会话回到待接队列").waitFor({ timeout: WAIT });
  await sheet.locator("textarea").fill("企业说补贴仍未到账");
  await clean(s.page, "call back");
  await shot(s.page, "revisit");
  await sheetButton(s.page).click();
  await s.page.locator(".line-system", { hasText: /孙静.*回访：已接通 · 不满意/ }).waitFor({ timeout: WAIT });
  await s.page.locator(".line-reason", { hasText: "补贴仍未到账" }).waitFor({ timeout: WAIT });
  await a.page.goto(`${server.origin}/console/inbox/waiting`);
  await a.page.locator(`#thread-${id}`, { hasText: "不满意" }).waitFor({ timeout: WAIT });
});

test("what was said long ago is found, and opens where it was said", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("zhang"));
  const firm = await enterprise(visitor, browser, server);
  const id = await newestWaiting(page);
  await openThread(page, server, id);
  await take(page);
  await firm.say("龙泉路口的围挡影响我们进出货");
  await line(page, "围挡").waitFor({ timeout: WAIT });
  await speakOften(page, id, 130);
  const hit = page.locator(".hits li", { hasText: "龙泉路口" });
  await page.goto(`${server.origin}/console/search`);
  const words = page.getByRole("searchbox");
  // The index follows what is said some seconds behind.
  for (const deadline = Date.now() + WAIT; Date.now() < deadline && (await hit.count()) === 0; ) {
    await words.fill("围挡");
    await words.press("Enter");
    await page.locator(".hits li, .state-title").first().waitFor({ timeout: WAIT });
    if ((await hit.count()) > 0) break;
    await page.reload();
  }
  assert.equal(await hit.locator("mark").innerText(), "围挡");
  await clean(page, "search");
  await shot(page, "search");
  await hit.click();
  const found = page.locator(".line.found", { hasText: "围挡" });
  await found.waitFor({ timeout: WAIT });
  await page.waitForFunction(() => {
    const box = document.querySelector(".line.found")?.getBoundingClientRect();
    return box && box.top > 0 && box.bottom < window.innerHeight;
  }, null, { timeout: WAIT });
  await clean(page, "found");
  await shot(page, "found");
});

test("a list stays still under the pointer, and says what waits", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("zhang"));
  await enterprise(visitor, browser, server);
  await page.locator(".card").first().waitFor({ timeout: WAIT });
  const held = await page.locator(".card").count();
  await page.locator(".threads-box").hover();
  await enterprise(visitor, browser, server);
  // Below everything else it may come at once; above, it waits behind the pill.
  await page.waitForFunction((n) => document.querySelectorAll(".card").length > n || document.querySelector(".fresh-pill"), held, { timeout: WAIT });
  await page.mouse.move(5, 5);
  await page.waitForFunction((n) => document.querySelectorAll(".card").length > n, held, { timeout: WAIT });
});

const pagesOf = {
  zhang: ["/inbox/waiting", "/inbox/mine", "/inbox/mentioned", "/inbox/bot", "/inbox/closed", "/cases", "/search?q=补贴", "/account", "/admin/replies"],
  chen: ["/cases?view=all", "/ledger", "/dashboard"],
  sun: ["/inbox/revisit"],
  qian: ["/dashboard"],
  sysadmin: ["/admin/staff", "/admin/organisation", "/admin/queues"],
  secadmin: ["/admin/staff"],
  auditor: ["/admin/audit"],
};
for (const [device, options] of [["desktop", DESKTOP], ["laptop", LAPTOP], ["phone", PHONE]]) {
  test(`axe finds nothing on any page (${device})`, async ({ browser, server, visitor, city }) => {
    for (const [login, paths] of Object.entries(pagesOf)) {
      const { page } = await atConsole(visitor, browser, server, options);
      await signIn(page, city.get(login));
      for (const path of paths) {
        await page.goto(`${server.origin}/console${path}`);
        await page.locator("main").first().waitFor({ timeout: WAIT });
        await page.locator(".skeleton").first().waitFor({ state: "detached", timeout: WAIT });
        await sleep(200);
        await clean(page, `${login} ${path}`);
        await shot(page, `${device}-${login}${path.replace(/\W+/g, "-")}`);
      }
    }
  });
}

test("English is complete", async ({ browser, server, visitor, city }) => {
  const { page } = await atConsole(visitor, browser, server, DESKTOP);
  await signIn(page, city.get("zhang"));
  await page.locator(".rail-person").click();
  await page.getByRole("menuitem", { name: "English" }).click();
  await page.locator(".rail-word", { hasText: "Inbox" }).waitFor({ timeout: WAIT });
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  const chrome = await page.locator(".rail, .queues, .threads-head").allInnerTexts();
  assert.doesNotMatch(chrome.join(" ").replace("张敏", ""), /[\u4e00-\u9fff]/);
  await shot(page, "english");
});

async function main() {
  mkdirSync(shots, { recursive: true });
  const binary = process.env.ZHUQI_BIN;
  if (!binary) throw new Error("ZHUQI_BIN must name the server's binary");
  const wanted = process.argv.slice(2);
  const chosen = tests.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  const browser = await launch();
  let failed = 0;
  for (const { name, run, city: needsCity } of chosen) {
    const server = await Server.create(resolve(binary));
    const opened = [];
    const visitor = async (...args) => {
      const one = await visit(...args);
      opened.push(one);
      return one;
    };
    try {
      const city = needsCity ? foundCity(server) : new Map();
      await server.start();
      await run({ browser, server, visitor, city });
      assert.deepEqual(unexpected(opened.flatMap((one) => one.faults)), [], "the browser's console must stay silent");
      console.log(`ok    ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
      for (const [i, { page }] of opened.entries()) await page.screenshot({ path: resolve(shots, `console-failure-${i}.png`) }).catch(() => {});
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
