"""Cases through the real API: from the conversation to the department, across regions, to the answer and the call-back."""

import io
import time
import zipfile

import rig
from console import act_id
from officials import Desk, standing
from suite import expect, expect_equal, rule

GROUP = "cases"


def do(official, case: dict, action: str, status: int = 200, **fields) -> dict:
    """An act on the case as it stands now; gives the page of it."""
    now = official.get(f"/cases/{case['id']}").body["case"]
    answer = official.call("POST", f"/cases/{case['id']}/acts",
                           {"id": act_id(), "version": now["version"], "action": action, "fields": fields})
    expect_equal(answer.status, status, f"{official.login} {action}: {answer.body}")
    return answer.body


def opened(desk, official, thread: dict, **more) -> dict:
    wanted = {"id": act_id(), "thread": thread["id"], "enterprise": "锦城精工有限公司", "matter": "资金", "title": "流动资金贷款续贷受阻",
              "summary": "贷款 11 月 30 日到期，银行要求先还后贷。", "contact": "李会计 13800000000"} | more
    answer = official.call("POST", "/cases", wanted)
    expect_equal(answer.status, 200, f"opens a case: {answer.body}")
    again = official.call("POST", "/cases", wanted)
    expect_equal(again.body["case"]["id"], answer.body["case"]["id"], "the same request is the same case")
    return answer.body["case"]


@rule(GROUP, "a case goes from the desk to its department, is answered in the conversation, called back, and every step is on record")
def one_case(env):
    desk = Desk(env)
    zhang, wang, chen, yang, sun = (desk.official(n) for n in ("zhang", "wang", "chen", "yang", "sun"))
    phone, thread = desk.waiting()
    zhang.act(thread, "take")
    case = opened(desk, zhang, thread)
    expect(case["no"] and case["state"] == "to_accept", f"filed: {case}")
    beside = zhang.get(f"/threads/{thread['id']}").body["cases"]
    expect_equal([c["id"] for c in beside], [case["id"]], "shown beside the conversation")
    todo = wang.get("/cases", view="todo").body
    expect(any(c["id"] == case["id"] for c in todo["cases"]) and todo["counts"]["todo"] >= 1, "waits for the dispatcher")
    offers = {a["action"]: a for a in wang.get(f"/cases/{case['id']}").body["acts"]}
    expect("accept" in offers and "sign" not in offers, f"what the dispatcher may do: {list(offers)}")
    do(wang, case, "accept")
    do(wang, case, "dispatch", to="2", status=200)
    expect_equal(do(yang, case, "sign", status=422)["error"]["code"], "refused", "a leader does not sign for the department")
    page = do(chen, case, "sign")
    expect_equal(page["case"]["lead"]["department"]["name"], "市工业和信息化局", "who leads")
    clocks = {c["kind"]: c for c in page["clocks"]}
    expect(clocks["resolution"]["due"] > clocks["resolution"]["started"] and clocks["unit"]["due"] > 0, f"both clocks: {clocks}")
    assign = next(a for a in page["acts"] if a["action"] == "assign")
    expect_equal({p["title"] for p in assign["fields"][0]["choices"]}, {"陈伟", "刘洋"}, "whom the department can name")
    if page["case"]["handler"] is None:
        do(chen, case, "assign", staff=chen.id)
    do(chen, case, "contact", text="您好，我是市工信局陈伟，正在协调银行。")
    do(chen, case, "ask_extension", reason="银行审批需要时间", text="银行正在审批，预计多用五个工作日。", days=5)
    longer = do(yang, case, "approve_extension")
    expect({c["kind"]: c for c in longer["clocks"]}["resolution"]["due"] > clocks["resolution"]["due"], "a later due time")
    do(chen, case, "submit_reply", text="经协调，银行同意 12 月 5 日前完成续贷。", basis="无还本续贷政策")
    expect_equal(do(chen, case, "approve_reply", status=422)["error"]["code"], "refused", "nobody approves their own reply")
    answered = do(yang, case, "approve_reply")
    expect_equal(answered["case"]["state"], "to_call_back", "answered")
    words = lambda: [e["body"] for e in zhang.events(thread["id"]) if e["kind"] == "case.text"]
    expect(rig.wait_until(lambda: any("续贷" in w["text"] and w["case_no"] == case["no"] for w in words()), 5), f"in the conversation: {words()}")
    before = len(words())
    desk.service.stop()
    desk.service.start()
    for o in (zhang, wang, chen, yang, sun):
        o.connection.port = desk.service.port
        o.connection.close()
    time.sleep(1.5)
    expect_equal(len(words()), before, "a restart says nothing twice")
    called = do(sun, case, "confirm_solved")
    expect_equal(called["case"]["state"], "closed", str(called["case"]))
    steps = [s["action"] for s in called["timeline"]]
    expect(steps.index("accept") < steps.index("dispatch") < steps.index("sign") < steps.index("approve_reply"), f"the way: {steps}")
    closed = sun.get("/cases", view="closed").body["cases"]
    expect(any(c["id"] == case["id"] for c in closed), "on the list of closed ones")
    done = desk.service.stop()
    expect_equal(done, 0, "stopped")
    checked = desk.service.run_command("verify", "--config", str(desk.service.config_file), "--data", str(desk.service.data))
    expect_equal(checked.returncode, 0, checked.stdout + checked.stderr)


@rule(GROUP, "a department of another city takes a case over, and everybody in its chain sees the whole way")
def across(env):
    desk = standing(env)
    zhang, wang, chen, he, xu = (desk.official(n) for n in ("zhang", "wang", "chen", "he", "xu"))
    _, thread = desk.waiting()
    case = opened(desk, zhang, thread, title="云溪市供应商零部件被扣，请求放行", matter="原料")
    do(wang, case, "accept")
    do(wang, case, "dispatch", to="2")
    do(chen, case, "sign")
    expect_equal(he.get(f"/cases/{case['id']}").code, "not_found", "the other city does not see it yet")
    do(chen, case, "transfer", to="6", reason="零部件在云溪市，请协助放行")
    page = do(he, case, "sign")
    expect_equal([s["department"]["name"] for s in page["case"]["chain"]][-2:], ["市工业和信息化局", "云溪市工业和信息化局"], "the chain")
    expect(chen.get(f"/cases/{case['id']}").status == 200, "who had it before still sees it")
    expect_equal(xu.get(f"/cases/{case['id']}").code, "not_found", "who has nothing to do with it does not")
    expect(not any(c["id"] == case["id"] for c in xu.get("/cases", view="all").body["cases"]), "on no list either")


@rule(GROUP, "of two officials who act on one version one is told that the other was faster, and by whom")
def stale(env):
    desk = standing(env)
    zhang, wang, zhao = desk.official("zhang"), desk.official("wang"), desk.official("zhao")
    _, thread = desk.waiting()
    case = opened(desk, zhang, thread)
    seen = wang.get(f"/cases/{case['id']}").body["case"]["version"]
    act = {"id": act_id(), "version": seen, "action": "accept", "fields": {}}
    path = f"/cases/{case['id']}/acts"
    expect_equal(wang.call("POST", path, act).status, 200, "the first")
    expect_equal(wang.call("POST", path, act).status, 200, "the same again")
    late = zhao.call("POST", path, {"id": act_id(), "version": seen, "action": "expedite", "fields": {"reason": "紧急"}})
    expect_equal((late.status, late.code), (409, "stale"), str(late.body))
    expect("王丽" in late.body["error"]["winner"], f"who was faster: {late.body}")
    expect_equal(wang.call("POST", path, act | {"action": "expedite"}).code, "mismatch", "the same id for another act")
    for bad in ({"reason": "x" * 9000}, {"reason": ["x"]}, {"nothing": "x"}, {"days": -1}, {"to": "999999"}):
        answer = wang.call("POST", path, {"id": act_id(), "version": seen + 1, "action": "dispatch", "fields": bad})
        expect(answer.status in (400, 422), f"{bad}: {answer.status} {answer.body}")


@rule(GROUP, "the ledger is exported as text, never as a formula, and the export is on record")
def ledger(env):
    desk = standing(env)
    zhang, zhao = desk.official("zhang"), desk.official("zhao")
    _, thread = desk.waiting()
    evil = ["=HYPERLINK(\"http://evil\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"]
    for title in evil:
        opened(desk, zhang, thread, title=title, enterprise="=cmd|' /C calc'!A0")
    expect(len(zhao.get("/ledger").body["rows"]) >= len(evil), "rows")
    expect_equal(zhang.get("/ledger.xlsx").code, "forbidden", "an agent may not export")
    answer = zhao.connection.request("GET", "/api/v1/ledger.xlsx", b"", zhao.headers())
    expect_equal(answer.status, 200, "the file")
    expect("attachment" in answer.headers["content-disposition"], "to keep, not to show")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    expect("<f>" not in page and "HYPERLINK" in page, "formulas are text")
    records = desk.official("auditor").get("/audit", limit=100).body
    while records["next"]:
        more = desk.official("auditor").get("/audit", limit=100, after=records["next"]).body
        records = {"records": records["records"] + more["records"], "next": more["next"]}
    expect(any(r["act"] == "ledger.export" for r in records["records"]), "the export is on record")
    figures = zhao.get("/reports/overview").body
    expect(figures["opened"] >= len(evil) and {r["id"] for r in figures["rates"]} == {"response", "solved", "satisfied", "coverage", "self_service"},
           f"figures: {figures}")


@rule(GROUP, "verify finds a record of who did what that was changed, taken out or cut off")
def audit_chain(env):
    desk = Desk(env)
    desk.official("zhang")
    desk.official("li")
    desk.service.stop()
    check = lambda: desk.service.run_command("verify", "--config", str(desk.service.config_file), "--data", str(desk.service.data))
    clean = check()
    expect_equal(clean.returncode, 0, clean.stdout + clean.stderr)
    import shutil
    import sqlite3
    kept = desk.service.database.with_suffix(".kept")
    shutil.copy(desk.service.database, kept)
    for damage in ("UPDATE staff_audit SET detail = 'nothing' WHERE id = 5", "DELETE FROM staff_audit WHERE id = 7",
                   "DELETE FROM staff_audit WHERE id = (SELECT max(id) FROM staff_audit)",
                   "UPDATE staff_audit SET actor = 1 WHERE act = 'session.open'"):
        shutil.copy(kept, desk.service.database)
        db = sqlite3.connect(desk.service.database)
        db.execute(damage)
        db.commit()
        db.close()
        found = check()
        expect(found.returncode != 0 and "audit.chain" in found.stdout, f"{damage}: {found.stdout}")
