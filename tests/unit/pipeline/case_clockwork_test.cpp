// Time passes over cases: alarms up the ladder, ends that nobody has to press a button for, and words that reach the
// enterprise once.

#include "tests/unit/pipeline/case_rig.hpp"

#include <algorithm>
#include <set>

using namespace zhuqi;
using namespace zhuqi::pipeline_tests;
using rig_of = case_rig;
using cw::action;

namespace {

std::vector<std::string> rungs(const case_rig& r, cw::clock_kind kind) {
  std::vector<std::string> out;
  for (const auto& a : r.alarms) {
    if (a.step.clock == kind)
      out.push_back(std::string{cw::id_of(a.step.point)} + ">" + std::string{cw::id_of(a.step.to)});
  }
  return out;
}

/// A case in progress with the industry bureau, signed and contacted on Monday 2 March at nine.
case_id in_progress(case_rig& r, conversation_id conversation = {}) {
  const case_id id = r.open(r.a_case(conversation)).now.id;
  r.does(rig_of::dispatcher, id, action::accept);
  r.does(rig_of::dispatcher, id, action::dispatch, r.giving(rig_of::industry));
  r.does(rig_of::liaison, id, action::sign);
  return id;
}

}  // namespace

TEST_CASE("alarms are raised at half, four fifths, before, at and after the due time, each once, up the ladder") {
  case_rig r;
  const case_id id = in_progress(r);
  r.does(rig_of::handler, id, action::contact, saying("已联系"));
  r.tick();
  CHECK(r.alarms.empty());
  std::set<std::string> colours;
  for (int hour = 0; hour < 24 * 14; ++hour) {
    r.time.advance(3'600'000);
    r.tick();
    colours.emplace(pipeline::colour_of(r.row(id), r.time.now()));
  }
  const std::vector<std::string> ladder{"half>owner", "most>owner", "before>section_chief", "due>deputy_leader",
                                        "overdue>supervisor"};
  CHECK(rungs(r, cw::clock_kind::unit) == ladder);
  CHECK(rungs(r, cw::clock_kind::resolution) == ladder);
  CHECK(colours == std::set<std::string>{"", "blue", "yellow", "orange", "red"});
  using people = std::vector<staff_id>;
  for (const auto& a : r.alarms) {
    switch (a.step.to) {
      case cw::rung::owner: CHECK(a.whom == people{{rig_of::handler}}); break;
      case cw::rung::section_chief: CHECK(a.whom == people{{rig_of::liaison}}); break;
      case cw::rung::deputy_leader: CHECK(a.whom == people{{rig_of::approver}}); break;
      case cw::rung::supervisor: CHECK(a.whom == people{{rig_of::supervisor}}); break;
    }
  }
  CHECK(r.row(id).alarm_title == "办结：超期");
  const auto story = r.desk->story(id).value();
  CHECK(cw::replay(story.events).value() == story.file);
}

TEST_CASE("what came due during a stop is raised after the start, in its order") {
  case_rig r;
  const case_id id = in_progress(r);
  r.time.advance(30LL * 24 * 3'600'000);
  r.tick();
  CHECK(rungs(r, cw::clock_kind::first_response).size() == 5);
  CHECK(rungs(r, cw::clock_kind::unit).size() == 5);
  CHECK(rungs(r, cw::clock_kind::resolution).size() == 5);
  CHECK(r.row(id).alarm == unix_ms{});
}

TEST_CASE("a suspension that nobody answers ends the case, and a closed case is archived after its time") {
  case_rig r;
  const case_id id = in_progress(r);
  auto papers = because("请补交营业执照");
  papers.ground = cw::suspend_ground::supplement;
  r.does(rig_of::handler, id, action::suspend, papers);
  r.time.advance(8LL * 24 * 3'600'000);
  r.tick();
  CHECK(r.row(id).state == "closed");
  CHECK(r.row(id).outcome == "lapsed");
  r.time.advance(40LL * 24 * 3'600'000);
  r.tick();
  CHECK(r.row(id).state == "archived");
  CHECK(r.row(id).alarm == unix_ms{});
}

TEST_CASE("a published calendar counts the open cases again, once") {
  case_rig r;
  const case_id id = in_progress(r);
  r.tick();
  const unix_ms due = r.row(id).due;
  auto week = cw::usual_week("370600");
  week.version = "typhoon";
  week.local[cw::day_from_text("2026-03-04").value()] = {{}, "台风"};
  r.book->use(
      std::make_shared<const cw::working_calendar>(cw::working_calendar::make(week, cw::shipped_notices()).value()));
  r.clockwork->recount();
  r.tick();
  CHECK(r.row(id).due == due + 24LL * 3'600'000);
  CHECK(r.row(id).calendar == r.book->calendar().version());
  CHECK_FALSE(r.clockwork->recounting());
  const auto seq = r.row(id).seq;
  r.clockwork->recount();
  r.tick();
  CHECK(r.row(id).seq == seq);
}

namespace {

/// A conversation that knows its messages by UUID, and can lose its answers.
struct talk {
  case_rig& rig;
  std::vector<std::string> said{};
  std::set<std::string> known{};
  bool answers = true;
  bool up = true;

  pipeline::case_words::say_fn say() {
    return [this](const storage::case_word& word, pipeline::case_words::said_fn done) {
      if (!up) return done(make_error_code(errc::unavailable));
      if (known.insert(word.uuid).second) said.push_back(word.text);
      if (answers) rig.post([done] { done({}); });
    };
  }
};

}  // namespace

TEST_CASE("an official's words reach the conversation once and in order, through outages and stops") {
  case_rig r;
  talk t{r};
  const case_id id = in_progress(r, {7});
  const std::vector<std::string> all{"已联系", "正在核实", "已放行"};
  auto words = std::make_unique<pipeline::case_words>(*r.cases, r.time, t.say());
  words->poll();
  r.settle();
  CHECK(t.said.size() == 1);  // its number
  t.said.clear();
  t.up = false;
  r.does(rig_of::handler, id, action::contact, saying(all[0]));
  r.does(rig_of::handler, id, action::inform, saying(all[1]));
  words->poll();
  r.settle();
  CHECK(t.said.empty());
  t.up = true;
  t.answers = false;  // said, but the process stops before it hears so
  words->poll();
  r.settle();
  CHECK(t.said == std::vector<std::string>{all[0]});
  words = std::make_unique<pipeline::case_words>(*r.cases, r.time, t.say());
  t.answers = true;
  words->poll();
  r.settle();
  r.does(rig_of::handler, id, action::submit_reply, saying(all[2]));
  words->poll();
  r.settle();
  CHECK(t.said == std::vector<std::string>{all[0], all[1]});  // a draft is no word yet
  r.does(rig_of::approver, id, action::approve_reply);
  words->poll();
  r.settle();
  CHECK(t.said == all);
  CHECK(r.cases->unsaid_words(10).value().empty());
  CHECK(words->idle());
}

TEST_CASE("words for a conversation that does not exist are given up and hold nobody up") {
  case_rig r;
  const case_id lost = in_progress(r, {8}), good = in_progress(r, {7});
  r.does(rig_of::handler, lost, action::contact, saying("一"));
  r.does(rig_of::handler, good, action::contact, saying("二"));
  std::vector<std::string> said;
  pipeline::case_words words{*r.cases, r.time, [&](const storage::case_word& w, pipeline::case_words::said_fn done) {
                               if (w.conversation == conversation_id{8}) return done(make_error_code(errc::not_found));
                               said.push_back(w.text);
                               done({});
                             }};
  words.poll();
  r.settle();
  REQUIRE(said.size() == 2);  // the number of the good one, and what was said in it
  CHECK(said.back() == "二");
  CHECK(r.cases->unsaid_words(10).value().empty());
}
