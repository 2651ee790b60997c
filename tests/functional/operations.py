"""What an operator does: configuration, backup and restore while running, a second process by mistake, reading the logs."""

import json
import os
import re
import shutil
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crash"))

import oracle
import rig
import suite
import wire
from load import Load, Plan, accounts
from suite import PLAINTEXT, SECURE, Phone, expect, expect_equal, rule

GROUP = "operations"

GOOD = {"id": "city", "kind": "wechat", "mode": "secure", "app_id": "wx1", "token": "tok123",
        "encoding_aes_key": SECURE.aes_key}


def without(key: str) -> dict:
    return {k: v for k, v in GOOD.items() if k != key}


BAD_CONFIGS = [  # (name, YAML, what the message must hold)
    ("A2 token unset", {"channels": [without("token")]}, ["token", "zhuqi.yaml:2"]),
    ("A2 token empty", {"channels": [GOOD | {"token": ""}]}, ["token", "zhuqi.yaml:2"]),
    ("A2 token from a variable that is not set", {"channels": [GOOD | {"token": "${ZHUQI_NO_SUCH}"}]}, ["ZHUQI_NO_SUCH", "zhuqi.yaml:2"]),
    ("A2 token from a file that is not there", {"channels": [GOOD | {"token": "file:no-such"}]}, ["no-such", "zhuqi.yaml:2"]),
    ("A2 AES key unset", {"channels": [without("encoding_aes_key")]}, ["encoding_aes_key"]),
    ("A2 AES key too short", {"channels": [GOOD | {"encoding_aes_key": "abc"}]}, ["encoding_aes_key"]),
    ("A2 app id unset", {"channels": [without("app_id")]}, ["app_id"]),
    ("A2 plaintext without allow_plaintext", {"channels": [GOOD | {"mode": "plaintext"}]}, ["allow_plaintext"]),
    ("unknown key", {"log_level": "info", "chanels": []}, ["chanels", "zhuqi.yaml:2"]),
    ("unknown key of a channel", {"channels": [GOOD | {"tokn": "x"}]}, ["tokn", "zhuqi.yaml:2"]),
    ("unknown kind", {"channels": [GOOD | {"kind": "telegraph"}]}, ["kind", "zhuqi.yaml:2"]),
    ("bad mode", {"channels": [GOOD | {"mode": "safe"}]}, ["mode"]),
    ("two channels of one id", {"channels": [GOOD, GOOD]}, ["city"]),
    ("bad address", {"listen": "localhost"}, ["zhuqi.yaml:1", "IP:PORT"]),
    ("bad level", {"log_level": "loud"}, ["zhuqi.yaml:1", "debug"]),
    ("bad window", {"channels": [GOOD | {"replay_window": "-5"}]}, ["zhuqi.yaml:2"]),
    ("not a map", "- a\n- b", ["zhuqi.yaml:1"]),
    ("broken YAML", "listen: [", ["zhuqi.yaml:"]),
    ("a key twice", "log_level: info\nlog_level: warn", ["log_level", "zhuqi.yaml:"]),
]


@rule(GROUP, "a wrong configuration refuses to start, and says which key in which line; check-config says the same")
def bad_configs(env):
    wrong = []
    for name, content, wanted in BAD_CONFIGS:
        folder = env.fresh_folder()
        folder.mkdir()
        file = folder / "zhuqi.yaml"
        file.write_text(content if isinstance(content, str) else rig.yaml_of(content) + "\n")
        service = env.service([], folder=folder / "s")
        for command, code in ((["serve"], 2), (["check-config"], 1)):
            try:
                done = service.run_command(*command, "--config", str(file), "--data", str(folder / "data"), timeout=10)
            except Exception as error:  # it started, or hangs
                wrong.append(f"{name}, {command[0]}: {error}")
                continue
            missing = [word for word in wanted if word not in done.stderr]
            if done.returncode != code or missing:
                wrong.append(f"{name}, {command[0]}: exit {done.returncode}, lacks {missing}: {done.stderr.strip()!r}")
            if SECURE.aes_key in done.stderr or "tok123" in done.stderr:
                wrong.append(f"{name}: the message shows a secret")
        if (folder / "data" / "zhuqi.db").exists():
            wrong.append(f"{name}: a database was made")
    expect(not wrong, "\n".join(wrong))
    return f"{len(BAD_CONFIGS)} files"


@rule(GROUP, "secrets come from ${ENV} and file: as well")
def secret_references(env):
    folder = env.fresh_folder()
    folder.mkdir()
    (folder / "token.txt").write_text(SECURE.token + "\n")
    channel = SECURE.config() | {"token": "file:token.txt", "encoding_aes_key": "${CANARY_AES}"}
    service = env.started([channel], folder=folder, env={"CANARY_AES": SECURE.aes_key})
    expect("助企" in Phone(env, service, SECURE).say("你好"), "a reply")


@rule(GROUP, "a second process on the same data folder is refused in words, and the first one does not notice")
def second_process(env):
    service = env.started()
    phone = Phone(env, service, SECURE)
    phone.say("诉求")
    other = service.run_command("serve", "--config", str(service.config_file), "--data", str(service.data),
                                "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0", timeout=15)
    expect_equal(other.returncode, 70, f"exit code ({other.stderr.strip()[-300:]})")
    expect(str(service.data) in other.stderr and str(service.process.pid) in other.stderr, other.stderr)
    expect("具体情况" in phone.say("资金"), "the first one goes on")


@rule(GROUP, "an address in use is refused in words")
def address_in_use(env):
    first = env.started()
    second = env.service(port=first.port)
    done = second.run_command(*second.command()[1:], timeout=15)
    expect_equal(done.returncode, 70, "exit code")
    expect(str(first.port) in done.stderr and "in use" in done.stderr.lower(), done.stderr[-400:])


@rule(GROUP, "a backup under load restores to a sound database with everything acknowledged before it began")
def backup_under_load(env):
    service = env.started([a.config() for a in accounts()], config={"log_level": "info"})
    load = Load(Plan(seed=env.seed, rate=250, users=100), accounts(), lambda: service.port)
    load.start()
    taken = []
    try:
        for n in range(3):
            time.sleep(1.0)
            file = service.folder / f"backup{n}.db"
            moment = time.monotonic()
            done = service.run_command("backup", "--config", str(service.config_file), "--data", str(service.data), str(file))
            expect_equal(done.returncode, 0, f"backup: {done.stderr.strip()}")
            taken.append((file, moment))
    finally:
        load.stop()
    expect_equal(service.stop(), 0, "exit code")
    history = service.folder / "history.jsonl"
    load.write_history(history)
    for file, moment in taken:
        fresh = service.folder / f"restored-{file.stem}"
        done = service.run_command("restore", "--data", str(fresh), str(file))
        expect_equal(done.returncode, 0, f"restore: {done.stderr.strip()}")
        verified = service.run_command("verify", "--data", str(fresh), "--json")
        expect_equal(verified.returncode, 0, f"verify: {verified.stdout[-800:]} {verified.stderr[-400:]}")
        findings, figures = oracle.judge(history, fresh / "zhuqi.db", moment)
        expect(not findings, f"{file.name}:\n" + "\n".join(findings[:10]))
        expect(figures["acked"] > 100, "the load was too light")
        again = service.run_command("restore", "--data", str(fresh), str(file))
        expect(again.returncode != 0, "restore over an existing database must be refused")
    return f"{figures['acked']} acks before the last backup"


@rule(GROUP, "a restored folder serves: conversations go on, retries from before the backup get their reply")
def restore_serves(env):
    service = env.started()
    phone = Phone(env, service, PLAINTEXT)
    phone.say("诉求")
    first = phone.send(phone.call("资金"))
    file = service.folder / "backup.db"
    done = service.run_command("backup", "--data", str(service.data), str(file))
    expect_equal(done.returncode, 0, done.stderr)
    expect_equal(os.stat(file).st_mode & 0o077, 0, "others can read the backup: mode bits")
    other = env.service()
    expect_equal(service.run_command("restore", "--data", str(other.data), str(file)).returncode, 0, "restore")
    other.start()
    call = phone.last
    expect_equal(other.post(call).body, first.body, "the retry's reply")
    moved = Phone(env, other, PLAINTEXT, phone.user)
    expect("多紧急" in moved.say("还不上贷款了，怎么办"), "the dialog goes on")


@rule(GROUP, "backup and restore refuse what would harm, in words")
def backup_refusals(env):
    service = env.started()
    Phone(env, service, SECURE).say("你好")
    junk = service.folder / "junk.db"
    junk.write_bytes(b"not a database" * 1000)
    nowhere = service.folder / "none"
    cases = [("restore of junk", ["restore", "--data", str(nowhere), str(junk)]),
             ("restore of nothing", ["restore", "--data", str(nowhere), str(service.folder / "no.db")]),
             ("backup of nothing", ["backup", "--data", str(nowhere), str(service.folder / "b1.db")]),
             ("backup over a file", ["backup", "--data", str(service.data), str(junk)]),
             ("backup into no folder", ["backup", "--data", str(service.data), str(nowhere / "x" / "b.db")]),
             ("restore into a running one", ["restore", "--data", str(service.data), str(junk)])]
    for name, command in cases:
        done = service.run_command(*command)
        expect(done.returncode not in (0, 134, 139, -6, -11), f"{name}: exit {done.returncode}")
        expect(done.stderr.strip() != "", f"{name}: no words")
    expect_equal(junk.read_bytes()[:14], b"not a database", "an existing file was overwritten")
    expect(not (nowhere / "zhuqi.db").exists(), "a refused restore left a database")
    expect_equal(Phone(env, service, SECURE).say("诉求") != "", True, "the server goes on")


@rule(GROUP, "zhuqi verify finds a changed word, a deleted event and a broken page")
def verify_finds(env):
    service = env.started()
    phone = Phone(env, service, SECURE)
    for text in ("诉求", "资金", "还不上贷款了，怎么办", "1"):
        phone.say(text)
    expect_equal(service.stop(), 0, "exit code")
    damages = {"none": None, "deleted event": "DELETE FROM event WHERE id = 3", "seq": "UPDATE event SET seq = 99 WHERE id = 4",
               "changed reply": "UPDATE event SET body = replace(body, '哪方面', '那方面') WHERE kind = 'bot.text'",
               "changed snapshot": "UPDATE state SET snapshot = (SELECT snapshot FROM state ORDER BY turn LIMIT 1)"}
    for name, sql in damages.items():
        copy = service.folder / f"damaged {name}"
        shutil.copytree(service.data, copy)
        if sql:
            with sqlite3.connect(copy / "zhuqi.db") as db:
                db.execute(sql)
            db.close()
        done = service.run_command("verify", "--data", str(copy))
        expect_equal(done.returncode, 0 if sql is None else 1, f"{name}: {done.stdout[-300:]} {done.stderr[-300:]}")
    raw = bytearray((service.data / "zhuqi.db").read_bytes())
    raw[8192:16384] = b"\x5a" * 8192
    (service.data / "zhuqi.db").write_bytes(raw)
    expect(service.run_command("verify", "--data", str(service.data)).returncode not in (0, 134, 139, -6, -11), "broken pages")


@rule(GROUP, "the data folder is closed to other users")
def closed_folder(env):
    service = env.started()
    Phone(env, service, SECURE).say("你好")
    for path in [service.data, *service.data.iterdir()]:
        expect_equal(path.stat().st_mode & 0o077, 0, f"{path.name}: mode bits for others")


@rule(GROUP, "the log (at level debug) and /metrics hold no words, tokens, keys or openids of anybody")
def log_canaries(env):
    service = env.started()
    secrets = [a.token for a in (SECURE, suite.COMPATIBLE, PLAINTEXT)] + [SECURE.aes_key, suite.COMPATIBLE.aes_key]
    users = []
    words = ["机密金丝雀话语", "SecretCanaryWords"]
    for account in suite.ALL_FORMS:
        phone = Phone(env, service, account)
        users.append(phone.user)
        for text in ("诉求", "1", "机密金丝雀话语一二三四五", "SecretCanaryWords in English", "x]]></Content>机密金丝雀话语"):
            service.post(phone.call(text))
        service.post(phone.call("机密金丝雀话语", signature="0" * 40, msg_signature="0" * 40))
        now = phone.now()
        ident = env.new_id()
        for text in ("机密金丝雀话语甲", "机密金丝雀话语乙"):  # an alarm
            service.post(wire.text_callback(account, phone.user, text, ident, now))
    metrics = service.ops("/metrics").body.decode()
    service.stop()
    log = "\n".join(service.lines)
    expect(len(service.lines) > 20, "a log at level debug")
    for needle in secrets + users + words:
        expect(needle not in log, f"the log holds {needle}: " + next((ln for ln in service.lines if needle in ln), ""))
        expect(needle not in metrics, f"/metrics holds {needle}")
    bad = [line for line in service.lines if not is_json(line)]
    expect(not bad, f"no JSON line: {bad[:3]}")
    turns = [e for e in service.events("turn.committed")]
    expect(turns and all("turn_id" in e for e in turns), "turn_id in the log")
    expect(not re.search(r"signature=|nonce=|echostr=", log), "the log holds a query string")


def is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
