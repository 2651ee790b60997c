"""The shipped dialogs as a user of WeChat meets them, in Chinese, down to the officials' queue."""

import json

import suite
import wire
from suite import PLAINTEXT, SECURE, SECURE_JSON, Phone, expect, expect_equal, rule

GROUP = "dialog"
QUEUE = 1  # conversation owner_kind


def owner(service, phone) -> tuple:
    """(owner_kind, epoch) of the newest state."""
    return service.query("SELECT s.owner_kind, s.epoch FROM state s JOIN conversation c ON c.id = s.conversation "
                         "WHERE c.user = ? AND c.channel = ? ORDER BY s.turn DESC LIMIT 1", phone.user, phone.account.id)[0]


def talk(phone, script: list) -> str:
    """[(what is typed, what the answer must hold)]; gives the last answer."""
    screen = ""
    for typed, *wanted in script:
        screen = phone.say(typed)
        for word in wanted:
            expect(word in screen, f"after {typed!r} the screen lacks {word!r}:\n{screen}")
    return screen


@rule(GROUP, "an enterprise raises a problem from the menu to the officials' queue, and everything it said arrives there")
def raise_problem(env):
    service = env.standing()
    for account in (SECURE, SECURE_JSON, PLAINTEXT):
        phone = Phone(env, service, account)
        talk(phone, [
            ("你好", "助企", "1. ", "反映问题"), ("1", "哪方面"), ("口罩", "具体情况"), ("口罩只够用到周五，车间要停工了", "多紧急"),
            ("2", "联系人"), ("李敏", "电话"), ("13800138000", "核对", "防疫物资", "口罩只够用到周五", "李敏", "13800138000"),
            ("1", "已提交")])
        expect_equal(owner(service, phone)[0], QUEUE, "the conversation's owner")
        handoff = phone.rows("handoff")
        expect_equal(len(handoff), 1, "handoff events")
        body = json.loads(handoff[0][1])
        expect(body["queue"] == "企业诉求" and "李敏" in json.dumps(body, ensure_ascii=False), str(body))
        listed = service.query("SELECT o.owner_kind, o.epoch FROM open_thread o JOIN conversation c ON c.id = o.conversation "
                               "WHERE c.user = ? AND c.channel = ?", phone.user, account.id)
        expect_equal(listed, [owner(service, phone)], "row in the list of waiting threads")
        expect_equal(phone.say("再补充一句：要一次性口罩"), "", "the bot is silent while a person is expected")
        expect_equal(len(phone.rows()), 9, "and keeps what is written")


@rule(GROUP, "人工 at any question hands over with what is filled in; 退出 brings the bot back under a larger epoch")
def human_and_back(env):
    service = env.standing()
    phone = Phone(env, service, SECURE)
    talk(phone, [("诉求", "哪方面"), ("资金", "具体情况"), ("人工", "退出")])
    kind, epoch = owner(service, phone)
    expect_equal(kind, QUEUE, "owner")
    talk(phone, [("退出", "退出排队")])
    again, later = owner(service, phone)
    expect(again == 0 and later > epoch, f"owner {again}, epoch {epoch} → {later}")


@rule(GROUP, "a wrong answer is explained, the third hands over to a person")
def retry_ladder(env):
    phone = Phone(env, env.standing(), SECURE)
    talk(phone, [("诉求", "哪方面"), ("飞机", "数字"), ("飞机票", "1 到 8"), ("再说一遍飞机", "退出")])


@rule(GROUP, "返回 goes back a question, 重新开始 to the menu, 语言 switches to English, Japanese and Korean")
def interrupts(env):
    phone = Phone(env, env.standing(), SECURE)
    talk(phone, [("诉求", "哪方面"), ("资金", "具体情况"), ("返回", "哪方面"), ("重新开始", "请问需要办理什么")])
    for word, wanted in (("English", "1."), ("日本語", "1."), ("한국어", "1.")):
        screen = phone.say(word)
        expect(wanted in screen and "请问需要办理什么" not in screen, f"{word}: {screen}")
    expect("请问需要办理什么" in phone.say("中文"), "back to Chinese")


@rule(GROUP, "the longest summary stays within 2,048 bytes and keeps its options")
def long_summary(env):
    phone = Phone(env, env.standing(), SECURE)
    talk(phone, [("诉求", "哪方面"), ("1", "具体情况"), ("困" * 500, "多紧急"), ("1", "联系人"), ("李" * 40, "电话")])
    screen = phone.say("13800138000")
    expect("1. " in screen and "确认提交" in screen, f"the options were cut off: …{screen[-120:]}")


@rule(GROUP, "a follower is greeted, an unfollower is not answered, and comes back to a living dialog")
def follow_unfollow(env):
    service = env.standing()
    phone = Phone(env, service, SECURE)
    for event, wanted in (("subscribe", "助企"), ("unsubscribe", ""), ("subscribe", "您好")):
        plain = wire.body_of(wire.event_fields(SECURE, phone.user, event, phone.now() + len(wanted), EventKey=""), "xml")
        screen = phone.screen(service.post(wire.callback(SECURE, plain, phone.now(), openid=phone.user)))
        expect(wanted in screen and bool(wanted) == bool(screen), f"{event}: {screen!r}")


@rule(GROUP, "conversations of one person on two channels do not touch each other")
def two_channels(env):
    service, user = env.standing(), env.new_user()
    one, two = Phone(env, service, SECURE, user), Phone(env, service, PLAINTEXT, user)
    talk(one, [("诉求", "哪方面")])
    talk(two, [("你好", "请问需要办理什么")])
    talk(one, [("资金", "具体情况")])


@rule(GROUP, "a dialog goes on where it was after kill -9 and after a graceful restart")
def survives_restart(env):
    service = env.started()
    phone = Phone(env, service, SECURE)
    talk(phone, [("诉求", "哪方面"), ("资金", "具体情况")])
    service.kill()
    service.start()
    talk(phone, [("贷款下个月到期，还不上", "多紧急")])
    expect_equal(service.stop(), 0, "exit code")
    service.start()
    talk(phone, [("1", "联系人")])
    expect_equal(suite.count_events(service) > 0, True, "events")
