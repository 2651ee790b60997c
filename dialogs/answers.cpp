// What was said to a question: an answer, a command, a question in between, or a miss. A miss is told why and costs a try; the
// last one leads to a human.
#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// Files of one answer, one handle per line: handles hold no white space.
std::size_t count_files(const std::string& value) {
  return value.empty() ? 0 : static_cast<std::size_t>(std::count(value.begin(), value.end(), '\n')) + 1;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& w : words) out.append(out.empty() ? "" : between).append(w);
  return out;
}

std::string kind_of(const event::media& e) { return e.type.empty() && e.kind == "image" ? "jpg" : e.type; }

}  // namespace

void turn::answer(const position& at, std::string_view raw, std::string_view folded) {
  if (top().confirming) return confirm(at, raw, folded);
  const variable& v = at.asked();
  if (std::holds_alternative<file_type>(v.type)) {
    if (close_files(at, folded) || interrupted(at, folded) || answered_in_between(at, folded)) return;
    return aside(system_text::file_wanted);
  }
  // A valid answer beats a command, where the script names the answers. Free text would swallow every command.
  const bool commands_first = takes_anything(v.type);
  if (commands_first && (interrupted(at, folded) || answered_in_between(at, folded))) return;
  values::answer p = understand(v.type, raw, folded, about());
  const bool better_as_command = p.guessed && exact_command(folded).has_value();
  if (p.good() && !better_as_command) return judge(at, std::move(p), raw);
  if (!commands_first && interrupted(at, folded)) return;
  if (p.why == values::problem::unrecognised && (answered_in_between(at, folded) || went_where_mentioned(at, folded)))
    return;
  judge(at, std::move(p), raw);
}

/// 「我们记得…，是否仍然如此？」: 是 keeps it, 否 asks, and a new answer is one.
void turn::confirm(const position& at, std::string_view raw, std::string_view folded) {
  const variable& v = at.asked();
  const values::parsed yes = values::parse_yes_no(folded);
  if (yes.good() && yes.value == "true") {
    const std::string* kept = offered(top(), v);
    ZHUQI_ASSERT(kept != nullptr);
    next_.known_since.insert_or_assign(v.slot, env_.now);
    return accept(at, *kept);
  }
  if (yes.good()) {
    top().confirming = false;
    return prompt(at);
  }
  if (interrupted(at, folded)) return;
  values::answer p = understand(v.type, raw, folded, about());
  const bool swallows = takes_anything(v.type);
  if (p.good() && !swallows) {
    top().confirming = false;
    return judge(at, std::move(p), raw);
  }
  fail(at, system(system_text::retry_yes_no), raw);
}

void turn::judge(const position& at, values::answer p, std::string_view raw) {
  const variable& v = at.asked();
  frame& f = top();
  if (p.why == values::problem::dont_know && at.ask->unknown_target) {
    f.attempt = 0;
    pass(passage::by::unknown);
    return run(at.ask->unknown_target);
  }
  const bool exact_wanted = std::find(f.exact.begin(), f.exact.end(), v.id) != f.exact.end();
  if (p.good() && exact_wanted && p.value.find("..") != std::string::npos) {
    p.why = values::problem::not_exact;
    p.found = {p.value};
  }
  if (!p.good()) {
    std::string said = misfit_text(v, p);
    if (p.why == values::problem::dont_know && !at.ask->why.empty()) said = render(at.ask->why, &f, next_.language);
    return fail(at, std::move(said), raw);
  }
  if (const answer_check* broken = failed_check(at, p.value)) {
    f.vars.insert_or_assign(at.ask->into, p.value);  // the sentence may name it
    std::string said = render(broken->otherwise, &f, next_.language);
    f.vars.erase(at.ask->into);
    return fail(at, std::move(said), raw);
  }
  accept(at, std::move(p.value));
}

const answer_check* turn::failed_check(const position& at, const std::string& value) const {
  for (const answer_check& c : at.ask->checks) {
    if (!evaluate(c.that, &next_.stack.back(), &value).is_true()) return &c;
  }
  return nullptr;
}

void turn::accept(const position& at, std::string value) {
  frame& f = top();
  f.vars.insert_or_assign(at.ask->into, std::move(value));
  f.trail.push_back(at.s->id);
  f.attempt = 0;
  f.asides = 0;
  f.confirming = false;
  run(follow(at.ask->next));
}

void turn::fail(const position& at, std::string said, std::string_view raw) {
  frame& f = top();
  ++f.attempt;
  if (f.attempt >= at.ask->tries) return fail_for_good(at, text::truncate(text::trim(raw), 200));
  const variable& v = at.asked();
  const auto& retry = at.ask->retry;
  if (!retry.empty() && !f.confirming) {
    const localized& rung = retry[std::min(static_cast<std::size_t>(f.attempt) - 1, retry.size() - 1)];
    if (!said.empty()) said += '\n';
    said += render(rung, &f, next_.language);
  } else if (said.empty()) {
    const bool choice = std::holds_alternative<choice_type>(v.type);
    const bool yes_no = std::holds_alternative<yes_no_type>(v.type);
    said = system(choice ? system_text::retry_choice : yes_no ? system_text::retry_yes_no : system_text::retry_text);
  }
  if (said.empty()) return prompt(at);
  say(std::move(said));
  attach_options(messages_.back(), v);
}

void turn::fail_for_good(const position& at, std::string_view last_answer) {
  reason_ = {origin::failed, render(at.ask->prompt, &top(), lang::zh_cn), std::string{last_answer}, top().attempt};
  pass(passage::by::on_fail);
  run(at.ask->fail_target);
}

/// Not an answer and not a command, but no mistake either. The first one is free; more of them count, so that somebody who
/// can only send voice reaches a human.
void turn::aside(system_text kind) {
  const position at = here();
  frame& f = top();
  ++f.asides;
  if (f.asides > 1) {
    ++f.attempt;
    if (f.attempt >= at.ask->tries) return fail_for_good(at, "—");
  }
  const auto* files = std::get_if<file_type>(&at.asked().type);
  say(files == nullptr ? system(kind)
                       : system(kind, next_.language,
                                {{"accept", joined(files->accept, ", ")}, {"limit", std::to_string(files->max_mb)}}));
  prompt(at);
}

// --- files ---

void turn::take_file(const position& at, const event::media& e) {
  const auto& files = std::get<file_type>(at.asked().type);
  const std::string kind = kind_of(e);
  const std::string limit = std::to_string(files.max_mb);
  std::string& value = top().vars[at.ask->into];
  if (!files.several) value.clear();
  const bool known_kind = std::find(files.accept.begin(), files.accept.end(), kind) != files.accept.end();
  const auto refuse = [&](system_text why, fill_list fill) {
    if (value.empty()) top().vars.erase(at.ask->into);
    fail(at, system(why, next_.language, fill), e.note);
  };
  if (!known_kind && !files.accept.empty()) {
    return refuse(system_text::file_kind, {{"accept", joined(files.accept, ", ")}});
  }
  if (e.bytes > std::int64_t{files.max_mb} * 1024 * 1024) return refuse(system_text::file_size, {{"limit", limit}});
  if (files.several && count_files(value) >= static_cast<std::size_t>(files.max_count)) {
    return refuse(system_text::file_count, {{"limit", std::to_string(files.max_count)}});
  }
  if (!value.empty()) value += '\n';
  value += e.ref;
  if (!files.several) return accept(at, std::string{value});
  top().attempt = 0;
  say(system(
      system_text::file_received, next_.language,
      {{"count", std::to_string(count_files(value))}, {"done", at.ask->done.empty() ? "" : at.ask->done.front()}}));
}

/// A word that closes the list of files, once there is one.
bool turn::close_files(const position& at, std::string_view folded) {
  const auto& keys = at.ask->done_keys;
  const auto collected = top().vars.find(at.ask->into);
  if (collected == top().vars.end() || std::find(keys.begin(), keys.end(), folded) == keys.end()) return false;
  const std::string value = collected->second;
  if (const answer_check* broken = failed_check(at, value)) {
    fail(at, render(broken->otherwise, &top(), next_.language), folded);
  } else {
    accept(at, value);
  }
  return true;
}

}  // namespace zhuqi::dialogs
