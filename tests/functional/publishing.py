"""What an operator's change of the scripts does to those who talk: nothing by itself, and never what was not checked."""

import signal
import shutil
from pathlib import Path

import rig
from suite import SECURE, Phone, expect, expect_equal, rule

GROUP = "publishing"
LIBRARY = Path(__file__).resolve().parents[2] / "dialogs" / "library"


class City:
    """A server with a folder of scripts of its own."""

    def __init__(self, env):
        self.env = env
        self.folder = env.fresh_folder() / "scripts"
        shutil.copytree(LIBRARY, self.folder)
        self.service = env.service(config={"scripts": str(self.folder)})

    def start(self):
        self.service.start()
        return self

    def phone(self) -> Phone:
        return Phone(self.env, self.service, SECURE)

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text()
        expect(old in text, f"{file} lacks {old}")
        path.write_text(text.replace(old, new))

    def plan(self, **keys: str) -> None:
        (self.folder / "publish.yaml").write_text("".join(f"{k}: {v}\n" for k, v in keys.items()))

    def reload(self, outcome: str) -> dict:
        before = len(self.service.events(outcome))
        self.service.process.send_signal(signal.SIGHUP)
        expect(rig.wait_until(lambda: len(self.service.events(outcome)) > before, 20), f"no {outcome} after SIGHUP")
        return self.service.events(outcome)[-1]

    def refused(self) -> bool:
        lines = self.service.ops("/metrics").body.decode().splitlines()
        return any(float(line.split()[1]) == 1 for line in lines if line.startswith("zhuqi_scripts_refused "))


@rule(GROUP, "SIGHUP publishes a changed folder: who is under way ends on the old words, who begins gets the new ones")
def reload(env):
    city = City(env).start()
    old = city.phone()
    expect("希望怎样解决" in old.say("诉求") + old.say("资金"), "the first version's question")
    first = city.service.events("listening")[-1]["scripts"]
    city.change("raise_problem.yaml", "贵企业遇到的是哪方面的问题？", "请选择问题类别。")
    city.change("raise_problem.yaml", "这件事有多紧急？", "请选择紧急程度。")
    done = city.reload("scripts.published")
    expect(done["version"] != first and done["before"] == first, str(done))
    new = city.phone()
    expect("请选择问题类别" in new.say("诉求"), "the new version's question")
    expect("这件事有多紧急" in old.say("还不上贷款了，怎么办"), "the old version goes on for its people")
    city.reload("scripts.unchanged")
    expect_equal(city.service.stop(), 0, "exit code")
    verified = city.service.run_command("verify", "--data", str(city.service.data))
    expect_equal(verified.returncode, 0, verified.stdout + verified.stderr)


@rule(GROUP, "a folder with errors changes nothing, says where they are, and does not keep the server from starting again")
def refused(env):
    city = City(env).start()
    phone = city.phone()
    phone.say("诉求")
    city.change("raise_problem.yaml", "    next: urgency", "    next: nowhere")
    city.reload("scripts.refused")
    said = " ".join(f["what"] for f in city.service.events("scripts.finding"))
    expect("raise_problem.yaml:" in said and "unknown-target" in said and "nowhere" in said, said)
    expect(city.refused(), "the gauge")
    expect("具体情况" in phone.say("资金"), "the live version goes on")
    expect_equal(city.service.stop(), 0, "exit code")
    city.start()
    expect(city.refused() and city.service.events("scripts.kept"), "the live version is kept over a restart")
    expect("多紧急" in phone.say("还不上贷款了，怎么办"), "the dialog goes on")
    city.change("raise_problem.yaml", "    next: nowhere", "    next: urgency")
    city.reload("scripts.unchanged")
    expect(not city.refused(), "the gauge after the repair")


@rule(GROUP, "without a version that was live a folder with errors is a reason not to start, and the reason is told")
def never_good(env):
    city = City(env)
    city.change("raise_problem.yaml", "start: category", "start: nowhere")
    city.service.spawn()
    expect(city.service.wait() not in (0, -6, -11), "exit code")
    told = "\n".join(city.service.lines)
    expect("unknown-target" in told and "zhuqi script check" in told, told[-600:])


@rule(GROUP, "publish.yaml takes people along with their answers, or sends them to a state")
def moves(env):
    city = City(env).start()
    phone = city.phone()
    phone.say("诉求")
    phone.say("资金")
    city.change("raise_problem.yaml", "这件事有多紧急？", "请选择紧急程度。")
    city.plan(publish="问法更清楚", running="move")
    expect_equal(city.reload("scripts.published")["versions_moved"], 1, "versions moved")
    expect("请选择紧急程度" in phone.say("还不上贷款了，怎么办"), "the next question is the new version's")
    city.change("raise_problem.yaml", "请重新说明具体情况。", "规定已调整，请重新说明具体情况。")
    city.plan(publish="规定调整", running="withdraw", to="raise_problem.change_matter")
    city.reload("scripts.published")
    expect("规定已调整" in phone.say("1"), "everybody is sent to the named state")
    expect("资金" in (screen := phone.say("贷款到期，申请展期")), f"answers are kept: {screen}")
    city.plan(publish="写错了", running="withdraw", to="raise_problem.nowhere")
    city.reload("scripts.refused")
