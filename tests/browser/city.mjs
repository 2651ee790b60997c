// A city with officials: the server with the demo city in its data folder, and people who sign in and work.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { join } from "node:path";

export const WAIT = 20_000;

/** The demo city's officials by login name: {login, password, name, department, roles}. */
export function foundCity(server) {
  const args = ["staff", "demo-city", "--config", server.config, "--data", join(server.folder, "data"), "--json"];
  const logins = JSON.parse(execFileSync(server.binary, args, { encoding: "utf8" }));
  return new Map(logins.map((one) => [one.login, one]));
}

/** What the browser logs about answers that the console asks for and understands. */
const understood = [
  /status of 401/, // who am I? Nobody yet
  /status of 409/, // somebody was faster
  /status of 422/, // the rules of casework say no
  /status of 429/,
  /^(401|409|422|429) .*\/api\/v1\//,
];
export const unexpected = (faults) => faults.filter((fault) => !understood.some((pattern) => pattern.test(fault)));

export async function atConsole(visitor, browser, server, device) {
  return visitor(browser, server.origin, { path: "/console", hasTouch: false, isMobile: false, deviceScaleFactor: 1, ...device });
}

export async function signIn(page, { login, password }) {
  await page.getByLabel("登录名").fill(login);
  await page.locator("input[type=password]").fill(password);
  await page.getByRole("button", { name: "登录" }).click();
  await page.locator(".rail").waitFor({ timeout: WAIT });
}

/** RFC 6238 with the defaults that authenticators take. */
export function totp(base32, at = Date.now()) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32.replace(/[\s=]/g, "")].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = digest.at(-1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** An enterprise in the web chat that asks for a person. */
export async function enterprise(visitor, browser, server) {
  const { page } = await visitor(browser, server.origin);
  await page.locator(".options button:not([disabled])").first().waitFor({ timeout: WAIT });
  const say = async (words) => {
    await page.locator("textarea").fill(words);
    await page.locator(".composer button").click();
  };
  await say("人工");
  await page.locator(".status-queue").waitFor({ timeout: WAIT });
  const heard = (words) => page.locator(".theirs .bubble", { hasText: words }).waitFor({ timeout: WAIT });
  return { page, say, heard };
}

/** The newest thread that waits, as this official's page may see it. */
export async function newestWaiting(page) {
  for (let tries = 0; tries < 50; tries++) {
    const id = await page.evaluate(async () => {
      const answer = await fetch("/api/v1/threads?view=waiting&limit=100");
      const { threads } = await answer.json();
      return threads.map((one) => Number(one.id)).sort((a, b) => b - a)[0] ?? null;
    });
    if (id !== null) return id;
    await page.waitForTimeout(100);
  }
  assert.fail("nobody waits");
}

export async function openThread(page, server, id, view = "waiting") {
  await page.goto(`${server.origin}/console/inbox/${view}/${id}`);
  await page.locator(".composer").waitFor({ timeout: WAIT });
}

export const field = (page) => page.locator(".composer textarea");
export const mayReply = (page) => field(page).waitFor({ timeout: WAIT });
export const takeButton = (page) => page.locator(".composer-closed .ant-btn-primary");
export const sheetButton = (page) => page.locator(".ant-modal-footer .ant-btn-primary");
export const line = (page, words) => page.locator(".log .bubble", { hasText: words });

export async function take(page) {
  await takeButton(page).click();
  await mayReply(page);
}

export async function reply(page, words) {
  await field(page).fill(words);
  await field(page).press("Enter");
}

export async function choose(page, select, option) {
  await select.click();
  const list = page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden)");
  await list.locator(".ant-select-item-option", { hasText: option }).first().click();
  await list.waitFor({ state: "hidden", timeout: WAIT });
}
