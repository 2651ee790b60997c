// The case desk: a case's life through the hands of officials in two cities, acts at once, and rights by role.

#include "bot/pipeline/case_ledger.hpp"
#include "tests/unit/pipeline/case_rig.hpp"

#include "dialogs/casework/case_number.hpp"

#include <algorithm>

using namespace zhuqi;
using namespace zhuqi::pipeline_tests;
using pipeline::case_status;
using rig_of = case_rig;
using cw::action;

namespace {

storage::case_question seen_by(case_rig& r, std::int64_t staff, storage::case_view view) {
  const auto me = r.who(staff);
  storage::case_question q;
  q.scope = staff::scope_of(me, staff::permission::case_view);
  q.who = {me.id, me.roles, me.department, me.region};
  q.view = view;
  q.now = r.time.now();
  return q;
}

std::size_t listed(case_rig& r, std::int64_t staff, storage::case_view view) {
  return r.cases->list(seen_by(r, staff, view), {}, 100).value().cases.size();
}

}  // namespace

TEST_CASE("an official's case gets a number, is filed, and waits for the dispatchers of the region") {
  case_rig r;
  const auto out = r.open(r.a_case());
  REQUIRE(out.status == case_status::done);
  const auto number = cw::read_number(out.now.number);
  REQUIRE(number.has_value());
  CHECK(number->region == "370600");
  CHECK(number->serial == 1);
  CHECK(out.now.state == "to_accept");
  CHECK(out.now.lead_department == department_id{rig_of::centre});
  CHECK(listed(r, rig_of::dispatcher, storage::case_view::todo) == 1);
  CHECK(listed(r, rig_of::agent, storage::case_view::todo) == 0);
  CHECK(listed(r, rig_of::far_dispatcher, storage::case_view::todo) == 0);
  CHECK(listed(r, rig_of::far_dispatcher, storage::case_view::all) == 0);
  CHECK(cw::read_number(r.open(r.a_case()).now.number)->serial == 2);
}

TEST_CASE(
    "a case lives through accept, dispatch, transfer to another city, extension, answer, bad grade, redo and close") {
  case_rig r;
  const case_id id = r.open(r.a_case()).now.id;
  r.does(rig_of::dispatcher, id, action::accept);
  auto now = r.does(rig_of::dispatcher, id, action::dispatch, r.giving(rig_of::industry));
  CHECK(now.handler == staff_id{rig_of::handler});  // the one of the department who has room
  CHECK(listed(r, rig_of::handler, storage::case_view::todo) == 1);
  now = r.does(rig_of::liaison, id, action::sign);
  CHECK(now.state == "in_progress");
  r.does(rig_of::handler, id, action::contact, saying("已与贵公司联系"));

  now = r.does(rig_of::liaison, id, action::transfer, r.giving(rig_of::elsewhere, "仓库在青岛"));
  CHECK(now.lead_department == department_id{rig_of::elsewhere});
  CHECK(now.handler == staff_id{rig_of::far_handler});
  CHECK(listed(r, rig_of::liaison, storage::case_view::all) == 1);  // the whole chain stays visible to who was in it
  CHECK(listed(r, rig_of::liaison, storage::case_view::department) == 0);
  CHECK(listed(r, rig_of::far_liaison, storage::case_view::department) == 1);
  CHECK(r.tries(rig_of::liaison, id, action::sign).status == case_status::refused);
  r.does(rig_of::far_liaison, id, action::sign);

  auto longer = because("需等对方清点");
  longer.days = 3;
  longer.text = "预计延长三个工作日";
  const unix_ms due = r.row(id).due;
  r.does(rig_of::far_handler, id, action::ask_extension, longer);
  now = r.does(rig_of::far_approver, id, action::approve_extension);
  CHECK(now.due > due);

  r.does(rig_of::far_handler, id, action::submit_reply, saying("已放行"));
  CHECK(listed(r, rig_of::far_approver, storage::case_view::todo) == 1);
  CHECK(listed(r, rig_of::far_handler, storage::case_view::todo) == 0);
  r.does(rig_of::far_approver, id, action::approve_reply);
  CHECK(listed(r, rig_of::caller, storage::case_view::todo) == 1);
  auto bad = because("货仍未到");
  bad.grade = cw::rating::dissatisfied;
  now = r.enterprise_does(id, action::rate, bad);
  CHECK(now.state == "in_progress");
  CHECK(now.redos == 1);
  r.does(rig_of::far_handler, id, action::submit_reply, saying("已于今日送达"));
  r.does(rig_of::far_approver, id, action::approve_reply);
  now = r.does(rig_of::caller, id, action::confirm_solved);
  CHECK(now.state == "closed");
  CHECK(bool(now.closed));
  CHECK(listed(r, rig_of::liaison, storage::case_view::closed) == 1);

  const auto story = r.desk->story(id).value();
  CHECK(cw::replay(story.events).value() == story.file);
  CHECK(r.changed.size() == 15);
  CHECK(r.changed.back().seq == now.seq);
}

TEST_CASE("of 64 acts at once on one version one wins and all others learn what stands") {
  case_rig r;
  const auto opened = r.open(r.a_case()).now;
  int won = 0, stale = 0;
  for (int i = 0; i < 64; ++i) {
    const auto what = i % 2 == 0 ? action::accept : action::ask_decline;
    r.desk->act({r.key(), r.who(rig_of::dispatcher), opened.id, opened.seq, what, because("不属受理范围")},
                [&](pipeline::case_outcome o) {
                  if (o.status == case_status::done) ++won;
                  if (o.status == case_status::stale && o.now.seq == opened.seq + 1 && o.now.last_actor == "2") ++stale;
                });
  }
  r.settle();
  CHECK(won == 1);
  CHECK(stale == 63);
  CHECK(r.row(opened.id).seq == opened.seq + 1);
}

TEST_CASE("the same act twice has one effect and the same answer, also after others acted") {
  case_rig r;
  auto opening = r.a_case();
  const auto opened = r.open(opening).now;
  CHECK(r.open(opening).now.id == opened.id);
  pipeline::case_act accept{r.key(), r.who(rig_of::dispatcher), opened.id, opened.seq, action::accept, {}};
  std::vector<pipeline::case_outcome> got;
  for (int i = 0; i < 2; ++i) r.desk->act(accept, [&](pipeline::case_outcome o) { got.push_back(std::move(o)); });
  r.settle();
  r.does(rig_of::dispatcher, opened.id, action::dispatch, r.giving(rig_of::industry));
  r.desk->act(accept, [&](pipeline::case_outcome o) { got.push_back(std::move(o)); });
  r.settle();
  REQUIRE(got.size() == 3);
  for (const auto& o : got) CHECK(o.status == case_status::done);
  CHECK(std::ranges::count(r.desk->story(opened.id)->events, action::accept, &cw::case_event::what) == 1);
  accept.key.content[0] = 1;
  r.desk->act(accept, [&](pipeline::case_outcome o) { CHECK(o.status == case_status::mismatch); });
  r.settle();
}

TEST_CASE("an official's capacity is never exceeded, however many cases are dispatched at once") {
  case_rig r;
  r.cases->put({storage::duty_row{{rig_of::handler}, 5, true, 1, {}}}, [](result<void>) {});
  r.settle();
  std::vector<case_id> ids;
  for (int i = 0; i < 40; ++i) {
    ids.push_back(r.open(r.a_case()).now.id);
    r.does(rig_of::dispatcher, ids.back(), action::accept);
  }
  int done = 0;
  for (const auto id : ids) {
    r.desk->act({r.key(), r.who(rig_of::dispatcher), id, r.row(id).seq, action::dispatch, r.giving(rig_of::industry)},
                [&](pipeline::case_outcome o) { done += o.status == case_status::done ? 1 : 0; });
  }
  r.settle();
  CHECK(done == 40);
  CHECK(r.cases->loads().value() == std::vector<storage::load_row>{{{rig_of::handler}, 5}});
  CHECK(listed(r, rig_of::liaison, storage::case_view::todo) == 40);
}

TEST_CASE("an official who is off duty or does not speak the language is given nothing; the own liaison comes first") {
  case_rig r;
  r.cases->put({storage::duty_row{{rig_of::handler}, 5, false, 1, {}}}, [](result<void>) {});
  r.settle();
  const auto dispatched = [&](dialogs::lang language) {
    auto o = r.a_case();
    o.language = language;
    const case_id id = r.open(o).now.id;
    r.does(rig_of::dispatcher, id, action::accept);
    return r.does(rig_of::dispatcher, id, action::dispatch, r.giving(rig_of::industry)).handler;
  };
  CHECK(dispatched(dialogs::lang::zh_cn) == staff_id{});
  r.cases->put({storage::duty_row{{rig_of::handler}, 5, true, 1, {}}}, [](result<void>) {});
  r.settle();
  CHECK(dispatched(dialogs::lang::ja) == staff_id{});
  CHECK(dispatched(dialogs::lang::zh_cn) == staff_id{rig_of::handler});
}

TEST_CASE("acts are offered to those who may do them, with the fields that they take") {
  case_rig r;
  const case_id id = r.open(r.a_case()).now.id;
  const auto offers = [&](std::int64_t staff) {
    std::vector<std::string> out;
    for (const auto& o : r.desk->offers(r.file(id), r.who(staff), dialogs::lang::zh_cn)) {
      out.emplace_back(cw::id_of(o.what));
    }
    return out;
  };
  using names = std::vector<std::string>;
  CHECK(offers(rig_of::dispatcher) == names{"accept", "ask_decline", "expedite"});
  CHECK(offers(rig_of::agent) == names{"inform", "urge"});
  CHECK(offers(rig_of::handler).empty());
  CHECK(offers(rig_of::far_dispatcher).empty());
  r.does(rig_of::dispatcher, id, action::accept);
  r.does(rig_of::dispatcher, id, action::dispatch, r.giving(rig_of::industry));
  r.does(rig_of::liaison, id, action::sign);
  CHECK(offers(rig_of::approver) == names{"park", "escalate"});  // nobody has asked for an extension
  const auto forms = r.desk->offers(r.file(id), r.who(rig_of::handler), dialogs::lang::zh_cn);
  const auto suspend = std::ranges::find(forms, action::suspend, &pipeline::act_offer::what);
  REQUIRE(suspend != forms.end());
  names fields;
  for (const auto& f : suspend->fields) fields.push_back(f.name + (f.required ? "!" : ""));
  CHECK(fields == names{"reason!", "until", "ground!"});
  CHECK(suspend->fields.back().choices.size() == 3);
}

TEST_CASE("a filled-in form becomes the fields of the act; what does not fit it names the field") {
  case_rig r;
  std::string bad;
  const auto read = [&](action what, std::map<std::string, std::string> values) {
    bad.clear();
    return pipeline::fields_from(values, what, r.book->where(), bad);
  };
  const auto given = read(action::transfer, {{"to", "4"}, {"reason", "属其职责"}});
  REQUIRE(given.has_value());
  CHECK(given->to == cw::unit{"4", "370200"});
  CHECK(read(action::accept, {{"track", "urgent"}})->on == cw::track::urgent);
  CHECK_FALSE(read(action::transfer, {{"to", "99"}, {"reason", "x"}}).has_value());
  CHECK(bad == "to");
  CHECK_FALSE(read(action::accept, {{"grade", "satisfied"}}).has_value());
  CHECK(bad == "grade");
  CHECK_FALSE(read(action::ask_extension, {{"days", "-1"}}).has_value());
  CHECK(bad == "days");
}

TEST_CASE("a case is given to people of the department and to units that exist, and to nobody else") {
  case_rig r;
  const case_id id = r.open(r.a_case()).now.id;
  r.does(rig_of::dispatcher, id, action::accept);
  auto nowhere = r.giving(rig_of::industry);
  nowhere.to.department = "99";
  CHECK(r.tries(rig_of::dispatcher, id, action::dispatch, nowhere).why->rule == cw::refusal_rule::bad_unit);
  r.does(rig_of::dispatcher, id, action::dispatch, r.giving(rig_of::industry));
  const auto assigning = [](std::string staff) {
    cw::act_fields f;
    f.staff = std::move(staff);
    return f;
  };
  for (const auto& stranger :
       {std::to_string(rig_of::far_handler), std::to_string(rig_of::approver), std::string{"99"}}) {
    CHECK(r.tries(rig_of::liaison, id, action::assign, assigning(stranger)).status == case_status::refused);
  }
  CHECK(r.does(rig_of::liaison, id, action::assign, assigning("5")).handler == staff_id{rig_of::liaison});
}

TEST_CASE("an urgent case goes on the urgent track at once where the official may decide that, else as a wish") {
  case_rig r;
  auto wish = r.a_case();
  wish.on = cw::track::urgent;
  const auto wished = r.open(wish).now;
  CHECK(wished.track == "ordinary");
  CHECK(r.file(wished.id).what.summary.find("紧急") != std::string::npos);
  auto at_once = r.a_case();
  at_once.on = cw::track::urgent;
  at_once.who = r.who(rig_of::dispatcher);
  CHECK(r.open(at_once).now.track == "urgent");
}

TEST_CASE("an enterprise whose case an official took down in its conversation is told the number") {
  case_rig r;
  const auto row = r.open(r.a_case({7})).now;
  const auto words = r.cases->unsaid_words(10).value();
  REQUIRE(words.size() == 1);
  CHECK(words.front().conversation == conversation_id{7});
  CHECK(words.front().text.find(row.number) != std::string::npos);
  r.open(r.a_case());
  CHECK(r.cases->unsaid_words(10).value().size() == 1);
}

TEST_CASE("who serves a city acts in its districts too, and not the other way round") {
  case_rig r;
  auto opening = r.a_case();
  opening.region = {2};
  const auto out = r.open(opening);
  REQUIRE(out.status == case_status::done);
  CHECK(cw::read_number(out.now.number)->region == "370602");
  CHECK(out.now.region == region_id{2});
  r.does(rig_of::dispatcher, out.now.id, action::accept);
  const auto no = r.tries(rig_of::far_dispatcher, out.now.id, action::dispatch, r.giving(rig_of::elsewhere));
  CHECK(no.status == case_status::unknown);  // what lies outside one's scope is not there
  CHECK(no.now.number.empty());
  CHECK_FALSE(r.desk->sees(r.who(rig_of::far_dispatcher), out.now.id));
  CHECK(r.desk->sees(r.who(rig_of::dispatcher), out.now.id));
}

TEST_CASE("a line of the ledger says who had the case, when, and whether it was in time") {
  case_rig r;
  const case_id id = r.open(r.a_case()).now.id;
  r.does(rig_of::dispatcher, id, action::accept);
  r.does(rig_of::dispatcher, id, action::dispatch, r.giving(rig_of::industry));
  r.does(rig_of::liaison, id, action::sign);
  r.does(rig_of::handler, id, action::ask_assist, r.giving(rig_of::labour));
  const auto line = [&] { return pipeline::ledger_of(r.row(id), r.book->where(), r.time.now()).value(); };
  CHECK(line().lead == "市工信局");
  CHECK(line().assists == std::vector<std::string>{"市人社局"});
  CHECK(line().accepted == local("2026-03-02 09:00"));
  CHECK(line().signed_at == local("2026-03-02 09:00"));
  CHECK(line().state_title == "办理中");
  CHECK_FALSE(line().overdue);
  r.time.advance(40LL * 24 * 3'600'000);
  CHECK(line().overdue);
  r.does(rig_of::handler_b, id, action::answer_assist, saying("无用工问题"));
  r.does(rig_of::handler, id, action::submit_reply, saying("已放行"));
  r.does(rig_of::approver, id, action::approve_reply);
  CHECK(line().overdue);
  CHECK(line().reply == "已放行");
  CHECK(line().outcome_title == "已答复");
  auto bad = r.row(id);
  bad.body = "{}";
  CHECK_FALSE(pipeline::ledger_of(bad, r.book->where(), r.time.now()).has_value());
}
