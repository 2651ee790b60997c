#include "bot/app/script_replay.hpp"

#include "bot/app/data_dir.hpp"
#include "bot/app/script_files.hpp"
#include "bot/base/clock.hpp"
#include "bot/base/json.hpp"
#include "bot/pipeline/effects.hpp"
#include "dialogs/event_json.hpp"
#include "dialogs/script_replay.hpp"
#include "dialogs/script_tests.hpp"
#include "storage/sqlite/walk.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <unordered_map>
#include <utility>

namespace zhuqi::app {

const char* const script_replay_help =
    R"(Replay logged conversations on a draft, by slot: what the draft asks is answered with what the user typed for
the same
variable. Examples:
  zhuqi script replay --draft drafts/ --data /var/lib/zhuqi
  zhuqi script replay --draft drafts/ --since 2026-03-01T00:00:00+08:00 --config zhuqi.yaml --json
Each dialog that began since then is one of: identical, text_only, outcome_flip, needs_information (the draft asks
what nobody
told, or refuses what was told), no_end. No texts of users are printed.
Exit status: 0 compared, 1 the draft has errors, 2 something cannot be read.)";

namespace {

constexpr std::int64_t day_ms = 86'400'000;

struct compared {
  conversation_id conversation;
  dialogs::recorded_dialog recorded;
  dialogs::replay_verdict verdict;
};

/// The log of all conversations as dialogs, each with the version that it began on.
class log_reader {
 public:
  log_reader(dialogs::script_set_ptr draft, unix_ms since) : draft_{std::move(draft)}, since_{since} {}

  void script(storage::script_version v) {
    auto scripts = dialogs::load_published(v.canonical);
    if (!scripts) return;  // a version that this release cannot run: its conversations are counted as unreadable
    live_ = *scripts;
    versions_.emplace(std::move(v.hash), std::move(*scripts));
  }

  void event(storage::stored_event e) {
    if (!turn_.empty() && turn_.front().turn != e.turn) run_turn();
    turn_.push_back(std::move(e));
  }

  std::vector<compared> finish() {
    if (!turn_.empty()) run_turn();
    for (auto& [id, one] : conversations_) take_dialogs(id, one);
    std::sort(out_.begin(), out_.end(), [](const compared& a, const compared& b) {
      return std::pair{a.conversation, a.recorded.at} < std::pair{b.conversation, b.recorded.at};
    });
    return std::move(out_);
  }

  int unreadable() const { return unreadable_; }

 private:
  struct conversation {
    dialogs::dialog_recorder recorder;
    dialogs::script_set_ptr scripts;
    bool lost = false;
  };

  dialogs::script_set_ptr version(const std::string& hash) const {
    if (hash.empty()) return live_;
    const auto known = versions_.find(hash);
    return known != versions_.end() ? known->second : nullptr;
  }

  void run_turn() {
    const std::vector<storage::stored_event> turn = std::exchange(turn_, {});
    const conversation_id id = turn.front().conversation;
    conversation& one = conversations_[id];
    if (one.lost) return;
    std::string hash = one.recorder.state().version;
    for (const auto& e : turn) {
      if (e.kind == pipeline::fallback_kind) return one.recorder.fell_back();
      if (e.kind != pipeline::pinned_kind) continue;
      if (const auto body = parse_json(e.body)) hash = string_or_empty(*body, "version");
    }
    const auto scripts = version(hash);
    if (scripts == nullptr) {
      one.lost = true;
      ++unreadable_;
      return;
    }
    if (one.scripts != scripts) take_dialogs(id, one);
    one.scripts = scripts;
    for (const auto& e : turn) {
      if (const auto input = dialogs::event_from_body(e.kind, e.body)) one.recorder.take(*scripts, *input, e.at);
    }
  }

  /// Compares what is complete; a version that changes in the middle of a dialog leaves its dialog out.
  void take_dialogs(conversation_id id, conversation& one) {
    if (one.scripts == nullptr) return;
    for (auto& recorded : one.recorder.finish()) {
      if (recorded.at < since_) continue;
      auto verdict = dialogs::compare_by_slot(*one.scripts, *draft_, recorded);
      out_.push_back({id, std::move(recorded), std::move(verdict)});
    }
  }

  dialogs::script_set_ptr draft_;
  unix_ms since_;
  std::unordered_map<std::string, dialogs::script_set_ptr> versions_;
  dialogs::script_set_ptr live_;
  std::vector<storage::stored_event> turn_;
  std::unordered_map<conversation_id, conversation> conversations_;
  std::vector<compared> out_;
  int unreadable_ = 0;
};

struct sums {
  std::array<int, 5> by_class{};
  int questions = 0, handoffs = 0, retries = 0, unfaithful = 0;
};

sums add_up(const std::vector<compared>& all) {
  sums out;
  for (const auto& c : all) {
    ++out.by_class[static_cast<std::size_t>(c.verdict.what)];
    out.questions += c.verdict.after.questions - c.verdict.before.questions;
    out.handoffs += c.verdict.after.handoffs - c.verdict.before.handoffs;
    out.retries += c.verdict.after.retries - c.verdict.before.retries;
    out.unfaithful += c.verdict.faithful ? 0 : 1;
  }
  return out;
}

std::string signed_number(int n) { return (n > 0 ? "+" : "") + std::to_string(n); }

void print_text(const std::vector<compared>& all, int unreadable) {
  constexpr std::array<std::string_view, 5> labels{"完全相同", "仅文字不同", "结果改变", "缺少信息", "走不到结束"};
  const sums total = add_up(all);
  std::cout << "回放 " << all.size() << " 次办理\n";
  for (std::size_t i = 0; i < labels.size(); ++i) {
    std::cout << "  " << labels[i] << " (" << dialogs::name_of(static_cast<dialogs::replay_class>(i)) << ")  "
              << total.by_class[i] << '\n';
  }
  std::cout << "  提问 " << signed_number(total.questions) << "，转人工 " << signed_number(total.handoffs) << "，重问 "
            << signed_number(total.retries) << '\n';
  for (const auto& c : all) {
    if (c.verdict.what == dialogs::replay_class::identical || c.verdict.what == dialogs::replay_class::text_only)
      continue;
    std::cout << "会话 " << c.conversation.value << " " << c.recorded.dialog << "："
              << labels[static_cast<std::size_t>(c.verdict.what)] << "，" << c.verdict.before.place << " → "
              << c.verdict.after.place;
    if (!c.verdict.after.missing.empty()) std::cout << "（没有 " << c.verdict.after.missing << " 的回答）";
    std::cout << '\n';
  }
  if (total.unfaithful > 0) {
    std::cout << total.unfaithful << " 次办理按变量回放旧版本得不到当时的结果，比较仅供参考\n";
  }
  if (unreadable > 0) std::cout << unreadable << " 个会话所用的版本读不出，未比较\n";
}

json run_json(const dialogs::replay_run& r) {
  return {{"place", r.place},       {"ended", r.ended},     {"questions", r.questions},
          {"handoffs", r.handoffs}, {"retries", r.retries}, {"missing", r.missing}};
}

void print_json(const std::vector<compared>& all, int unreadable) {
  json rows = json::array();
  for (const auto& c : all) {
    rows.push_back({{"conversation", c.conversation.value},
                    {"dialog", c.recorded.dialog},
                    {"at", c.recorded.at.value},
                    {"class", dialogs::name_of(c.verdict.what)},
                    {"logged", c.recorded.outcome},
                    {"faithful", c.verdict.faithful},
                    {"before", run_json(c.verdict.before)},
                    {"after", run_json(c.verdict.after)}});
  }
  const sums total = add_up(all);
  json classes = json::object();
  for (std::size_t i = 0; i < total.by_class.size(); ++i) {
    classes[std::string{dialogs::name_of(static_cast<dialogs::replay_class>(i))}] = total.by_class[i];
  }
  std::cout << dump_json({{"classes", std::move(classes)},
                          {"delta",
                           {{"questions", total.questions}, {"handoffs", total.handoffs}, {"retries", total.retries}}},
                          {"dialogs", std::move(rows)},
                          {"unfaithful", total.unfaithful},
                          {"unreadable", unreadable}})
            << '\n';
}

}  // namespace

int replay_scripts(const config& settings, const script_replay_options& options) {
  unix_ms since = system_clock{}.now() + -day_ms;
  if (!options.since.empty()) {
    const auto parsed = dialogs::parse_instant(options.since);
    if (!parsed) {
      std::cerr << "zhuqi: --since must be a time like 2026-03-01T00:00:00+08:00\n";
      return exit_unreadable;
    }
    since = *parsed;
  }
  const runnable draft = load_runnable({options.draft});
  if (draft.scripts == nullptr) return draft.code;
  const std::string path = database_file(settings.data).string();
  log_reader reader{draft.scripts, since};
  storage::visitor visit;
  visit.script = [&](storage::script_version v) { reader.script(std::move(v)); };
  visit.event = [&](storage::stored_event e) { reader.event(std::move(e)); };
  visit.state = [](storage::conversation) {};
  try {
    storage::walk(path, visit);
  } catch (const std::exception& e) {
    std::cerr << "zhuqi: " << e.what() << "; name the data folder with --data or --config\n";
    return exit_unreadable;
  }
  const std::vector<compared> all = reader.finish();
  options.form == output_form::json ? print_json(all, reader.unreadable()) : print_text(all, reader.unreadable());
  return 0;
}

}  // namespace zhuqi::app
