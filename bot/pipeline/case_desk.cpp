#include "bot/pipeline/case_desk.hpp"

#include "bot/pipeline/case_sentences.hpp"
#include "bot/runtime/log.hpp"
#include "dialogs/casework/case_json.hpp"
#include "dialogs/casework/state_table.hpp"

#include <algorithm>

namespace zhuqi::pipeline {
namespace {

namespace cw = dialogs::casework;

// A case moves between load and write where two act at once; room for an official goes where many are given out at once.
constexpr int max_attempts = 8;
constexpr std::size_t page_of_events = 2'000;  ///< a case that lives for years has some hundred

/// The refusal that helps most: rather what is wrong with the act than that another role would be needed.
int weight(const cw::refusal& why) {
  switch (why.rule) {
    case cw::refusal_rule::wrong_role: return 1;
    case cw::refusal_rule::wrong_seat: return 2;
    case cw::refusal_rule::wrong_state: return 3;
    default: return 4;
  }
}

case_outcome unavailable() { return {case_status::unavailable, {}, {}}; }

}  // namespace

bool case_desk::answered_before(const storage::case_act_key& key, const case_fn& done) {
  const auto known = book_.cases().known(key);
  if (!known) {
    done({known.error() == errc::malformed ? case_status::mismatch : case_status::unavailable, {}, {}});
    return true;
  }
  if (!*known) return false;
  auto row = book_.cases().load((*known)->id);
  done(row ? case_outcome{case_status::done, std::move(*row), {}} : unavailable());
  return true;
}

void case_desk::open(case_opening what, case_fn done) {
  open_again(std::make_shared<case_opening>(std::move(what)), 0, std::move(done));
}

void case_desk::open_again(std::shared_ptr<case_opening> what, int tries, case_fn done) {
  if (answered_before(what->key, done)) return;
  const offices& where = book_.where();
  const auto own = where.unit_of(what->who.department);
  const auto as = opening_role(what->who.roles);
  if (!as || !what->who.active) {
    return done(
        {case_status::refused,
         {},
         cw::refusal{cw::refusal_rule::wrong_seat, {own.department, own.region}, {own.department, own.region}}});
  }
  const auto region = what->region ? what->region : what->who.region;
  const bool served = where.tree().within(region, what->who.region);
  const std::string code = where.code_of(region);
  cw::opening opening{{}, what->enterprise, code, what->matter, what->summary, what->language, own, false};
  if (opening.enterprise.empty() && what->conversation) {
    opening.enterprise = "conv:" + std::to_string(what->conversation.value);
  }
  cw::actor by{std::to_string(what->who.id.value), *as, own.department, served ? code : own.region};
  std::optional<cw::actor> expediting;
  if (what->on == cw::track::urgent) {
    if (what->who.roles.has(storage::staff_role::dispatcher)) {
      expediting = by;
      expediting->as = cw::role::dispatcher;
    } else {
      opening.summary = "企业反映为紧急事项，请优先受理。\n" + opening.summary;
    }
  }
  const case_about about{what->title, what->company, what->contact, "staff", what->conversation};
  auto ready = book_.open(std::move(opening), about, by, time_.now(), expediting);
  if (!ready.write) return done({case_status::refused, {}, std::move(ready.why)});
  if (what->conversation) {  // the enterprise did not see the official write: it learns its number
    const std::string& given = ready.write->head.number;
    ready.write->words.push_back({uuid_of(given, 1), {}, {}, {}, opened_sentence(given, what->language)});
  }
  ready.write->key = what->key;
  const std::string number = ready.write->head.number;
  commit(std::move(*ready.write), [this, what, tries, number, done](result<storage::case_row> row) {
    if (row) return done({case_status::done, std::move(*row), {}});
    if (row.error() == errc::conflict && tries < max_attempts) {
      book_.forget_number(number);
      return open_again(what, tries + 1, done);
    }
    done(unavailable());
  });
}

void case_desk::act(case_act what, case_fn done) {
  act_again(std::make_shared<case_act>(std::move(what)), 0, std::move(done));
}

void case_desk::act_again(std::shared_ptr<case_act> what, int tries, case_fn done) {
  if (answered_before(what->key, done)) return;
  auto row = book_.cases().load(what->id);
  if (row && !sees(what->who, what->id)) row = make_error_code(errc::not_found);
  if (!row) return done({row.error() == errc::not_found ? case_status::unknown : case_status::unavailable, {}, {}});
  if (row->seq != what->version) return done({case_status::stale, std::move(*row), {}});
  const auto c = cw::case_from_json(row->body);
  if (!c) {
    log::error("case.unreadable", {{"case", row->id.value}});
    return done(unavailable());
  }
  auto ready = prepare(*row, *c, *what);
  if (!ready.write) return done({case_status::refused, std::move(*row), std::move(ready.why)});
  ready.write->key = what->key;
  commit(std::move(*ready.write), [this, what, tries, done](result<storage::case_row> after) {
    if (after) return done({case_status::done, std::move(*after), {}});
    if (after.error() == errc::conflict && tries < max_attempts) return act_again(what, tries + 1, done);
    done({after.error() == errc::malformed ? case_status::mismatch : case_status::unavailable, {}, {}});
  });
}

bool case_desk::sees(const staff::person& who, case_id id) const {
  const auto seen = book_.cases().covered(id, staff::scope_of(who, staff::permission::case_view));
  return seen && *seen == storage::visibility::inside;
}

std::optional<cw::refusal> case_desk::names_nobody(const cw::case_file& c, const cw::act_fields& fields) {
  const offices& where = book_.where();
  if (!fields.to.department.empty() && !where.department_of(fields.to)) {
    const std::string shown = fields.to.department + " " + fields.to.region;
    return cw::refusal{cw::refusal_rule::bad_unit, {shown}, {shown}};
  }
  if (fields.staff.empty()) return std::nullopt;
  const auto person = book_.people().load_staff({decimal(fields.staff)});
  const bool works_there =
      person && !person->disabled && person->department == where.department_of(c.lead) &&
      (person->roles.has(storage::staff_role::handler) || person->roles.has(storage::staff_role::unit_liaison));
  const std::vector<std::string> lead{c.lead.department, c.lead.region};
  return works_there ? std::nullopt : std::optional{cw::refusal{cw::refusal_rule::wrong_seat, lead, lead}};
}

prepared case_desk::prepare(const storage::case_row& row, const cw::case_file& c, const case_act& what) {
  prepared best;
  best.why = names_nobody(c, what.fields);
  if (best.why) return best;
  for (const auto& by : actors_of(what.who, c, book_.where())) {
    auto one = book_.act(row, c, what.what, what.fields, by, time_.now());
    if (one.write) return one;
    if (!best.why || weight(*one.why) > weight(*best.why)) best = std::move(one);
  }
  if (!best.why) {
    const std::vector<std::string> lead{c.lead.department, c.lead.region};
    best.why = cw::refusal{cw::refusal_rule::wrong_seat, lead, lead};
  }
  return best;
}

void case_desk::commit(storage::case_write write, std::function<void(result<storage::case_row>)> done) {
  ++under_way_;
  const auto room = write.room;
  book_.giving(room, 1);
  book_.cases().apply(std::move(write), [this, room, done = std::move(done)](result<storage::case_applied> applied) {
    --under_way_;
    book_.giving(room, -1);
    if (!applied) return done(applied.error());
    auto row = book_.cases().load(applied->id);
    if (row && !applied->repeated) tell(*row);
    done(std::move(row));
  });
}

void case_desk::written(const std::vector<std::string>& numbers) {
  for (const auto& number : numbers) {
    if (const auto row = book_.cases().find(number)) tell(*row);
  }
}

result<case_story> case_desk::story(case_id id) {
  auto row = book_.cases().load(id);
  if (!row) return row.error();
  auto file = cw::case_from_json(row->body);
  const auto stored = book_.cases().events(id, 0, page_of_events);
  if (!file || !stored) return make_error_code(errc::malformed);
  case_story out{std::move(*row), std::move(*file), {}};
  out.events.reserve(stored->size());
  for (const auto& e : *stored) {
    auto event = cw::event_from_json(e.body);
    if (!event) return event.error();
    out.events.push_back(std::move(*event));
  }
  return out;
}

std::vector<act_offer> case_desk::offers(const cw::case_file& c, const staff::person& who, dialogs::lang l) {
  return offers_for(c, actors_of(who, c, book_.where()), time_.now(), book_.rules(), l);
}

}  // namespace zhuqi::pipeline
