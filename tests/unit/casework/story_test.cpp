// Cases as they go: the main chain, each side branch, and what is refused on the way.
#include "tests/unit/casework/desk.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::dialogs::casework;
using namespace zhuqi::dialogs::casework::testing;
using r = refusal_rule;

namespace {

act_fields grade(rating g) {
  act_fields f;
  f.grade = g;
  return f;
}

act_fields for_days(std::int64_t days) {
  act_fields f = because("需上级批复");
  f.text = "因需上级批复，答复顺延";
  f.days = days;
  return f;
}

act_fields on_ground(suspend_ground g, std::string_view until = {}) {
  act_fields f = because("缺租赁合同");
  f.ground = g;
  if (!until.empty()) f.until = at(until);
  return f;
}

std::vector<std::string> holders(const case_file& c) {
  std::vector<std::string> out;
  out.reserve(c.chain.size());
  for (const custody& k : c.chain) out.push_back(k.holder.department + "@" + k.holder.region);
  return out;
}

}  // namespace

TEST_CASE("the main chain, with both clocks absolute from the start") {
  life c{"2026-03-02 08:30"};
  CHECK(c.now.lead == intake);
  c.does(action::file, firm, "2026-03-02 09:00");
  CHECK(c.due(clock_kind::acceptance) == "2026-03-02 11:00");
  c.does(action::accept, dispatcher, "2026-03-02 10:00");
  CHECK(c.due(clock_kind::first_response) == "2026-03-03 17:30");
  CHECK(c.due(clock_kind::resolution) == "2026-03-11 17:30");
  c.does(action::dispatch, dispatcher, "2026-03-02 10:30", giving(industry));
  CHECK(c.due(clock_kind::signing) == "2026-03-03 17:30");
  CHECK(c.due(clock_kind::unit) == "2026-03-10 17:30");
  c.does(action::sign, liaison(industry), "2026-03-02 15:00");
  c.does(action::contact, handler(industry), "2026-03-02 16:00", saying("已电话联系，问清批次"));
  CHECK(c.status(clock_kind::first_response) == clock_status::stopped);
  c.does(action::submit_reply, handler(industry), "2026-03-04 10:00", saying("已协调放行"));
  c.does(action::approve_reply, leader(industry), "2026-03-04 11:00");
  CHECK(c.now.outcome == outcome::answered);
  CHECK(c.status(clock_kind::resolution) == clock_status::stopped);
  CHECK(c.status(clock_kind::unit) == clock_status::stopped);
  c.does(action::rate, firm, "2026-03-04 12:00", grade(rating::satisfied));
  CHECK(c.now.state == case_state::closed);
  CHECK(c.refused(action::archive, machine, "2026-03-05 09:00") == r::still_retained);
  c.does(action::archive, machine, "2026-03-25 17:30");
  CHECK(c.now.state == case_state::archived);
  CHECK(replay(c.events).value() == c.now);
}

TEST_CASE("a bureau in one city asks a bureau in another to release a part: done in two hours, the whole way visible") {
  life c{"2026-03-07 20:00"};  // a Saturday evening
  act_fields urgent;
  urgent.on = track::urgent;
  c.does(action::file, firm, "2026-03-07 20:01");
  c.does(action::accept, dispatcher, "2026-03-07 20:05", urgent);
  CHECK(c.due(clock_kind::first_response) == "2026-03-07 21:05");
  CHECK(c.due(clock_kind::resolution) == "2026-03-08 20:05");
  c.does(action::dispatch, dispatcher, "2026-03-07 20:10", giving(industry));
  CHECK(c.due(clock_kind::signing) == "2026-03-07 20:40");
  c.does(action::sign, liaison(industry), "2026-03-07 20:15");
  c.does(action::contact, handler(industry), "2026-03-07 20:20", saying("零件在青岛仓库"));
  c.does(action::transfer, liaison(industry), "2026-03-07 20:25", giving(other_city));
  CHECK(c.now.lead == other_city);
  CHECK(c.now.handler.empty());
  CHECK(c.refused(action::sign, liaison(industry), "2026-03-07 20:26") == r::wrong_seat);
  CHECK(c.due(clock_kind::resolution) == "2026-03-08 20:05");  // the enterprise's clock runs whatever departments do
  c.does(action::sign, liaison(other_city), "2026-03-07 20:30");
  c.does(action::submit_reply, handler(other_city), "2026-03-07 21:40", saying("已放行"));
  c.does(action::approve_reply, leader(other_city), "2026-03-07 21:50");
  CHECK(holders(c.now) ==
        std::vector<std::string>{"service_centre@370600", "industry_bureau@370600", "industry_bureau@370200"});
  CHECK(c.now.changed - c.now.opened < 2 * 3'600'000);
}

TEST_CASE("a department may return a case in time, twice; after that the ruling binds") {
  life c;
  c.does(action::file, firm, "2026-03-02 09:00");
  c.does(action::accept, dispatcher, "2026-03-02 09:00");
  c.does(action::dispatch, dispatcher, "2026-03-02 09:00", giving(industry));
  CHECK(c.refused(action::return_case, liaison(industry), "2026-03-04 09:00", because("不属我局")) ==
        r::return_too_late);
  c.does(action::return_case, liaison(industry), "2026-03-02 10:00", because("不属我局"));
  CHECK(c.now.lead == industry);  // until somebody else is
  CHECK(c.refused(action::uphold_return, dispatcher, "2026-03-02 11:00", giving(industry)) == r::same_unit);
  c.does(action::uphold_return, dispatcher, "2026-03-02 11:00", giving(labour));
  c.does(action::return_case, liaison(labour), "2026-03-02 12:00", because("不属我局"));
  c.does(action::uphold_return, dispatcher, "2026-03-02 14:00", giving(industry));
  CHECK(c.refused(action::return_case, liaison(industry), "2026-03-02 15:00", because("仍不属我局")) ==
        r::return_limit);
  CHECK(c.due(clock_kind::resolution) == "2026-03-11 17:30");
  c.does(action::sign, liaison(industry), "2026-03-02 15:30");

  life d;
  d.does(action::file, firm, "2026-03-02 09:00");
  d.does(action::accept, dispatcher, "2026-03-02 09:00");
  d.does(action::dispatch, dispatcher, "2026-03-02 09:00", giving(industry));
  d.does(action::return_case, liaison(industry), "2026-03-02 10:00", because("不属我局"));
  d.does(action::overrule_return, dispatcher, "2026-03-02 11:00", because("三定方案第五条"));
  CHECK(d.now.state == case_state::in_progress);
  CHECK(d.now.lead == industry);
}

TEST_CASE("departments pass a case on three times; further on only the supervisor moves it") {
  life c;
  c.until_signed("2026-03-02 09:00");
  c.does(action::transfer, liaison(industry), "2026-03-02 10:00", giving(labour));
  c.does(action::transfer, liaison(labour), "2026-03-02 10:10", giving(industry));
  c.does(action::transfer, liaison(industry), "2026-03-02 10:20", giving(labour));
  CHECK(c.refused(action::transfer, liaison(labour), "2026-03-02 10:30", giving(industry)) == r::transfer_limit);
  c.does(action::transfer, supervisor, "2026-03-02 10:30", giving(industry));
  CHECK(c.refused(action::transfer, supervisor, "2026-03-02 10:40", giving(industry)) == r::same_unit);
  act_fields nowhere = giving({"x", "37"});
  CHECK(c.refused(action::transfer, supervisor, "2026-03-02 10:40", nowhere) == r::bad_unit);
  // Passing on begins the signature anew for the next department.
  CHECK(c.due(clock_kind::signing) == "2026-03-03 17:30");
  CHECK(find_clock(c.now, clock_kind::signing)->started == at("2026-03-02 10:30"));
}

TEST_CASE("assistants have deadlines of their own, never later than the lead's") {
  life c;
  c.until_signed("2026-03-02 09:00");
  CHECK(c.refused(action::ask_assist, handler(industry), "2026-03-02 10:00", giving(industry)) ==
        r::lead_cannot_assist);
  c.does(action::ask_assist, handler(industry), "2026-03-02 10:00", giving(labour));
  c.does(action::ask_assist, handler(industry), "2026-03-02 10:00", giving(other_city));
  CHECK(c.refused(action::ask_assist, handler(industry), "2026-03-02 11:00", giving(labour)) == r::assist_twice);
  CHECK(shown(find_clock(c.now, clock_kind::assist, clock_key(labour))->due) == "2026-03-05 17:30");
  CHECK(c.refused(action::submit_reply, handler(industry), "2026-03-02 11:00", saying("答复")) == r::assist_open);
  CHECK(c.refused(action::answer_assist, liaison(industry), "2026-03-02 11:00", saying("答复")) == r::wrong_seat);
  c.does(action::answer_assist, liaison(labour), "2026-03-03 10:00", saying("用工已备案"));
  c.does(action::release_assist, handler(industry), "2026-03-03 10:00", giving(other_city));
  CHECK(c.refused(action::release_assist, handler(industry), "2026-03-03 10:00", giving(other_city)) ==
        r::no_such_assist);
  c.does(action::submit_reply, handler(industry), "2026-03-03 11:00", saying("答复"));
  CHECK(c.now.assists[0].answer == "用工已备案");

  life many;
  many.until_signed("2026-03-02 09:00");
  for (int i = 0; i < city_rules().assists; ++i)
    many.does(action::ask_assist, handler(industry), "2026-03-02 10:00",
              giving({"bureau_" + std::to_string(i), "370600"}));
  CHECK(many.refused(action::ask_assist, handler(industry), "2026-03-02 11:00", giving(labour)) == r::assist_limit);
  CHECK(waits_of(many.now).size() == 3 + 8);

  life late;
  late.until_signed("2026-03-02 09:00");
  act_fields too_long = giving(labour);
  too_long.days = 7;
  CHECK(late.refused(action::ask_assist, handler(industry), "2026-03-02 10:00", too_long) == r::assist_too_long);
  late.does(action::ask_assist, handler(industry), "2026-03-10 09:00",
            giving(labour));  // three days do not fit any more
  CHECK(shown(find_clock(late.now, clock_kind::assist, clock_key(labour))->due) == late.due(clock_kind::unit));
  // Whoever is given the lead assists no longer.
  late.does(action::transfer, liaison(industry), "2026-03-10 10:00", giving(labour));
  CHECK(late.now.assists[0].status == assist_status::released);
  CHECK_FALSE(is_running(find_clock(late.now, clock_kind::assist, clock_key(labour))));
}

TEST_CASE(
    "an extension is asked for in time, once, granted by somebody else, and moves the due times by working days") {
  life c{"2026-02-12 09:00"};
  c.until_signed("2026-02-12 09:00");  // over Spring Festival: seven working days end on 28 February, a worked Saturday
  CHECK(c.due(clock_kind::resolution) == "2026-02-28 17:30");
  CHECK(c.due(clock_kind::unit) == "2026-02-27 17:30");
  CHECK(c.refused(action::ask_extension, handler(industry), "2026-02-27 14:00", for_days(3)) == r::extension_too_late);
  CHECK(c.refused(action::ask_extension, handler(industry), "2026-02-25 14:00", for_days(16)) == r::bad_days);
  CHECK(c.refused(action::ask_extension, handler(industry), "2026-02-25 14:00", for_days(-1)) == r::bad_days);
  CHECK(c.refused(action::approve_extension, leader(industry), "2026-02-25 14:00") == r::no_extension);
  c.does(action::ask_extension, handler(industry), "2026-02-25 14:00", for_days(3));
  CHECK(c.due(clock_kind::resolution) == "2026-02-28 17:30");
  CHECK(c.refused(action::ask_extension, handler(industry), "2026-02-25 15:00", for_days(3)) == r::extension_pending);
  auto himself = leader(industry);
  himself.id = handler(industry).id;
  CHECK(c.refused(action::approve_extension, himself, "2026-02-25 16:00") == r::same_person);
  c.does(action::approve_extension, leader(industry), "2026-02-25 16:00");
  CHECK(c.due(clock_kind::resolution) == "2026-03-04 17:30");
  CHECK(c.due(clock_kind::unit) == "2026-03-03 17:30");
  CHECK(c.status(clock_kind::extension) == clock_status::stopped);
  CHECK(c.refused(action::ask_extension, handler(industry), "2026-02-26 14:00", for_days(3)) == r::extension_limit);
}

TEST_CASE("a suspension holds the clocks of the work and gives back what was left") {
  life c;
  c.until_signed("2026-03-02 09:00");
  c.does(action::suspend, handler(industry), "2026-03-04 14:00", on_ground(suspend_ground::supplement));
  CHECK(c.status(clock_kind::resolution) == clock_status::paused);
  CHECK(c.status(clock_kind::unit) == clock_status::paused);
  CHECK(c.status(clock_kind::first_response) == clock_status::running);  // the enterprise still waits to be spoken with
  CHECK(c.due(clock_kind::supplement) == "2026-03-11 17:30");
  CHECK(c.refused(action::lapse, machine, "2026-03-05 09:00") == r::not_lapsed_yet);
  c.does(action::supplement, firm, "2026-03-06 14:00", saying("合同已上传"));
  CHECK(c.due(clock_kind::resolution) == "2026-03-13 17:30");  // two working days later than it was
  CHECK(c.due(clock_kind::unit) == "2026-03-12 17:30");
  CHECK(c.refused(action::suspend, handler(industry), "2026-03-06 15:00", on_ground(suspend_ground::supplement)) ==
        r::supplement_once);
  c.does(action::suspend, handler(industry), "2026-03-06 15:00",
         on_ground(suspend_ground::statutory, "2026-03-20 12:00"));
  CHECK(c.refused(action::lapse, machine, "2026-03-21 09:00") == r::cannot_lapse);
  c.does(action::resume, handler(industry), "2026-03-09 09:00", because("鉴定已出"));
}

TEST_CASE(
    "papers are promised before the case is due and by honest enterprises, and a promise that lapses ends the case") {
  life c;
  c.until_signed("2026-03-02 09:00");
  CHECK(c.refused(action::suspend, handler(industry), "2026-03-03 09:00",
                  on_ground(suspend_ground::promise, "2026-03-20 12:00")) == r::promise_too_long);
  CHECK(c.refused(action::suspend, handler(industry), "2026-03-03 09:00",
                  on_ground(suspend_ground::promise, "2026-03-01 12:00")) == r::bad_until);
  c.does(action::suspend, handler(industry), "2026-03-03 09:00",
         on_ground(suspend_ground::promise, "2026-03-06 12:00"));
  c.does(action::lapse, machine, "2026-03-06 12:00");
  CHECK(c.now.state == case_state::closed);
  CHECK(c.now.outcome == outcome::lapsed);
  CHECK(c.refused(action::rate, firm, "2026-03-06 13:00", grade(rating::dissatisfied)) == r::not_answered);

  opening dishonest = a_case();
  dishonest.dishonest = true;
  life d{"2026-03-02 09:00", dishonest};
  d.until_signed("2026-03-02 09:00");
  CHECK(d.refused(action::suspend, handler(industry), "2026-03-03 09:00", on_ground(suspend_ground::promise)) ==
        r::promise_dishonest);
  CHECK(d.refused(action::suspend, handler(industry), "2026-03-10 09:00", on_ground(suspend_ground::supplement)) ==
        r::supplement_late);
}

TEST_CASE("a bad grade opens another round; when rounds are used up it stays on record as a dispute") {
  life c;
  c.until_answered("2026-03-02 10:00");
  for (int round = 1; round <= 2; ++round) {
    c.does(action::rate, firm, "2026-03-03 10:00", grade(rating::dissatisfied));
    CHECK(c.now.state == case_state::in_progress);
    CHECK(c.now.redos == round);
    CHECK(c.due(clock_kind::rectify) == "2026-03-10 17:30");
    c.does(action::submit_reply, handler(industry), "2026-03-03 10:00", saying("补充答复"));
    c.does(action::approve_reply, leader(industry), "2026-03-03 10:00");
  }
  CHECK(c.refused(action::redo, caller, "2026-03-03 11:00", because("回访不满意")) == r::redo_limit);
  CHECK(c.refused(action::escalate_dispute, supervisor, "2026-03-03 11:00", because("提级")) == r::not_disputed);
  c.does(action::rate, firm, "2026-03-03 12:00", grade(rating::very_dissatisfied));
  CHECK(c.now.state == case_state::to_call_back);
  CHECK(c.now.disputed);
  CHECK(c.refused(action::rate, firm, "2026-03-03 13:00", grade(rating::satisfied)) == r::already_rated);
  life explained = c;
  explained.does(action::close_disputed, caller, "2026-03-04 09:00", because("政策不允许，已当面说明"));
  CHECK(explained.now.state == case_state::closed);
  CHECK(explained.now.outcome == outcome::answered);
  c.does(action::escalate_dispute, supervisor, "2026-03-04 09:00", because("联席会议"));
  CHECK(c.now.level == 1);
  CHECK(c.now.state == case_state::in_progress);
}

TEST_CASE("a closed case is reopened by the enterprise once, in time") {
  life c;
  c.until_answered("2026-03-02 10:00");
  c.does(action::confirm_solved, caller, "2026-03-03 10:00");
  CHECK(c.due(clock_kind::retention) == "2026-03-24 17:30");
  CHECK(c.refused(action::reopen, firm, "2026-03-25 09:00", because("又被扣")) == r::reopened_late);
  life by_grade = c;
  by_grade.does(action::rate, firm, "2026-03-05 09:00", grade(rating::dissatisfied));
  CHECK(by_grade.now.state == case_state::in_progress);
  CHECK(by_grade.now.reopened);
  c.does(action::reopen, firm, "2026-03-05 09:00", because("又被扣"));
  CHECK(c.now.lead == industry);
  c.does(action::submit_reply, handler(industry), "2026-03-05 10:00", saying("再次放行"));
  c.does(action::approve_reply, leader(industry), "2026-03-05 10:00");
  c.does(action::confirm_solved, firm, "2026-03-05 11:00");
  CHECK(c.refused(action::reopen, firm, "2026-03-06 09:00", because("再来")) == r::reopened_before);
}

TEST_CASE("nobody reviews his own draft or calls back on his own case") {
  life c;
  c.until_signed("2026-03-02 10:00");
  act_fields who;
  who.staff = "zhao";
  c.does(action::assign, liaison(industry), "2026-03-02 10:00", who);
  c.does(action::submit_reply, of(industry, role::handler, "zhao"), "2026-03-02 11:00", saying("答复"));
  CHECK(c.refused(action::approve_reply, of(industry, role::reviewer, "zhao"), "2026-03-02 12:00") == r::same_person);
  c.does(action::approve_reply, leader(industry), "2026-03-02 12:00");
  CHECK(c.refused(action::confirm_solved, of(intake, role::call_back_officer, "zhao"), "2026-03-03 12:00") ==
        r::handled_it);
  CHECK(c.refused(action::close_disputed, caller, "2026-03-03 12:00", because("说明")) == r::redo_left);
}

TEST_CASE("a refusal to accept needs a leader, a reason and where to turn instead") {
  life c;
  c.does(action::file, firm, "2026-03-02 09:00");
  act_fields bare;
  bare.reason = "属司法管辖";
  CHECK(c.refused(action::ask_decline, dispatcher, "2026-03-02 09:10", bare) == r::missing_field);
  c.does(action::ask_decline, dispatcher, "2026-03-02 09:10", because("属司法管辖"));
  auto himself = chief;
  himself.id = dispatcher.id;
  CHECK(c.refused(action::confirm_decline, himself, "2026-03-02 09:20") == r::same_person);
  c.does(action::reject_decline, chief, "2026-03-02 09:20", because("应当受理"));
  CHECK(c.now.state == case_state::to_accept);
  c.does(action::ask_decline, dispatcher, "2026-03-02 09:30", because("属司法管辖"));
  c.does(action::confirm_decline, chief, "2026-03-02 09:40");
  CHECK(c.now.outcome == outcome::declined);
  CHECK(c.refused(action::reopen, firm, "2026-03-03 09:40", because("不服")) == r::not_answered);
}

TEST_CASE("urging, supervising, escalating, parking and the urgent track") {
  life c;
  c.until_signed("2026-03-02 09:00");
  c.does(action::urge, firm, "2026-03-03 09:00");
  CHECK(c.refused(action::urge, firm, "2026-03-03 20:00") == r::urged_before);
  c.does(action::urge, desk, "2026-03-03 20:00");
  c.does(action::urge, firm, "2026-03-04 09:00");
  CHECK(c.now.urges == 3);
  c.does(action::supervise, supervisor, "2026-03-04 09:00", because("企业多次催办"));
  CHECK(c.due(clock_kind::supervision) == "2026-03-05 17:30");
  CHECK(c.refused(action::supervise, supervisor, "2026-03-04 10:00", because("再督")) == r::supervision_open);
  c.does(action::answer_supervision, liaison(industry), "2026-03-04 11:00", saying("今日答复"));
  CHECK(c.refused(action::answer_supervision, liaison(industry), "2026-03-04 11:00", saying("重复")) ==
        r::no_supervision);
  c.does(action::end_supervision, supervisor, "2026-03-04 12:00", because("已落实"));
  for (int level = 1; level <= 3; ++level) c.does(action::escalate, supervisor, "2026-03-04 12:00", because("提级"));
  CHECK(c.refused(action::escalate, leader(industry), "2026-03-04 12:00", because("提级")) == r::top_level);
  c.does(action::expedite, supervisor, "2026-03-04 12:00", because("停产在即"));
  CHECK(c.due(clock_kind::resolution) == "2026-03-05 12:00");
  CHECK(c.refused(action::expedite, supervisor, "2026-03-04 12:30", because("更急")) == r::already_urgent);
  act_fields later = because("待新规");
  later.until = at("2026-04-01 09:00");
  c.does(action::park, leader(industry), "2026-03-04 13:00", later);
  CHECK(c.due(clock_kind::parked) == "2026-04-01 09:00");
  CHECK(c.status(clock_kind::resolution) == clock_status::running);  // parking hides nothing
  c.does(action::unpark, liaison(industry), "2026-03-09 09:00");
  c.does(action::withdraw, firm, "2026-03-09 10:00");
  CHECK(c.now.outcome == outcome::withdrawn);
  CHECK_FALSE(c.now.supervised);
}

TEST_CASE("what officials say in a case is said to the enterprise, and nothing that is meant for colleagues") {
  const auto last_words = [](const life& c, const case_file& before) {
    return words_for_enterprise(before, c.events.back());
  };
  life c;
  c.until_signed("2026-03-02 09:00");
  CHECK(last_words(c, c.now).empty());
  case_file before = c.now;
  c.does(action::contact, handler(industry), "2026-03-02 10:00", saying("已联系"));
  CHECK(last_words(c, before) == "已联系");
  c.does(action::ask_extension, handler(industry), "2026-03-03 10:00", for_days(3));
  CHECK(last_words(c, before).empty());
  before = c.now;
  c.does(action::approve_extension, leader(industry), "2026-03-03 11:00");
  CHECK(last_words(c, before) == "因需上级批复，答复顺延");
  c.does(action::ask_assist, handler(industry), "2026-03-03 12:00", giving(labour));
  CHECK(last_words(c, before).empty());
  c.does(action::release_assist, handler(industry), "2026-03-03 12:00", giving(labour));
  c.does(action::submit_reply, handler(industry), "2026-03-03 14:00", saying("已放行"));
  CHECK(last_words(c, before).empty());  // not before it is approved
  before = c.now;
  c.does(action::approve_reply, leader(industry), "2026-03-03 15:00");
  CHECK(last_words(c, before) == "已放行");

  life d;
  d.does(action::file, firm, "2026-03-02 09:00");
  d.does(action::ask_decline, dispatcher, "2026-03-02 09:00", because("属司法管辖"));
  before = d.now;
  d.does(action::confirm_decline, chief, "2026-03-02 10:00");
  CHECK(last_words(d, before) == "属司法管辖\n三定方案");
}

TEST_CASE("who may act is a matter of state, role and seat, and each refusal says which") {
  life c;
  CHECK(c.refused(action::sign, liaison(industry), "2026-03-02 09:00") == r::wrong_state);
  CHECK(c.refused(action::file, dispatcher, "2026-03-02 09:00") == r::wrong_role);
  actor stranger = firm;
  stranger.department = "firm-2";
  CHECK(c.refused(action::file, stranger, "2026-03-02 09:00") == r::wrong_seat);
  actor abroad = dispatcher;
  abroad.region = "370200";
  c.does(action::file, firm, "2026-03-02 09:00");
  CHECK(c.refused(action::accept, abroad, "2026-03-02 09:00") == r::wrong_seat);
  CHECK(possible_acts(c.now, abroad).empty());
  CHECK(possible_acts(c.now, dispatcher) ==
        std::vector{action::accept, action::ask_decline, action::expedite, action::answer_supervision});
  act_fields novel = saying(std::string(field_bytes + 1, 'x'));
  CHECK(c.refused(action::inform, desk, "2026-03-02 09:00", novel) == r::text_too_long);
  CHECK(c.refused(action::inform, desk, "2026-03-02 09:00", saying("\xff")) == r::text_too_long);
  CHECK(c.refused(action::inform, desk, "2026-03-02 09:00", saying(" \u3000")) == r::missing_field);
}

TEST_CASE("a case is opened only by those who file cases, for an enterprise, with an intake that exists") {
  const auto refused = [](opening what, const actor& by) {
    return open_case(what, by, at("2026-03-02 09:00"), city_book()).has_error();
  };
  CHECK_FALSE(refused(a_case(), firm));
  CHECK_FALSE(refused(a_case(), desk));
  CHECK(refused(a_case(), supervisor));
  opening broken = a_case();
  broken.intake = {};
  CHECK(refused(broken, firm));
  broken = a_case();
  broken.enterprise.clear();
  CHECK(refused(broken, desk));
  broken = a_case();
  broken.region = "烟台";
  CHECK(refused(broken, firm));
  broken = a_case();
  broken.summary = "\xc3";
  CHECK(refused(broken, firm));
}

TEST_CASE("a clock that was set back changes no order") {
  life c{"2026-03-02 10:00"};
  c.does(action::file, firm, "2026-03-02 09:00");
  CHECK(c.events.back().at == at("2026-03-02 10:00"));
}
