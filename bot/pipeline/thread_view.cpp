#include "bot/pipeline/thread_view.hpp"

#include "bot/base/json.hpp"
#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "bot/pipeline/offices.hpp"
#include "dialogs/event_json.hpp"
#include "dialogs/office.hpp"

#include <algorithm>

namespace zhuqi::pipeline {
namespace {

using storage::owner_kind;
using storage::thread_row;
using act_kind = dialogs::event::official::act;

constexpr std::int64_t usual_sla_ms = 30 * 60'000;  // where a script promises nothing
constexpr std::size_t preview_bytes = 160;          // two lines of a list
constexpr std::string_view graded_kind = "graded";
constexpr std::string_view company_slot = "company_name";

bool is_with_people(owner_kind owner) { return owner == owner_kind::queue || owner == owner_kind::human; }

std::string cut(std::string_view text) { return std::string{text::truncate(text, preview_bytes)}; }

std::string first_line(const std::string& text) {
  return cut(text::trim(std::string_view{text}.substr(0, text.find('\n'))));
}

/// What the user came for: the title of the dialog under the others, the menu apart.
std::string matter_of(const desk_circumstances& c) {
  for (const auto* state : {&c.before, &c.next}) {
    for (const auto& f : state->stack) {
      const auto* d = f.dialog == dialogs::main_menu_id ? nullptr : c.scripts.find(f.dialog);
      if (d != nullptr) return d->title.by_lang.front().source();
    }
  }
  return {};
}

class projection {
 public:
  projection(const storage::turn_commit& commit, const desk_circumstances& c) : commit_{commit}, c_{c} {
    if (commit.before.thread) row_ = *commit.before.thread;
  }

  thread_row made() {
    if (!row_.region) place("");
    begin_service();
    for (const auto& e : commit_.events) take(e);
    if (commit_.after.owner != commit_.before.owner && is_with_people(commit_.after.owner) && !row_.opened) {
      row_.opened = commit_.at;
    }
    if (const auto known = c_.next.profile.find(std::string{company_slot}); known != c_.next.profile.end()) {
      row_.enterprise = cut(known->second);
    }
    row_.language = tag(c_.next.language);
    settle();
    return std::move(row_);
  }

 private:
  /// Who serves, and whether that is another service than the one before. A bad grade goes on with the same one: it is the
  /// reason to come back, and whoever earned it does not call back about it.
  void begin_service() {
    const bool graded = std::ranges::any_of(commit_.events, [](const auto& e) { return e.kind == graded_kind; });
    if (!is_with_people(commit_.before.owner) && is_with_people(commit_.after.owner)) {
      row_.revisit = {};
      row_.revisit_tries = 0;
      if (!graded) {
        row_.grade = 0;
        row_.served.clear();
      }
    }
    for (const auto* c : {&commit_.before, &commit_.after}) {
      if (c->owner == owner_kind::human) serves(c->owner_id);
    }
  }

  void serves(std::string_view who) {
    const staff_id id{decimal(who)};
    if (!id) return;
    std::erase(row_.served, id);
    if (row_.served.size() >= limits::served_by) row_.served.erase(row_.served.begin());
    row_.served.push_back(id);
  }

  void graded(const json& body) {
    row_.grade = int_or(body, "grade", 0);
    row_.revisit = {};
  }

  void revisited(const json& body) {
    const bool reached_nobody =
        string_or_empty(body, "result") == dialogs::name_of(dialogs::event::revisited::outcome::unreachable);
    if (!reached_nobody || ++row_.revisit_tries >= limits::call_back_tries) row_.revisit = {};
  }

  void end_service(const json& body) {
    row_.outcome = string_or_empty(body, "note");
    if (c_.act != nullptr) serves(c_.act->staff);
    if (row_.outcome == "spam") return;
    row_.revisit = commit_.at;
    row_.revisit_tries = 0;
  }

  void take(const storage::new_event& e) {
    const auto body = parse_json(e.body);
    if (!body || !body->is_object()) return;
    if (e.kind == "handoff") return hand_off(*body);
    if (e.kind == "official") return change(*body);
    if (e.kind == graded_kind) return graded(*body);
    if (e.kind == dialogs::revisit_kind) return revisited(*body);
    if (e.kind == "user.text") return words("user", string_or_empty(*body, "text"));
    if (e.kind == "user.media") {
      const auto note = string_or_empty(*body, "note");
      return words("user", note.empty() ? "[" + string_or_empty(*body, "kind") + "]" : note);
    }
    if (e.kind == dialogs::message_kind) return words("bot", string_or_empty(*body, "text"));
    if (e.kind == staff_text_kind || e.kind == case_text_kind) words("staff", string_or_empty(*body, "text"));
    if (e.kind == staff_text_kind) answered();
  }

  void words(std::string_view who, const std::string& text) {
    // What the bot says on the way to a person is no news to anybody: the user's own words stay on the list.
    if (who == "bot" && is_with_people(commit_.after.owner) && row_.last_at) return;
    row_.last_at = commit_.at;
    row_.last_who = who;
    row_.last_text = cut(text);
    if (who == "user" && is_with_people(commit_.after.owner) && !row_.waiting) row_.waiting = commit_.at;
  }

  void answered() { row_.waiting = row_.due = row_.accept_by = {}; }

  void hand_off(const json& body) {
    row_.queue = cut(string_or_empty(body, "queue"));
    row_.reason = first_line(string_or_empty(body, "note"));
    row_.sla_ms = int_or(body, "sla_ms", 0);
    row_.matter = matter_of(c_);
    row_.opened = row_.waiting = commit_.at;
    row_.due = row_.closed = {};
    row_.outcome.clear();
    place(row_.queue);
  }

  void place(std::string_view queue) {
    const auto p = c_.place_of(commit_.before.channel, queue);
    row_.department = p.department;
    row_.region = p.region;
  }

  void change(const json& body) {
    row_.accept_by = {};
    const auto act = string_or_empty(body, "act");
    if (act == dialogs::name_of(act_kind::take) && !is_with_people(commit_.before.owner)) {
      row_.opened = commit_.at;
      row_.matter = matter_of(c_);
      row_.waiting = row_.due = row_.closed = {};
      row_.outcome.clear();
      row_.grade = 0;
    }
    if (act == dialogs::name_of(act_kind::release) && !row_.waiting) row_.waiting = commit_.at;
    if (act == dialogs::name_of(act_kind::transfer)) {
      row_.accept_by = commit_.at + std::chrono::milliseconds{limits::transfer_acceptance}.count();
      if (!row_.waiting) row_.waiting = commit_.at;
      if (c_.act != nullptr && c_.act->moves_to) {
        row_.department = c_.act->moves_to->department;
        row_.region = c_.act->moves_to->region;
      }
    }
    if (act == dialogs::name_of(act_kind::close)) end_service(body);
  }

  /// The clocks, as they follow from who has it now.
  void settle() {
    if (!is_with_people(commit_.after.owner)) answered();
    if (commit_.after.owner != owner_kind::closed) row_.closed = {};
    if (commit_.after.owner == owner_kind::closed && !row_.closed) row_.closed = commit_.at;
    if (!row_.waiting || row_.due) return;
    const auto begins = dialogs::opening_instant(c_.scripts.source().hours, row_.waiting);
    row_.due = begins + (row_.sla_ms > 0 ? row_.sla_ms : usual_sla_ms);
  }

  const storage::turn_commit& commit_;
  const desk_circumstances& c_;
  thread_row row_;
};

}  // namespace

void update_thread(storage::turn_commit& commit, const desk_circumstances& c) {
  const bool concerns = is_with_people(commit.before.owner) || is_with_people(commit.after.owner) || c.act != nullptr;
  const bool graded = std::ranges::any_of(commit.events, [](const auto& e) { return e.kind == graded_kind; });
  if (!concerns && !graded && !(commit.before.thread && commit.before.owner != commit.after.owner)) return;
  commit.after.thread = projection{commit, c}.made();
}

}  // namespace zhuqi::pipeline
