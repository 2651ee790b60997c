// The shipped content: it passes its own gate, and a stored version of it comes back as it was.
#include "bot/base/crypto.hpp"
#include "bot/base/limits.hpp"
#include "dialogs/script_json.hpp"
#include "tests/unit/dialogs/talk.hpp"

#include <algorithm>
#include <set>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

/// visit(dialog, state, node) for the states of one kind in all shipped dialogs.
template <class Node, class Visit>
void for_each_node(Visit visit) {
  for (const dialog& d : shipped().dialogs()) {
    for (const state& s : d.states) {
      if (const auto* n = std::get_if<Node>(&s.what)) visit(d, s, *n);
    }
  }
}

bool holds(const localized& text, lang l, const std::string& placeholder) {
  const auto names = text.in(l).placeholders();
  return std::find(names.begin(), names.end(), placeholder) != names.end();
}

/// The longest line that an answer can make in a summary.
std::size_t longest_line(const variable& v, lang l) {
  constexpr std::size_t bytes_per_character = 3;  // of Chinese
  std::size_t value = 40;                         // numbers, dates, codes
  if (const auto* t = std::get_if<text_type>(&v.type))
    value = bytes_per_character * static_cast<std::size_t>(t->max_chars);
  if (const auto* c = std::get_if<choice_type>(&v.type)) {
    for (const choice_option& o : c->options) value = std::max(value, o.label.in(l).source().size());
  }
  return v.label.in(l).source().size() + 4 + value;
}

/// 2027-01-15 is a Friday; 22:00 in Beijing.
constexpr std::int64_t friday_night_ms = 1'800'021'600'000;

}  // namespace

TEST_CASE("the shipped library has no finding at all, not even a warning") {
  const loaded_scripts loaded = load_library(library::files());
  std::string all;
  for (const diagnostic& d : loaded.diagnostics) all += to_line(d, lang::en) + "\n";
  CHECK(all == "");
  REQUIRE(loaded.scripts != nullptr);
  CHECK(loaded.scripts->languages().size() == 4);
}

TEST_CASE("a version is the SHA-256 of its canonical bytes and does not depend on the order of files") {
  const script_set& set = shipped();
  CHECK(set.version() == crypto::hex(crypto::sha256(set.canonical())));
  std::vector<base::embedded_file> reversed{library::files().rbegin(), library::files().rend()};
  const loaded_scripts again = load_library(reversed);
  REQUIRE(again.scripts != nullptr);
  CHECK(again.scripts->version() == set.version());
}

TEST_CASE("a stored version is read back without loss and answers in the same way") {
  const auto again = load_published(shipped().canonical());
  REQUIRE(again.has_value());
  CHECK((*again)->canonical() == shipped().canonical());
  CHECK((*again)->version() == shipped().version());
  talk a;
  talk b{*again};
  for (const char* line : {"你好", "1", "融资", "二月起银行收贷，希望协调展期", "2", "李敏", "13800138000", "确认"}) {
    a.say(line);
    b.say(line);
    CHECK(a.said == b.said);
    CHECK(a.now == b.now);
    CHECK(a.effects == b.effects);
  }
}

TEST_CASE("bytes that are no stored version are malformed, whatever is wrong with them") {
  const std::string good = shipped().canonical();
  CHECK(load_published("").error() == errc::malformed);
  CHECK(load_published("[]").error() == errc::malformed);
  CHECK(load_published("{\"format\":\"dz/2\"}").error() == errc::malformed);
  for (const char* part : {"\"start\":\"category\"", "\"kind\":\"ask\"", "\"tries\":3", "\"to\":\"matter\"",
                           "\"zh-CN\":", "\"type\":\"choice\""}) {
    std::string bad = good;
    const std::size_t at = bad.find(part);
    REQUIRE(at != std::string::npos);
    bad.insert(bad.find(':', at) + 1, "[7],\"x\":");
    CHECK_FALSE(load_published(bad).has_value());
  }
}

TEST_CASE("every message that can be written on WeChat fits into one message, in every language") {
  for (lang l : all_langs) {
    talk t;
    t.say("你好");
    t.now.language = l;
    for (const char* line :
         {"帮助", "1", "1", "工厂自周一起拿不到通行证", "1", "李敏", "13800138000", "返回", "返回", "主菜单", "2"}) {
      t.say(line);
      for (const message& m : t.messages) CHECK(plain(m).size() <= limits::wechat_text_bytes);
      CHECK(t.messages.size() == 1);
    }
  }
}

TEST_CASE("everything that an enterprise needs on the first day is called from the menu") {
  std::set<std::string> called{std::string{main_menu_id}};
  for_each_node<call_node>([&](const dialog& d, const state&, const call_node& n) {
    if (d.id == main_menu_id) called.insert(n.dialog);
  });
  std::set<std::string> all;
  for (const dialog& d : shipped().dialogs()) all.insert(d.id);
  CHECK(called == all);
  CHECK(all.size() == 16);
}

TEST_CASE("no question offers more than nine numbered entries") {
  for (const dialog& d : shipped().dialogs()) {
    for (const variable& v : d.vars) {
      const auto* c = std::get_if<choice_type>(&v.type);
      INFO(d.id + "." + v.id);
      CHECK((c == nullptr || c->options.size() <= 9));
    }
  }
}

TEST_CASE("every question says why it is asked and helps with a second try") {
  for_each_node<ask_node>([](const dialog& d, const state& s, const ask_node& n) {
    if (d.id == language_dialog_id) return;  // it is asked for
    const bool correction = s.id.starts_with("change_") || s.id == "choose_field";
    INFO(d.id + "." + s.id);
    CHECK((correction || !n.why.empty()));
    CHECK((correction || !n.retry.empty()));
  });
}

TEST_CASE("a service that fails or is not there leads to an official, or to asking what it would have known") {
  int services = 0;
  for_each_node<do_node>([&](const dialog& d, const state& s, const do_node& n) {
    ++services;
    INFO(d.id + "." + s.id);
    const auto& otherwise = d.states[n.error_target].what;
    CHECK((std::holds_alternative<handoff_node>(otherwise) || std::holds_alternative<ask_node>(otherwise)));
  });
  CHECK(services >= 19);
}

TEST_CASE("an answer that starts a service is answered at once, not only by the result") {
  for_each_node<ask_node>([](const dialog& d, const state& s, const ask_node& n) {
    for (const branch& b : n.next) {
      const auto* call = std::get_if<do_node>(&d.states[b.target].what);
      INFO(d.id + "." + s.id + " → " + d.states[b.target].id);
      CHECK((call == nullptr || !call->say.empty()));
    }
  });
}

TEST_CASE("whoever gives up at a question reaches an official, but for choosing a language") {
  for_each_node<ask_node>([](const dialog& d, const state& s, const ask_node& n) {
    if (d.id == language_dialog_id) return;
    INFO(d.id + "." + s.id);
    CHECK(std::holds_alternative<handoff_node>(d.states[n.fail_target].what));
  });
}

TEST_CASE(
    "an official is told what was collected and how soon to answer, the enterprise when somebody is there again") {
  for_each_node<handoff_node>([](const dialog& d, const state& s, const handoff_node& n) {
    INFO(d.id + "." + s.id);
    CHECK(n.sla_ms > 0);
    CHECK((d.id == main_menu_id || holds(n.note, lang::zh_cn, "summary")));
    REQUIRE(n.closed_target.has_value());
    const auto* closed = std::get_if<end_node>(&d.states[*n.closed_target].what);
    REQUIRE(closed != nullptr);
    for (lang l : all_langs) CHECK(holds(closed->say, l, "opens"));
  });
}

TEST_CASE("files that were sent go to the official with the conversation") {
  for_each_node<handoff_node>([](const dialog& d, const state& s, const handoff_node& n) {
    for (const variable& v : d.vars) {
      if (!std::holds_alternative<file_type>(v.type)) continue;
      INFO(d.id + "." + s.id + " " + v.id);
      CHECK(std::find(n.attach.begin(), n.attach.end(), v.id) != n.attach.end());
    }
  });
}

TEST_CASE("names and telephone numbers are marked as personal wherever they are asked") {
  for (const dialog& d : shipped().dialogs()) {
    for (const variable& v : d.vars) {
      INFO(d.id + "." + v.id);
      CHECK((v.personal || (v.slot != "contact_name" && v.slot != "contact_phone")));
    }
  }
}

TEST_CASE("a summary fits into one WeChat message even where every answer is as long as it may be") {
  for_each_node<ask_node>([](const dialog& d, const state& s, const ask_node& n) {
    if (!holds(n.prompt, lang::zh_cn, "summary")) return;
    for (lang l : all_langs) {
      std::size_t bytes = n.prompt.in(l).source().size();
      for (const variable& v : d.vars) {
        if (!v.label.empty()) bytes += longest_line(v, l);
      }
      const auto* decision = std::get_if<choice_type>(&d.vars[n.variable].type);
      REQUIRE(decision != nullptr);
      for (const choice_option& o : decision->options) bytes += o.label.in(l).source().size() + 4;
      bytes += shipped().text(system_text::hint_choice).in(l).source().size() + 2;
      INFO(d.id + "." + s.id + " " + std::string{tag(l)});
      CHECK(bytes <= limits::wechat_text_bytes);
    }
  });
}

TEST_CASE("at night a plea for a human is answered with the next opening, at day with a human") {
  talk day;
  day.all("你好", "人工");
  CHECK(day.effect_of<effect::handoff>() != nullptr);
  CHECK_FALSE(day.says("不是工作时间"));
  talk night;
  night.clock = unix_ms{friday_night_ms};
  night.all("你好", "人工");
  CHECK(night.effect_of<effect::handoff>() != nullptr);
  CHECK(night.says("2027年1月18日 9:00"));  // the Monday
}

TEST_CASE("a known question is answered at the menu and the menu comes again") {
  talk t;
  t.all("你好", "房租补贴怎么申请");
  CHECK(t.says("以本地当期公告为准"));
  CHECK(t.state() == "menu");
  CHECK(prompts_in(t.messages) == 1);
}

TEST_CASE("a sentence at the menu that names one matter leads to it; one that names two, or says no, does not") {
  const auto place_after = [](const char* sentence) {
    talk t;
    t.all("你好", sentence);
    return t.dialog();
  };
  CHECK(place_after("我想问一下房租补贴") == "subsidy_apply");
  CHECK(place_after("你好，帮我查进度") == "progress_query");
  CHECK(place_after("我要打卡和房租补贴") == "main_menu");
  CHECK(place_after("我不要房租补贴") == "main_menu");
  CHECK(place_after("房租补贴怎么申请") == "main_menu");  // a known question, answered on the spot
}

TEST_CASE("what the enterprise told in one dialog is not asked in the next") {
  talk t;
  t.all("你好", "登记企业信息", "泉州海丰纺织有限公司", "91350100M000100Y43", "制造业", "2", "丰泽区", "1");
  CHECK(t.state() == "menu");
  t.all("复工备案");
  CHECK(t.dialog() == "resumption_filing");
  CHECK(t.state() == "address");
}

TEST_CASE("without any service an application for a subsidy reaches an official, papers attached") {
  talk t;
  t.all("你好", "房租补贴", "房租", "泉州海丰纺织有限公司", "91350100M000100Y43", "丰泽区", "2", "2027年1月",
        "2027年1月", "3.6万元");
  t.feed(event::media{"image", "licence", "", "jpg", 1'000'000});
  t.feed(event::media{"image", "lease", "", "jpg", 1'000'000});
  t.all("好了", "李敏", "13800138000", "确认");
  const auto* call = t.effect_of<effect::call>();
  REQUIRE(call != nullptr);
  CHECK(call->service == "case_create");
  CHECK(call->args.at("amount") == "3600000");
  t.feed(event::service_result{call->id, "unavailable", {}});
  const auto* handed = t.effect_of<effect::handoff>();
  REQUIRE(handed != nullptr);
  CHECK(handed->queue == "补贴受理");
  CHECK(handed->attach == std::vector<std::string>{"licence", "lease"});
  CHECK(handed->note.find("泉州海丰纺织有限公司") != std::string::npos);
}
