#include "bot/app/script_run.hpp"

#include "bot/app/script_files.hpp"
#include "bot/base/clock.hpp"
#include "bot/base/json.hpp"
#include "bot/base/limits.hpp"
#include "dialogs/event_json.hpp"
#include "dialogs/script_tests.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <utility>
#include <variant>

namespace zhuqi::app {

const char* const script_run_help =
    R"(Chat with scripts on stdin and stdout: one line = one message. The shipped scripts without a PATH. Examples:
  zhuqi script run dialogs/library
  zhuqi script run my_dialog.yaml --at 2026-03-02T10:00:00+08:00 --mock mocks.yaml
  printf '1\n融资\n' | zhuqi script run --json
With --json each turn is one line: {"state", "messages": [..], "slots", "owner", "outcome"?, "handoff"?, "calls"?}; the first
is what the bot says to somebody who opens the chat. A line that begins with ! is no message:
  !wait 2h                        time passes, timers that come due fire
  !menu DIALOG                    a tap in the account's menu
  !media KIND [ref=.. type=pdf mb=2 note=..]   a picture, a file, …
  !result [case_no=A1 | error=timeout]         what a service answers whose mock is "silent"
  !enter [SCENE], !left           the user opens the chat, or leaves the account
  !!text                          the message "!text"
Services answer what --mock FILE says ({service: {field: value}}, {service: {error: timeout}}, {service: silent}), else
"unavailable" at once, as a server does that has no such service.)";

namespace {

std::string_view name_of(dialogs::talker t) {
  switch (t) {
    case dialogs::talker::bot: return "bot";
    case dialogs::talker::queue: return "queue";
    case dialogs::talker::human: return "human";
    case dialogs::talker::closed: return "closed";
  }
  return "bot";
}

/// What one line of input led to.
struct turn_output {
  std::vector<dialogs::message> messages;
  std::vector<dialogs::any_effect> effects;
};

void print_text(const turn_output& turn) {
  for (const auto& m : turn.messages) {
    std::cout << m.text << '\n';
    for (const auto& o : m.options) std::cout << "  " << o.value << ". " << o.label << '\n';
    if (!m.hint.empty()) std::cout << m.hint << '\n';
  }
  for (const auto& e : turn.effects)
    std::cout << "[" << dialogs::effect_kind(e) << "] " << dialogs::effect_body(e) << '\n';
  std::cout << std::flush;
}

void print_json(const turn_output& turn, const dialogs::snapshot& now) {
  json messages = json::array();
  for (const auto& m : turn.messages) messages.push_back(json::parse(dialogs::message_body(m)));
  json out{{"messages", std::move(messages)}, {"owner", name_of(now.owner)}, {"state", ""}, {"slots", json::object()}};
  if (!now.stack.empty()) {
    const auto& frame = now.stack.back();
    out["state"] = frame.dialog + "." + frame.state;
    out["slots"] = frame.vars;
  }
  json calls = json::array();
  for (const auto& e : turn.effects) {
    if (const auto* ended = std::get_if<dialogs::effect::ended>(&e)) {
      out["outcome"] = ended->dialog + "." + ended->outcome;
      if (dialogs::is_idle(now)) out["slots"] = ended->slots;  // what the dialog left, not the menu's
    }
    if (std::holds_alternative<dialogs::effect::handoff>(e)) out["handoff"] = json::parse(dialogs::effect_body(e));
    if (const auto* call = std::get_if<dialogs::effect::call>(&e)) {
      calls.push_back({{"id", call->id}, {"service", call->service}, {"args", call->args}});
    }
  }
  if (!calls.empty()) out["calls"] = std::move(calls);
  std::cout << dump_json(out) << std::endl;
}

/// "2h" → 7,200,000; nullopt for what is no duration.
std::optional<std::int64_t> milliseconds_of(const std::string& text) {
  std::int64_t n = 0;
  const char* const end = text.data() + text.size();
  const auto [unit, failure] = std::from_chars(text.data(), end, n);
  if (failure != std::errc{} || unit + 1 != end || n < 0 || n > 366LL * 24 * 3600) return std::nullopt;
  static const std::map<char, std::int64_t> units{{'s', 1'000}, {'m', 60'000}, {'h', 3'600'000}, {'d', 86'400'000}};
  const auto found = units.find(*unit);
  return found != units.end() ? std::optional{n * found->second} : std::nullopt;
}

/// "a=1 b=2": keys to values; a word without = belongs to the value before it.
std::map<std::string, std::string> pairs_of(std::istream& words) {
  std::map<std::string, std::string> out;
  std::string last;
  for (std::string word; words >> word;) {
    const std::size_t sign = word.find('=');
    if (sign == std::string::npos) {
      if (!last.empty()) out[last] += ' ' + word;
      continue;
    }
    last = word.substr(0, sign);
    out[last] = word.substr(sign + 1);
  }
  return out;
}

class chat {
 public:
  chat(dialogs::script_set_ptr scripts, const script_run_options& options, dialogs::mock_table mocks,
       std::optional<unix_ms> at, dialogs::lang language)
      : scripts_{std::move(scripts)}, form_{options.form}, mocks_{std::move(mocks)}, fixed_{at} {
    state_.language = language;
  }

  void begin() {
    feed(dialogs::event::entered{""});
    print();
  }

  void line(std::string text) {
    if (!text.empty() && text.back() == '\r') text.pop_back();
    if (text.starts_with('!') && !text.starts_with("!!")) {
      if (!command(text)) return;
    } else {
      feed(dialogs::event::text{text.starts_with("!!") ? text.substr(1) : text});
    }
    print();
  }

 private:
  unix_ms now() const { return (fixed_ ? *fixed_ : clock_.now()) + waited_; }

  /// False, after saying so, where the line is no command.
  bool command(const std::string& text) {
    std::istringstream words{text};
    std::string name;
    std::string rest;
    words >> name;
    if (name == "!media") {
      words >> rest;
      const auto p = pairs_of(words);
      const auto of = [&](const char* key) { return p.contains(key) ? p.at(key) : std::string{}; };
      std::int64_t mb = 0;
      const std::string size = of("mb");
      std::from_chars(size.data(), size.data() + size.size(), mb);
      feed(dialogs::event::media{rest, of("ref"), of("note"), of("type"), mb * 1024 * 1024});
      return true;
    }
    if (name == "!result") return result(pairs_of(words));
    std::getline(words >> std::ws, rest);
    if (name == "!wait") {
      const auto ms = milliseconds_of(rest);
      if (ms) wait(*ms);
      if (ms) return true;
    } else if (name == "!menu" && !rest.empty()) {
      feed(dialogs::event::menu{rest});
      return true;
    } else if (name == "!enter") {
      feed(dialogs::event::entered{rest});
      return true;
    } else if (name == "!left") {
      feed(dialogs::event::left{});
      return true;
    }
    std::cerr
        << "zhuqi: \"" << text
        << "\" is no command; write !wait 2h, !menu DIALOG, !media KIND, !result FIELD=VALUE, !enter, !left, or !!"
        << text.substr(1) << " for these words themselves\n";
    return false;
  }

  bool result(std::map<std::string, std::string> fields) {
    if (state_.stack.empty() || state_.stack.back().awaits.empty()) {
      std::cerr << "zhuqi: no service is at work, so there is nothing to answer\n";
      return false;
    }
    dialogs::event::service_result e{state_.stack.back().awaits, {}, std::move(fields)};
    if (const auto error = e.fields.extract("error")) e.error = error.mapped();
    feed(e);
    return true;
  }

  void wait(std::int64_t ms) {
    const unix_ms until = now() + ms;
    for (int fired = 0; fired < 1'000; ++fired) {
      const auto& timers = state_.timers;
      const auto next =
          std::min_element(timers.begin(), timers.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
      if (next == timers.end() || next->due > until) break;
      waited_ += std::max<std::int64_t>(0, next->due - now());
      const auto before = timers;
      feed(dialogs::event::timer{next->name, next->due});
      if (state_.timers == before) break;
    }
    waited_ += std::max<std::int64_t>(0, until - now());
  }

  void feed(dialogs::any_event what) {
    std::vector<dialogs::any_event> open{std::move(what)};
    for (std::size_t i = 0; i < open.size() && i < limits::engine_steps; ++i) {
      auto step = dialogs::step(*scripts_, state_, open[i], {now()});
      state_ = std::move(step.next);
      std::move(step.messages.begin(), step.messages.end(), std::back_inserter(out_.messages));
      for (auto& e : step.effects) {
        if (const auto* call = std::get_if<dialogs::effect::call>(&e)) {
          if (auto reply = reply_to(*call)) open.push_back(*std::move(reply));
        }
        out_.effects.push_back(std::move(e));
      }
    }
  }

  std::optional<dialogs::event::service_result> reply_to(const dialogs::effect::call& call) {
    const auto mocked = mocks_.find(call.service);
    if (mocked == mocks_.end() || mocked->second.empty()) {
      return dialogs::event::service_result{call.id, "unavailable", {}};
    }
    std::size_t& turn = calls_[call.service];
    const auto& reply = mocked->second[std::min(turn++, mocked->second.size() - 1)];
    if (reply.silent) return std::nullopt;
    return dialogs::event::service_result{call.id, reply.error, reply.fields};
  }

  void print() {
    form_ == output_form::json ? print_json(out_, state_) : print_text(out_);
    out_ = {};
  }

  dialogs::script_set_ptr scripts_;
  output_form form_;
  dialogs::mock_table mocks_;
  std::optional<unix_ms> fixed_;
  system_clock clock_;
  std::int64_t waited_ = 0;
  dialogs::snapshot state_;
  turn_output out_;
  std::map<std::string, std::size_t> calls_;
};

}  // namespace

int run_scripts(const script_run_options& options) {
  const auto language = dialogs::lang_from_tag(options.language);
  if (!language) {
    std::cerr << "zhuqi: --lang must be zh-CN, en, ja or ko\n";
    return exit_unreadable;
  }
  const auto at = options.at.empty() ? std::nullopt : dialogs::parse_instant(options.at);
  if (!options.at.empty() && !at) {
    std::cerr << "zhuqi: --at must be a time like 2026-03-02T10:00:00+08:00\n";
    return exit_unreadable;
  }
  const runnable set = load_runnable(options.paths);
  if (set.scripts == nullptr) return set.code;
  dialogs::mock_table mocks;
  if (!options.mock.empty()) {
    const auto text = read_text(options.mock);
    if (!text) return exit_unreadable;
    std::vector<dialogs::diagnostic> found;
    mocks = dialogs::read_mock_yaml({options.mock, *text}, *set.scripts, found);
    for (const auto& d : found) std::cerr << dialogs::to_line(d, dialogs::lang::zh_cn) << '\n';
    if (dialogs::has_errors(found)) return exit_unreadable;
  }
  chat talking{set.scripts, options, std::move(mocks), at, *language};
  talking.begin();
  for (std::string line; std::getline(std::cin, line);) talking.line(std::move(line));
  return 0;
}

}  // namespace zhuqi::app
