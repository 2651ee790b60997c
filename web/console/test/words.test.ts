import { describe, expect, it } from "vitest";
import { auditActs } from "../src/admin/audit-acts";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh-CN";

type Words = { [name: string]: string | Words };

function* leaves(words: Words, path = ""): Generator<[string, string]> {
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === "string") yield [`${path}${name}`, value];
    else yield* leaves(value, `${path}${name}.`);
  }
}
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe("the two languages", () => {
  const chinese = new Map(leaves(zh));
  const english = new Map(leaves(en));
  it("have the same sentences with the same holes", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
    for (const [key, text] of chinese) expect(holes(english.get(key) ?? ""), key).toEqual(holes(text));
  });
  it("name each act that the auditor may choose, and no other", () => {
    expect(Object.keys(zh.admin.audit.title_of).sort()).toEqual(auditActs.map((act) => act.replaceAll(".", "_")).sort());
  });
  it("are each in their own language", () => {
    for (const [key, text] of english) {
      if (key !== "account.language") expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
