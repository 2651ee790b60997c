"""What goes on around a conversation: colleagues who are named, whispers, the record of who looked, call-backs, people who are gone."""

import contextlib
import sqlite3

import rig
from cases import opened
from console import act_id
from officials import Desk, standing
from suite import expect, expect_equal, rule

GROUP = "supervision"


def note(official, thread: dict, text: str = "请核对", **more):
    return official.call("POST", f"/threads/{thread['id']}/notes", {"id": act_id(), "text": text} | more)


def audit(desk, act: str) -> list:
    """Every record of this act, oldest first."""
    auditor, found, after = desk.official("auditor"), [], None
    while True:
        page = auditor.get("/audit", limit=100, **({"after": after} if after else {})).body
        found += [r for r in page["records"] if r["act"] == act]
        if not page["next"]:
            return found
        after = page["next"]


@rule(GROUP, "who is named in a note learns of it at once on every page, also one that watches nothing; who may not see it cannot be named")
def mentions(env):
    desk = standing(env)
    zhang, li, xu, zhao = (desk.official(n) for n in ("zhang", "li", "xu", "zhao"))
    _, seen = desk.waiting()
    held = zhang.act(seen, "take").body["thread"]
    pages = [li.stream(), li.stream()]
    for page in pages:
        page.until(lambda f: f["type"] == "welcome")
    bystander = zhao.stream()
    bystander.until(lambda f: f["type"] == "welcome")
    refused = note(zhang, held, to=[li.id, xu.id])
    expect_equal((refused.status, refused.body["error"].get("field")), (400, "to"), "somebody of another place")
    expect_equal(zhang.get(f"/threads/{held['id']}").body["notes"], [], "nothing was written")
    made = note(zhang, held, "李工请看续贷材料", to=[li.id])
    expect_equal(made.status, 200, str(made.body))
    for page in pages:
        told = page.until(lambda f: f["type"] == "mention")
        expect_equal((told["thread"], told["note"]["text"]), (held["id"], "李工请看续贷材料"), "the frame")
        page.close()
    bystander.send({"type": "ping"})
    expect_equal(bystander.until(lambda f: f["type"] in ("pong", "mention"))["type"], "pong", "nobody else is told")
    bystander.close()
    mine = li.get("/threads", view="mentioned").body
    expect(any(t["id"] == held["id"] for t in mine["threads"]) and mine["counts"]["mentioned"] >= 1, f"on the list: {mine}")
    done = li.call("PUT", f"/threads/{held['id']}/mentions", {"note": made.body["note"]["id"]})
    expect_equal(done.status, 200, str(done.body))
    expect(not any(t["id"] == held["id"] for t in li.threads("mentioned")), "seen")
    names = [c["id"] for c in zhang.get(f"/threads/{held['id']}/colleagues").body["colleagues"]]
    expect(li.id in names and xu.id not in names and zhang.id not in names, f"who can be named: {names}")
    zhang.act(held, "close", outcome="spam")


@rule(GROUP, "a supervisor whispers to whoever serves, who reads it at once; no other page, no other official and no enterprise does")
def whispers(env):
    desk = standing(env)
    zhang, li, zhao = (desk.official(n) for n in ("zhang", "li", "zhao"))
    phone, seen = desk.waiting()
    nobody = note(zhao, seen, whisper=True)
    expect_equal(nobody.code, "not_allowed", "nobody serves it yet")
    expect("悄悄" in nobody.body["error"]["message"], nobody.body["error"]["message"])
    held = zhang.act(seen, "take").body["thread"]
    expect_equal(note(li, held, whisper=True).code, "forbidden", "a colleague does not whisper")
    page, beside = zhang.stream(), li.stream()
    for one in (page, beside):
        one.until(lambda f: f["type"] == "welcome")
        one.send({"type": "watch", "thread": held["id"], "after": 0})
        one.until(lambda f: f["type"] == "events")
    expect_equal(note(zhao, held, "先核实到期日", whisper=True).status, 200, "a whisper")
    told = page.until(lambda f: f["type"] == "mention")["note"]
    expect_equal((told["whisper"], [p["id"] for p in told["to"]]), (True, [zhang.id]), str(told))
    beside.send({"type": "ping"})
    expect_equal(beside.until(lambda f: f["type"] in ("pong", "notes", "mention"))["type"], "pong", "not to who watches beside")
    for one, expected in ((zhang, 1), (zhao, 1), (li, 0)):
        expect_equal(len(one.get(f"/threads/{held['id']}").body["notes"]), expected, f"{one.login} reads it")
    expect(not any("到期日" in r[0] for r in desk.service.query("SELECT body FROM event UNION ALL SELECT body FROM outbox")),
           "it is no part of the conversation")
    page.close()
    beside.close()
    zhang.act(zhang.thread(held["id"]), "close", outcome="spam")


@rule(GROUP, "opening somebody else's conversation or case leaves one record an hour, by page or by stream; one's own leaves none")
def reads(env):
    desk = Desk(env)
    zhang, li, zhao, wang = (desk.official(n) for n in ("zhang", "li", "zhao", "wang"))
    _, seen = desk.waiting()  # zhao opened it
    held = zhang.act(seen, "take").body["thread"]
    who = lambda act, subject: [r["actor"]["id"] for r in audit(desk, act) if r["subject"] == subject]
    subject = f"thread:{held['id']}"
    zhang.thread(held["id"])
    zhang.events(held["id"])
    for _ in range(3):
        li.thread(held["id"])
        li.events(held["id"])
        li.get(f"/threads/{held['id']}/script")
    expect_equal(who("thread.read", subject).count(li.id), 1, "one record of many looks")
    page = wang.stream()
    page.until(lambda f: f["type"] == "welcome")
    page.send({"type": "watch", "thread": held["id"], "after": 0})
    page.until(lambda f: f["type"] == "events")
    expect_equal(who("thread.read", subject), [zhao.id, li.id, wang.id], "who looked, in order; not who has it")
    page.close()
    case = opened(desk, zhang, held)
    for _ in range(2):
        zhao.get(f"/cases/{case['id']}")
    expect_equal(who("case.read", f"case:{case['id']}"), [zhao.id], "of the case")
    desk.service.set_clock(61 * 60 * 1000)
    again = desk.official("zhao")
    again.sign_in("zhao", desk.passwords["zhao"])
    again.thread(held["id"])
    desk.official("auditor").sign_in("auditor", desk.passwords["auditor"])
    expect_equal(who("thread.read", subject), [zhao.id, li.id, wang.id, zhao.id], "and again after an hour")
    found = desk.official("auditor").get("/audit", subject=subject, act="thread.read", before=2**63 - 1, limit=2).body
    expect_equal([r["actor"]["id"] for r in found["records"]], [zhao.id, wang.id], "the newest looks at it")
    further = desk.official("auditor").get("/audit", subject=subject, act="thread.read", before=found["next"], limit=2).body
    expect_equal([r["actor"]["id"] for r in further["records"]], [li.id, zhao.id], "and the ones before")
    desk.service.stop()
    checked = desk.service.run_command("verify", "--config", str(desk.service.config_file), "--data", str(desk.service.data))
    expect_equal(checked.returncode, 0, checked.stdout + checked.stderr)


@rule(GROUP, "what cannot be recorded is not shown: while nothing can be written, a colleague's conversation is 503, one's own opens")
def unrecorded(env):
    desk = Desk(env)
    zhang, li = desk.official("zhang"), desk.official("li")
    _, seen = desk.waiting()
    held = zhang.act(seen, "take").body["thread"]
    with contextlib.closing(sqlite3.connect(desk.service.database, isolation_level=None)) as intruder:
        intruder.execute("BEGIN IMMEDIATE")
        answer = li.get(f"/threads/{held['id']}")
        expect_equal((answer.status, answer.code), (503, "unavailable"), "somebody else's")
        expect("thread" not in answer.body, "nothing of it")
        expect_equal(zhang.get(f"/threads/{held['id']}").status, 200, "one's own")
        intruder.execute("ROLLBACK")
    expect(rig.wait_until(lambda: li.get(f"/threads/{held['id']}").status == 200, 5.0, 0.2), "back when it can be written")
    expect_equal([r["actor"]["id"] for r in audit(desk, "thread.read") if r["actor"]["id"] == li.id], [li.id], "with its record")


@rule(GROUP, "what an official ended is asked about by somebody who did not serve; a bad answer brings it back to the queue")
def call_back(env):
    desk = Desk(env)
    zhang, zhao, sun = desk.official("zhang"), desk.official("zhao"), desk.official("sun")
    phone, seen = desk.waiting()
    zhang.act(seen, "take")
    zhang.act(zhang.thread(seen["id"]), "close", outcome="solved")
    expect_equal(zhang.get("/threads", view="revisit").code, "forbidden", "an agent calls nobody back")
    phone.say("谢谢")  # and talks with the bot again: it is still owed
    listed = sun.threads("revisit")
    expect_equal([t["id"] for t in listed], [seen["id"]], "on the list of who calls back")
    expect_equal(sun.get(f"/threads/{seen['id']}").body["may"]["revisit"], True, "offered")
    path = f"/threads/{seen['id']}/revisit"
    expect_equal(zhang.call("POST", path, {"id": act_id(), "result": "reached", "text": "x"}).code, "forbidden", "not by an agent")
    expect_equal(sun.call("POST", path, {"id": act_id(), "result": "unreachable", "text": "无人接听"}).body["thread"]["revisit"]["tries"], 1,
                 "a call that reached nobody")
    answer = {"id": act_id(), "result": "reached", "grade": 2, "text": "材料清单不完整"}
    back = sun.call("POST", path, answer)
    expect_equal((back.status, back.body["thread"]["owner"]["kind"], back.body["thread"]["grade"]), (200, "queue", 2), str(back.body))
    expect_equal(sun.call("POST", path, answer).status, 409, "the same again has no second effect")
    steps = [e for e in zhao.events(seen["id"]) if e["kind"] == "revisit"]
    expect_equal([(s["body"]["result"], s["who"]) for s in steps], [("unreachable", "staff"), ("reached", "staff")], "in the timeline")
    expect_equal(steps[-1]["body"]["text"], "材料清单不完整", "with what was said")
    sent = [r[0] for r in desk.service.query("SELECT body FROM outbox")]
    expect(not any("材料清单" in s for s in sent) and any("重新转给" in s for s in sent), "the enterprise hears that it goes on, not the notes")
    expect_equal(sun.threads("revisit"), [], "settled until it ends again")
    zhao.act(zhao.thread(seen["id"]), "take")
    zhao.act(zhao.thread(seen["id"]), "close", outcome="solved")
    for tries in (1, 2, 3):
        done = sun.call("POST", path, {"id": act_id(), "result": "unreachable", "text": "无人接听"})
        expect_equal(done.status, 200, str(done.body))
    expect_equal(sun.threads("revisit"), [], "three calls are enough")
    other, row = desk.waiting()
    zhang.act(row, "take")
    zhang.act(zhang.thread(row["id"]), "close", outcome="solved")
    expect_equal([t["id"] for t in sun.threads("revisit")], [row["id"]], "another one")
    other.say("1")
    expect_equal(sun.threads("revisit"), [], "a good grade in the chat is an answer")
    desk.service.stop()
    checked = desk.service.run_command("verify", "--config", str(desk.service.config_file), "--data", str(desk.service.data))
    expect_equal(checked.returncode, 0, checked.stdout + checked.stderr)


@rule(GROUP, "who is disabled keeps nobody waiting: conversations go back to the queue, also after a restart; the last security administrator stays")
def gone(env):
    desk = Desk(env)
    zhang, li, zhao = desk.official("zhang"), desk.official("li"), desk.official("zhao")
    system, security = desk.official("sysadmin"), desk.official("secadmin")
    refused = system.call("PUT", f"/staff/{security.id}/disabled", {"disabled": True})
    expect_equal((refused.status, refused.code), (409, "not_allowed"), str(refused.body))
    expect("安全管理员" in refused.body["error"]["message"], refused.body["error"]["message"])
    threads = [desk.waiting()[1] for _ in range(3)]
    for t in threads[:2]:
        zhang.act(t, "take")
    li.act(threads[2], "take")
    given = li.act(li.thread(threads[2]["id"]), "transfer", to=zhang.id, reason="请接")
    expect_equal(given.status, 200, str(given.body))
    expect_equal(system.call("PUT", f"/staff/{zhang.id}/disabled", {"disabled": True}).status, 200, "disabled")
    back = lambda: all(zhao.thread(t["id"])["owner"]["kind"] == "queue" for t in threads)
    expect(rig.wait_until(back, 10), "all three wait again")
    expect(rig.wait_until(lambda: len(audit(desk, "thread.release")) == 3, 5), "each with its record")
    held = li.act(zhao.thread(threads[0]["id"]), "take").body["thread"]
    with contextlib.closing(sqlite3.connect(desk.service.database)) as db:  # the process died between the two steps
        desk.service.stop()
        db.execute("UPDATE staff SET disabled_ms = 1 WHERE id = ?", (int(li.id),))
        db.commit()
    desk.service.start()
    for o in (zhao,):
        o.connection.port = desk.service.port
        o.connection.close()
    expect(rig.wait_until(lambda: zhao.thread(held["id"])["owner"]["kind"] == "queue", 10), "found at the next start")
