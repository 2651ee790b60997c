#include "bot/pipeline/case_book.hpp"

#include "dialogs/casework/case_number.hpp"
#include "dialogs/casework/case_state.hpp"

#include <algorithm>

namespace zhuqi::pipeline {
namespace {

namespace cw = dialogs::casework;
using storage::staff_role;

constexpr std::size_t officials_at_most = 500;  ///< of one department
constexpr std::size_t number_head = 16;         ///< "ZQ370600-260302-"

bool waits_for_somebody(const cw::case_file& c) {
  return c.handler.empty() && (c.state == cw::case_state::to_sign || c.state == cw::case_state::in_progress);
}

bool gives_on(cw::action what) {
  return what == cw::action::dispatch || what == cw::action::uphold_return || what == cw::action::transfer ||
         what == cw::action::sign;
}

}  // namespace

case_book::case_book(storage::case_store& cases, storage::staff_store& people, cw::case_rules rules,
                     std::shared_ptr<const cw::working_calendar> calendar)
    : cases_{cases}, people_{people}, rules_{std::move(rules)}, calendar_{std::move(calendar)} {
  ZHUQI_ASSERT(calendar_ != nullptr && cw::missing_limits(rules_).empty());
}

result<void> case_book::reload_offices() {
  auto regions = people_.regions();
  if (!regions) return regions.error();
  auto departments = people_.departments();
  if (!departments) return departments.error();
  where_ = offices{std::move(*regions), std::move(*departments)};
  return {};
}

std::string case_book::next_number(const std::string& region, unix_ms now) {
  const auto day = calendar_->local_day_of(now);
  const auto first = cw::number_text({region, day, 1});
  if (!first) return {};
  const std::string beginning = first->substr(0, number_head);
  auto known = serials_.find(beginning);
  if (known == serials_.end()) {
    const auto last = cases_.last_number(beginning);
    if (!last) return {};
    const auto read = cw::read_number(*last);
    if (serials_.size() > 1'000) serials_.clear();  // days that are over
    known = serials_.emplace(beginning, read ? read->serial : 0).first;
  }
  const auto number = cw::number_text({region, day, ++known->second});
  return number ? *number : std::string{};
}

void case_book::forget_number(std::string_view number) { serials_.erase(std::string{number.substr(0, number_head)}); }

prepared case_book::open(cw::opening what, const case_about& about, const cw::actor& by, unix_ms now,
                         const std::optional<cw::actor>& expediting) {
  what.number = next_number(what.region, now);
  auto next = cw::open_case(what, by, now, rules());
  if (!next) return {{}, next.error()};
  const auto then = [&](cw::action act, const cw::act_fields& fields, const cw::actor& who) {
    auto done = cw::act(next->after, act, fields, who, now, rules());
    if (!done) return std::optional{done.error()};
    next->after = std::move(done->after);
    next->events.insert(next->events.end(), done->events.begin(), done->events.end());
    return std::optional<cw::refusal>{};
  };
  auto no = then(cw::action::file, {}, by);
  cw::act_fields at_once;
  at_once.reason = "登记时确认为紧急事项";
  if (!no && expediting) no = then(cw::action::expedite, at_once, *expediting);
  if (no) return {{}, std::move(no)};
  return {write_of(new_head(what, about, where_), {}, *next), {}};
}

prepared case_book::act(const storage::case_row& stands, const cw::case_file& c, cw::action what,
                        const cw::act_fields& fields, const cw::actor& by, unix_ms now) {
  auto done = cw::act(c, what, fields, by, now, rules());
  if (!done) return {{}, done.error()};
  std::optional<storage::case_room> room;
  if (gives_on(what) && waits_for_somebody(done->after)) give_to_somebody(stands, *done, room, now);
  auto write = write_of(stands, c, *done);
  write.room = room;
  return {std::move(write), {}};
}

storage::case_write case_book::write_of(const storage::case_row& head, const cw::case_file& before,
                                        const cw::changes& next) const {
  return as_write(head, before, next, where_, *calendar_);
}

void case_book::give_to_somebody(const storage::case_row& head, cw::changes& next,
                                 std::optional<storage::case_room>& room, unix_ms now) {
  const auto department = where_.department_of(next.after.lead);
  auto officials = officials_of(department);
  const auto liaison = cases_.liaison_of(head.enterprise);
  const cw::route_request request{head.matter, next.after.what.region, next.after.what.language,
                                  liaison && *liaison ? std::to_string(liaison->value) : std::string{}};
  const std::vector<cw::competence> only{{"", "", next.after.lead}};
  // What is being written counts for choosing, so that many at once spread over all. Some of it may be counted already,
  // so nobody is called full for it: the store's own count decides that, and refuses a choice too many.
  const auto committed = officials;
  for (auto& o : officials) {
    if (const auto coming = under_way_.find({decimal(o.id)}); coming != under_way_.end()) o.load += coming->second;
  }
  auto chosen = cw::find_route(request, officials, only);
  if (chosen.staff.empty()) chosen = cw::find_route(request, committed, only);
  if (chosen.staff.empty()) return;
  cw::act_fields fields;
  fields.staff = chosen.staff;
  auto given = cw::act(next.after, cw::action::assign, fields, {"", cw::role::system, "", ""}, now, rules());
  if (!given) return;
  const auto who = std::ranges::find(officials, chosen.staff, &cw::official::id);
  room = storage::case_room{{decimal(chosen.staff)}, who->capacity};
  next.events.insert(next.events.end(), given->events.begin(), given->events.end());
  next.after = std::move(given->after);
}

std::vector<cw::official> case_book::officials_of(department_id department) {
  storage::row_scope scope;
  scope.department = department;
  const auto staff = people_.list_staff(scope, {}, officials_at_most);
  const auto duties = cases_.duties();
  const auto loads = cases_.loads();
  std::vector<cw::official> out;
  if (!department || !staff || !duties || !loads) return out;
  for (const auto& s : *staff) {
    if (s.department != department || s.disabled || !s.roles.has(staff_role::handler)) continue;
    cw::official o{
        std::to_string(s.id.value), where_.unit_of(department), {dialogs::lang::zh_cn}, usual_capacity, 0, true, {}};
    if (const auto duty = std::ranges::find(*duties, s.id, &storage::duty_row::staff); duty != duties->end()) {
      o.capacity = static_cast<int>(duty->capacity);
      o.on_duty = duty->on_duty;
      o.last_given = duty->last_given;
      o.languages.clear();
      for (const auto l : dialogs::all_langs) {
        if ((duty->languages >> static_cast<unsigned>(l) & 1u) != 0) o.languages.push_back(l);
      }
    }
    const auto load = std::ranges::find(*loads, s.id, &storage::load_row::staff);
    if (load != loads->end()) o.load = static_cast<int>(load->open_cases);
    out.push_back(std::move(o));
  }
  return out;
}

void case_book::giving(const std::optional<storage::case_room>& room, int by) {
  if (!room) return;
  const int now = under_way_[room->staff] += by;
  if (now <= 0) under_way_.erase(room->staff);
}

cw::unit case_book::competent_for(const std::string& matter, const std::string& region) {
  const auto rows = cases_.competences();
  if (!rows) return {};
  std::vector<cw::competence> all;
  all.reserve(rows->size());
  for (const auto& r : *rows) all.push_back({r.matter, r.region_prefix, where_.unit_of(r.by)});
  return cw::find_route({matter, region, dialogs::lang::zh_cn, {}}, {}, all).to;
}

cw::unit case_book::intake_of(region_id region) {
  const std::string code = where_.code_of(region);
  // The office that takes what nobody else is competent for (兜底), where it sits in the region; else the region's first.
  cw::unit general = competent_for("", code);
  if (!general.department.empty() && general.region == code) return general;
  auto first = where_.unit_of(where_.first_of(region));
  return first.department.empty() ? general : first;
}

}  // namespace zhuqi::pipeline
