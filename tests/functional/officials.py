"""Officials through the real API: who may come in, who owns a conversation, what the loser is told, what stays silent."""

import calendar
import re
import threading
import time

import rig
import suite
from console import Official, Stream, act_id, found_city
from suite import PLAINTEXT, Phone, expect, expect_equal, rule

GROUP = "officials"


class Desk:
    """A city with its officials, and enterprises that ask for one."""

    def __init__(self, env, **more):
        self.env = env
        self.service = env.service(**more)
        self.passwords = found_city(self.service)
        self.service.start()
        self._known: dict[str, Official] = {}

    def official(self, login: str) -> Official:
        """Signed in once; the slow hash is paid once."""
        if login not in self._known:
            self._known[login] = Official(self.service, login, self.passwords[login])
        return self._known[login]

    def twin(self, login: str) -> Official:
        """Another browser connection with the same session."""
        first = self.official(login)
        second = Official(self.service)
        second.login, second.cookie, second.csrf, second.id = login, first.cookie, first.csrf, first.id
        return second

    def phone(self) -> Phone:
        return Phone(self.env, self.service, PLAINTEXT)

    def waiting(self, *words: str) -> tuple[Phone, dict]:
        """An enterprise that asked for a person, and its row on the desk."""
        phone = self.phone()
        for word in words or ("人工",):
            phone.say(word)
        return phone, self.row(phone)

    def row(self, phone: Phone) -> dict:
        found = self.service.query("SELECT id FROM conversation WHERE user = ? AND channel = ?", phone.user, PLAINTEXT.id)
        return self.official("zhao").thread(str(found[0][0]))


def standing(env) -> Desk:
    """One city for the rules that leave it as they found it."""
    if not hasattr(env, "desk") or not env.desk.service.running():
        env.desk = Desk(env)
        env.keep(env.desk.service)
    return env.desk


@rule(GROUP, "a new installation has no login; the token in its data folder makes the three administrators, once")
def set_up(env):
    service = env.started()
    nobody = Official(service)
    expect(nobody.get("/setup").body["needed"], "set-up is needed")
    token = (service.data / "setup.token").read_text().strip()
    expect_equal((service.data / "setup.token").stat().st_mode & 0o777, 0o600, "mode of the token file")
    admins = [{"login": n, "name": n, "password": f"stapled giraffe {i} window"} for i, n in enumerate(("anna", "boris", "clara"))]
    wanted = {"token": token, "city": {"code": "510100", "name": "成都市"}, "department": "市企业服务中心", "admins": admins}
    expect_equal(nobody.call("POST", "/setup", wanted | {"token": "0" * 64}).code, "forbidden", "another token")
    weak = [admins[0] | {"password": "password1234"}] + admins[1:]
    expect_equal(nobody.call("POST", "/setup", wanted | {"admins": weak}).status, 400, "a password that everybody guesses")
    expect_equal(nobody.call("POST", "/setup", wanted).status, 200, "set-up")
    expect(not (service.data / "setup.token").exists(), "the token is gone")
    expect_equal(nobody.call("POST", "/setup", wanted).code, "forbidden", "a second set-up")
    system = Official(service, "anna", admins[0]["password"])
    security = Official(service, "boris", admins[1]["password"])
    made = system.call("POST", "/staff", {"login": "dora", "name": "Dora", "department": "1", "password": "a fine long sentence 7"})
    expect_equal(made.status, 200, str(made.body))
    dora = made.body["id"]
    expect_equal(system.call("PUT", f"/staff/{dora}/roles", {"roles": ["agent"], "expected": []}).code, "forbidden",
                 "the system administrator gives no rights")
    given = security.call("PUT", f"/staff/{dora}/roles", {"roles": ["agent"], "expected": []})
    expect_equal(given.status, 200, str(given.body))
    agent = Official(service, "dora", "a fine long sentence 7")
    expect_equal(agent.threads(), [], "an empty desk")
    records = Official(service, "clara", admins[2]["password"]).get("/audit").body["records"]
    expect({"set_up", "staff.create", "staff.roles", "session.open"} <= {r["act"] for r in records}, str(records))


@rule(GROUP, "without a session nothing is told, without its CSRF token nothing is done, from another origin neither")
def doors(env):
    desk = standing(env)
    stranger = Official(desk.service)
    for method, path in (("GET", "/threads?view=waiting"), ("GET", "/session"), ("POST", "/threads/1/take"), ("GET", "/staff")):
        expect_equal(stranger.call(method, path, {} if method == "POST" else None).code, "not_signed_in", path)
    zhang = desk.twin("zhang")
    zhang.csrf = ""
    expect_equal(zhang.call("DELETE", "/session").code, "csrf", "no token")
    zhang.csrf = desk.official("li").csrf
    expect_equal(zhang.call("DELETE", "/session").code, "csrf", "another session's token")
    zhang.csrf = desk.official("zhang").csrf
    evil = {"Origin": "https://evil.example"}
    expect_equal(zhang.call("DELETE", "/session", headers=evil).code, "csrf", "another origin")
    expect_equal(zhang.call("DELETE", "/session", headers={"Sec-Fetch-Site": "cross-site"}).code, "csrf", "another site")
    expect_equal(zhang.call("PUT", "/me/password", {"old": "x", "new": "y"}, {"Content-Type": "text/plain"}).code, "malformed",
                 "JSON that a form could send")
    expect_equal(Stream(zhang, headers=evil).status, 403, "a stream of another origin")
    expect_equal(Stream(stranger).status, 401, "a stream without a session")
    expect_equal(zhang.get("/session").status, 200, "still signed in")


@rule(GROUP, "an enterprise asks, one official takes, the bot is silent, the other is told who was faster, replies arrive once")
def one_life(env):
    desk = standing(env)
    zhang, li = desk.official("zhang"), desk.official("li")
    phone, seen = desk.waiting()
    expect(any(t["id"] == seen["id"] for t in zhang.threads()), "waits on everybody's list")
    taken = zhang.act(seen, "take")
    expect_equal(taken.status, 200, str(taken.body))
    lost = li.act(seen, "take")
    expect_equal((lost.status, lost.code), (409, "stale"), "the slower one")
    expect("张敏" in lost.body["error"]["winner"], f"is told who won: {lost.body}")
    expect_equal(li.act(taken.body["thread"], "reply", text="我来答").code, "not_allowed", "who does not have it cannot speak")
    expect_equal(phone.say("你们能处理吗"), "", "the bot is silent once a person has it")
    mine = zhang.thread(seen["id"])
    expect_equal(mine["last"]["text"], "你们能处理吗", "the newest words on the list")
    again = {"id": act_id(), "epoch": mine["epoch"], "text": "可以，请把材料发来。"}
    path = f"/threads/{seen['id']}/reply"
    expect_equal(zhang.call("POST", path, again).status, 200, "a reply")
    expect_equal(zhang.call("POST", path, again).status, 200, "the same again")
    expect_equal(zhang.call("POST", path, again | {"text": "别的"}).code, "mismatch", "the same id with other words")
    said = [e for e in zhang.events(seen["id"]) if e["kind"] == "staff.text"]
    expect_equal([e["body"]["text"] for e in said], ["可以，请把材料发来。"], "said once")
    expect_equal(zhang.thread(seen["id"])["waiting_since"], 0, "nothing waits after an answer")
    note = {"id": act_id(), "text": "内部：注意核对"}
    expect_equal(zhang.call("POST", f"/threads/{seen['id']}/notes", note).status, 200, "a note")
    zhang.call("POST", f"/threads/{seen['id']}/notes", note)
    expect_equal(len(zhang.get(f"/threads/{seen['id']}").body["notes"]), 1, "the same note twice is one")
    queued = [r[0] for r in desk.service.query("SELECT body FROM outbox")]
    expect(not any("内部" in body for body in queued), "no note leaves the house")
    closed = zhang.act(zhang.thread(seen["id"]), "close", outcome="solved", knowledge_gap=False)
    expect_equal(closed.body["thread"]["owner"]["kind"], "closed", str(closed.body))
    last = zhang.events(seen["id"])[-1]
    expect_equal([o["label"] for o in last["body"]["options"]], ["非常满意", "满意", "基本满意", "不满意", "非常不满意"], "asks for a grade")
    expect("重新转给" in phone.say("4"), "a bad grade brings it back to the officials")
    back = zhang.thread(seen["id"])
    expect_equal((back["owner"]["kind"], back["grade"]), ("queue", 2), "waits again, with its grade")
    expect("不满意" in back["reason"], f"and why: {back['reason']}")
    zhang.act(back, "take")
    zhang.act(zhang.thread(seen["id"]), "close", outcome="solved")
    expect("感谢" in phone.say("非常满意"), "a good one is thanked for")
    expect_equal(zhang.thread(seen["id"])["grade"], 5, "and kept")
    expect(phone.say("你好") != "", "who writes again talks to the bot")


@rule(GROUP, "who comes to the queue in office hours is told how many wait before, and out of hours when officials come")
def queue_place(env):
    desk = Desk(env)
    local = time.gmtime(time.time() + 8 * 3600)
    night = 22 * 3600 - (local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec)
    desk.service.set_clock(night * 1000)
    late = desk.phone()
    late.offset_s = night
    told = late.say("人工")
    when = re.search(r"(\d+)年(\d+)月(\d+)日 (\d+):(\d+) 上班", told)
    expect(when, f"out of hours it says when they come: {told}")
    opens = calendar.timegm(tuple(int(n) for n in when.groups()) + (0,)) - 8 * 3600
    open_at = opens + 3600 - int(time.time())
    desk.service.set_clock(open_at * 1000)
    first, second = desk.phone(), desk.phone()
    first.offset_s = second.offset_s = open_at
    told = first.say("人工")
    expect("前面还有 1 位" in told and "分钟内" in told, told)
    expect("前面还有 2 位" in second.say("人工"), "the next one")
    first.say("退出")
    third = desk.phone()
    third.offset_s = open_at
    expect("前面还有 2 位" in third.say("人工"), "who left does not count")


@rule(GROUP, "a transfer waits for its receiver; who does not accept in ten minutes loses it to the queue")
def transfer(env):
    desk = Desk(env)
    zhang, chen = desk.official("zhang"), desk.official("chen")
    phone, seen = desk.waiting("诉求")
    phone.say("人工")
    zhang.act(zhang.thread(seen["id"]), "take")
    people = {p["name"]: p["id"] for p in zhang.get("/colleagues").body["colleagues"]}
    expect("陈伟" in people and "周系统" not in people, f"who can receive: {people}")
    nobody = zhang.act(zhang.thread(seen["id"]), "transfer", to="1", reason="请接")
    expect_equal(nobody.code, "bad_field", "an administrator receives no conversation")
    given = zhang.act(zhang.thread(seen["id"]), "transfer", to=people["陈伟"], reason="属于工信局")
    expect_equal(given.status, 200, str(given.body))
    expect_equal(given.body["thread"]["department"]["name"], "市工业和信息化局", "it lies with the receiver's department")
    expect(given.body["thread"]["accept_by"] > 0, "waits for acceptance")
    expect_equal(zhang.act(given.body["thread"], "reply", text="还有一句").code, "not_allowed", "given is given")
    accepted = chen.act(chen.thread(seen["id"]), "accept")
    expect_equal((accepted.status, accepted.body["thread"]["accept_by"]), (200, 0), str(accepted.body))
    back = chen.act(accepted.body["thread"], "transfer", to=zhang.id, reason="不属于我局")
    expect_equal(back.status, 200, str(back.body))
    desk.service.set_clock(11 * 60 * 1000)
    expect(rig.wait_until(lambda: zhang.thread(seen["id"])["owner"]["kind"] == "queue", 10), "back in the queue")
    acts = [(e["body"]["what"], e["body"]["reason"]) for e in zhang.events(seen["id"]) if e["kind"] == "official"]
    expect_equal([a for a, _ in acts], ["take", "transfer", "accept", "transfer", "release"], "the whole way is on record")
    expect_equal(acts[1][1], "属于工信局", "with its reasons")


@rule(GROUP, "a handback goes to the dialog that the official names; force needs the right and a reason")
def hand_back(env):
    desk = standing(env)
    zhang, zhao = desk.official("zhang"), desk.official("zhao")
    phone, seen = desk.waiting("诉求", "资金", "人工")
    slots = desk.official("zhang").get(f"/threads/{seen['id']}").body["context"]["slots"]
    expect(any("资金" in s["value"] for s in slots), f"what the bot collected: {slots}")
    zhang.act(seen, "take")
    held = zhang.thread(seen["id"])
    expect_equal(desk.official("li").act(held, "take", force=True, reason="急").code, "forbidden", "no right to force")
    expect_equal(zhao.act(held, "take", force=True).code, "bad_field", "no reason")
    forced = zhao.act(held, "take", force=True, reason="办理超时，督办接手")
    expect_equal(forced.status, 200, str(forced.body))
    expect_equal(zhang.act(held, "reply", text="写了一半").code, "not_allowed", "whoever lost it is refused")
    given = zhao.act(forced.body["thread"], "hand-back", dialog="raise_problem")
    expect_equal(given.body["thread"]["owner"]["kind"], "bot", str(given.body))
    texts = [e["body"]["text"] for e in zhao.events(seen["id"]) if e["kind"] == "bot.text"]
    expect("哪方面的问题" in texts[-1], f"the dialog that the official named: {texts[-1]}")
    expect("希望怎样解决" in phone.say("资金"), "and the bot goes on")


@rule(GROUP, "of 64 officials who take at once exactly one wins, in every round, and the bot says nothing afterwards")
def race(env):
    desk = Desk(env)
    takers = [desk.twin(login) for login in ("zhang", "li", "zhao", "zhang") for _ in range(16)]
    rounds = max(20, env.count * 2)
    barrier = threading.Barrier(len(takers) + 1)  # and this thread
    current: dict = {}
    won: list = []
    faults: list = []

    def work(official: Official) -> None:
        for _ in range(rounds):
            barrier.wait(60)
            thread = current["thread"]
            answer = official.act(thread, "take")
            if answer.status == 200:
                won.append((thread["id"], official.id))
            elif answer.status != 409:
                faults.append(f"{answer.status} {answer.body}")
            barrier.wait(60)

    threads = [threading.Thread(target=work, args=(t,), daemon=True) for t in takers]
    for t in threads:
        t.start()
    phones = [desk.phone() for _ in range(4)]
    begin = time.monotonic()
    for n in range(rounds):
        phone = phones[n % len(phones)]
        phone.say("你好")
        current["thread"] = desk.row(phone)
        noise = threading.Thread(target=phone.say, args=("诉求",), daemon=True)
        barrier.wait(60)
        noise.start()  # the bot's own turn races with the takeover
        barrier.wait(60)
        noise.join(10)
        after = desk.row(phone)
        owner = desk.official(next(login for login in ("zhang", "li", "zhao") if desk.official(login).id == after["owner"]["id"]))
        takeover = [e["seq"] for e in owner.events(after["id"]) if e["kind"] == "official" and e["body"]["what"] == "take"][-1]
        spoke = [e for e in owner.events(after["id"], takeover) if e["kind"] == "bot.text"]
        expect_equal(len(spoke), 1, f"round {n}: after the takeover only its own announcement, found {spoke}")
        owner.act(after, "close", outcome="solved")
    for t in threads:
        t.join(10)
    expect_equal(faults, [], "other answers than 200 and 409")
    expect_equal(len(won), rounds, "one winner in each round")
    return f"{rounds} rounds x {len(takers)}, {time.monotonic() - begin:.0f} s"


@rule(GROUP, "the stream tells every page of the desk without a gap, also one that was away")
def stream(env):
    desk = standing(env)
    zhang, li = desk.official("zhang"), desk.official("li")
    phone, seen = desk.waiting()
    page = li.stream()
    welcome = page.until(lambda f: f["type"] == "welcome")
    page.send({"type": "watch", "thread": seen["id"], "after": 0})
    first = page.until(lambda f: f["type"] == "events" and f["thread"] == seen["id"])
    expect_equal([e["seq"] for e in first["events"]], list(range(1, len(first["events"]) + 1)), "from the start")
    taken = zhang.act(seen, "take").body["thread"]
    told = page.until(lambda f: f["type"] == "threads" and f["threads"][0]["id"] == seen["id"])
    expect_equal(told["threads"][0]["owner"]["name"], "张敏", "who has it now")
    page.close()
    for n in range(5):
        phone.say(f"第{n}句")
        zhang.act(taken, "reply", text=f"答{n}")
    back = li.stream(told["change"])
    row = back.until(lambda f: f["type"] == "threads")["threads"]
    expect(any(t["id"] == seen["id"] and t["last"]["text"] == "答4" for t in row), f"what changed meanwhile: {row}")
    back.send({"type": "watch", "thread": seen["id"], "after": first["events"][-1]["seq"]})
    missed = back.until(lambda f: f["type"] == "events")["events"]
    expect_equal([e["seq"] for e in missed], list(range(missed[0]["seq"], missed[0]["seq"] + len(missed))), "no gap")
    expect_equal(missed[0]["seq"], first["events"][-1]["seq"] + 1, "goes on where the page was")
    expect(welcome["change"] <= told["change"], "changes grow")
    back.send({"type": "watch", "thread": "999999", "after": 0})
    expect_equal(back.until(lambda f: f["type"] == "unwatched")["thread"], "999999", "what is not there is not watched")


@rule(GROUP, "a revoked session ends its stream within five seconds, and everything else at once")
def revoked(env):
    desk = Desk(env)
    xu = desk.official("xu")
    page = xu.stream()
    page.until(lambda f: f["type"] == "welcome")
    security = desk.official("secadmin")
    ended = security.call("DELETE", f"/staff/{xu.id}/sessions")
    expect_equal(ended.status, 200, str(ended.body))
    expect_equal(xu.get("/session").code, "not_signed_in", "the next request")
    begin = time.monotonic()
    while page.read(6) is not None:
        pass
    expect_equal(page.closed, 4401, "the stream's close code")
    expect(time.monotonic() - begin < 6, "in time")


@rule(GROUP, "an official of another place sees no list, no thread, no event and no stream of it")
def scope(env):
    desk = standing(env)
    phone, seen = desk.waiting()
    xu = desk.official("xu")  # of a district below the city: the city's threads are not hers
    expect(not any(t["id"] == seen["id"] for v in ("waiting", "department", "overdue", "closed", "bot") for t in xu.threads(v)),
           "not on any list")
    for path in ("", "/events", "/script"):
        expect_equal(xu.get(f"/threads/{seen['id']}{path}").code, "not_found", path)
        expect_equal(xu.get(f"/threads/99999999{path}").code, "not_found", "as if absent")
    for what in ("take", "accept", "release", "hand-back", "reply", "close", "transfer"):
        more = {"reply": {"text": "x"}, "close": {"outcome": "solved"}, "transfer": {"to": "4", "reason": "x"}}.get(what, {})
        expect_equal(xu.act(seen, what, **more).code, "not_found", what)
    page = xu.stream()
    page.until(lambda f: f["type"] == "welcome")
    page.send({"type": "watch", "thread": seen["id"], "after": 0})
    page.until(lambda f: f["type"] == "unwatched")
    desk.official("zhang").act(seen, "take")
    page.send({"type": "ping"})
    expect_equal(page.read()["type"], "pong", "no word of what happens elsewhere")


@rule(GROUP, "what does not fit the route's table is refused before anything runs")
def bad_bodies(env):
    desk = standing(env)
    zhang = desk.official("zhang")
    phone, seen = desk.waiting()
    path = f"/threads/{seen['id']}/take"
    good = {"id": act_id(), "epoch": seen["epoch"]}
    for body in ({}, {"id": act_id()}, good | {"epoch": -1}, good | {"epoch": "1"}, good | {"epoch": 1e400}, good | {"epoch": None},
                 good | {"owner": "1"}, good | {"force": "true"}, good | {"id": "x"}, good | {"id": ["a"]},
                 good | {"id": act_id(0)}, good | {"reason": "x" * 501}, good | {"reason": {"a": 1}}, [good], "text", 7):
        answer = zhang.call("POST", path, body)
        expect_equal(answer.status, 400, f"{body!r}")
    for raw in (b'{"id":"a","id":"b"}', b"{", b"\xff\xfe", b"[" * 5000, b'{"epoch":' + b"9" * 400 + b"}"):
        answer = zhang.connection.request("POST", "/api/v1" + path, raw, zhang.headers() | {"Content-Type": "application/json"})
        expect_equal(answer.status, 400, f"{raw[:20]!r}")
    for query in ("view=nothing", "view=waiting&limit=0", "view=waiting&limit=1000000000", "view=waiting&limit=-1",
                  "view=waiting&after=1;drop", "view=waiting&view=mine", "view=waiting&sort=owner", ""):
        expect_equal(zhang.get(f"/threads?{query}").status, 400, query)
    for bad in ("0", "-1", "99999999999999999999", "1.5", "abc", "%27"):
        expect_equal(zhang.get(f"/threads/{bad}").status, 404, bad)
    expect_equal(zhang.thread(seen["id"])["epoch"], seen["epoch"], "nothing happened")
    clean = zhang.call("PUT", f"/threads/{seen['id']}/draft", {"text": "一\x00二\x07三"})
    expect_equal(clean.status, 200, "controls are taken out, not an error")
    expect_equal(zhang.get(f"/threads/{seen['id']}").body["draft"], "一二三", "cleaned")
    zhang.act(seen, "take")
    zhang.act(zhang.thread(seen["id"]), "close", outcome="spam")


@rule(GROUP, "the document about the API names every route with its policy, and every route answers as it says")
def document(env):
    desk = standing(env)
    stranger = Official(desk.service)
    told = stranger.get("/openapi.json")
    expect_equal(told.status, 200, "openapi.json")
    count = 0
    for path, verbs in told.body["paths"].items():
        for verb, operation in verbs.items():
            count += 1
            concrete = path.replace("{id}", "1").replace("{digest}", "ab").replace("{name}", "x")
            answer = stranger.call(verb.upper(), concrete, {} if verb in ("post", "put") else None)
            wanted = operation["x-policy"] == "anyone"
            expect_equal(answer.code != "not_signed_in", wanted, f"{verb} {path}: {answer.status} {answer.body}")
    return f"{count} routes"


@rule(GROUP, "what was ever said is found by its words some moments later, with marks, by whoever may see it, and the search is recorded")
def search(env):
    desk = Desk(env)
    zhang = desk.official("zhang")
    phone, seen = desk.waiting("人工")
    zhang.act(seen, "take")
    phone.say("租金減免政策，合同编号HT2026")
    thread = zhang.thread(seen["id"])
    zhang.act(thread, "reply", text="租金减免请先报送租赁合同。")

    def hits(who, words, **more):
        answer = who.get("/search", q=words, **more)
        expect_equal(answer.status, 200, str(answer.body))
        return answer.body["hits"]

    expect(rig.wait_until(lambda: len(hits(zhang, "租金减免")) == 2, 10), "both messages are found")
    newest, oldest = hits(zhang, "租金减免")
    expect_equal((newest["who"], oldest["who"], newest["thread"]["id"]), ("staff", "user", seen["id"]), "newest first")
    expect_equal(oldest["marks"], [[0, 4]], f"marks stand in the words as they were written: {oldest}")
    expect_equal(len(hits(zhang, "减免 ht20")), 1, "the beginning of a word, and all groups")
    first = zhang.get("/search", q="减免", limit=1).body
    expect_equal([h["seq"] for h in first["hits"] + hits(zhang, "减免", after=first["next"])], [newest["seq"], oldest["seq"]], "pages join")
    expect_equal(hits(desk.official("chen"), "租金减免"), [], "another department finds nothing")
    for bad in ({"q": " ，"}, {"q": "x", "after": "-1"}, {"q": "字" * 101}, {}):
        expect_equal(zhang.get("/search", **bad).code, "bad_field", str(bad))
    recorded = [r[0] for r in desk.service.query("SELECT detail FROM staff_audit WHERE act = 'thread.search'")]
    expect("租金减免" in recorded and "减免" in recorded, f"who looked for what is on record: {recorded}")
    desk.service.stop()
    (desk.service.data / "zhuqi-search.db").unlink()
    desk.service.start()
    again = desk.twin("zhang")
    expect(rig.wait_until(lambda: len(hits(again, "租金减免")) == 2, 10), "an index that was lost is made anew")
