import { describe, expect, it } from "vitest";
import { filterOf, renamed, viewsFrom, VIEWS_LIMIT, without, withView } from "../src/saved-views/saved-views";

const view = (name: string, filter = "view=all") => ({ name, filter });

describe("a saved filter", () => {
  it("is the same in whatever order it was put together, and without what is empty", () => {
    const filter = filterOf(new URLSearchParams("q=%E8%A1%A5%E8%B4%B4&view=overdue&state="));
    expect(filter).toBe(filterOf(new URLSearchParams("view=overdue&q=补贴")));
    expect(new URLSearchParams(filter).get("q")).toBe("补贴");
    expect(filterOf(new URLSearchParams())).toBe("");
  });
  it("takes the place of another of its name", () => {
    expect(withView([view("甲"), view("乙")], view("甲", "view=mine"))).toEqual([view("甲", "view=mine"), view("乙")]);
  });
  it("gets another name, but not another one's", () => {
    const views = [view("甲"), view("乙")];
    expect(renamed(views, "甲", "丙").map(({ name }) => name)).toEqual(["丙", "乙"]);
    expect(renamed(views, "甲", "乙")).toEqual(views);
    expect(renamed(views, "甲", "")).toEqual(views);
    expect(without(views, "甲")).toEqual([view("乙")]);
  });
  it.each([null, 7, "x", {}, [null, 1, { name: "" }, { name: "甲" }, { name: 1, filter: "" }]])("is not made of %j", (kept) => {
    expect(viewsFrom(kept)).toEqual([]);
  });
  it("has room for so many", () => {
    const many = Array.from({ length: 50 }, (_, i) => view(`${i}`));
    expect(viewsFrom(many)).toHaveLength(VIEWS_LIMIT);
  });
});
