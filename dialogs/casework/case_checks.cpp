// The checks in the order in which a person wants to hear them: the state, who, what is missing, what else has to hold.
#include "dialogs/casework/case_checks.hpp"

#include "bot/base/text.hpp"
#include "dialogs/casework/clocks.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::casework {
namespace {

using r = refusal_rule;
using check = std::optional<refusal>;

constexpr std::int64_t longest_until_ms = 366LL * 24 * 3'600'000;
constexpr int most_days = 60;
constexpr std::array field_names{
    name_row{"reason", "理由", "reason"},         name_row{"text", "内容", "text"},
    name_row{"basis", "依据或办理渠道", "basis"}, name_row{"to", "单位", "unit"},
    name_row{"staff", "承办人", "staff member"},  name_row{"days", "工作日数", "working days"},
    name_row{"until", "截止日期", "date"},        name_row{"grade", "评价等级", "grade"},
    name_row{"ground", "挂起原因", "ground"},     name_row{"clock", "时限", "clock"},
};

bool has(const act_fields& fields, field which) {
  switch (which) {
    case field::reason: return !text::trim(fields.reason).empty();
    case field::text: return !text::trim(fields.text).empty();
    case field::basis: return !text::trim(fields.basis).empty();
    case field::to: return !fields.to.department.empty() || !fields.to.region.empty();
    case field::staff: return !fields.staff.empty();
    case field::days: return fields.days != 0;
    case field::until: return fields.until.value != 0;
    case field::grade: return fields.grade.has_value();
    case field::ground: return fields.ground.has_value();
    case field::clock: return fields.clock.has_value();
  }
  return false;
}

std::string list_of(std::span<const grant> grants, lang l) {
  std::string out;
  for (const grant& g : grants) {
    if (!out.empty()) out += l == lang::zh_cn ? "、" : ", ";
    out += name_of(g.who).in(l);
  }
  return out;
}

refusal about(r rule, const unit& u) { return {rule, {u.department, u.region}, {u.department, u.region}}; }

const assist* open_assist(const case_file& c, const unit& of) {
  const auto found = std::find_if(c.assists.begin(), c.assists.end(),
                                  [&](const assist& a) { return a.status == assist_status::asked && a.from == of; });
  return found == c.assists.end() ? nullptr : &*found;
}

std::int64_t open_assists(const case_file& c) {
  return std::count_if(c.assists.begin(), c.assists.end(),
                       [](const assist& a) { return a.status == assist_status::asked; });
}

// When the department has to have answered: the earliest of the clocks that run over its work.
std::optional<unix_ms> work_due(const case_file& c) {
  std::optional<unix_ms> due;
  for (const auto kind : {clock_kind::resolution, clock_kind::unit, clock_kind::rectify}) {
    const case_clock* clock = find_clock(c, kind);
    if (is_running(clock) && (!due || clock->due < *due)) due = clock->due;
  }
  return due;
}

check check_giving_on(const case_file& c, action what, const act_fields& f, const actor& by, unix_ms now,
                      const case_rules& rules) {
  if (what == action::return_case) {
    if (c.returns >= rules.returns) return refuse(r::return_limit, c.returns);
    const case_clock* signing = find_clock(c, clock_kind::signing);
    if (is_running(signing) && signing->due < now) return refuse(r::return_too_late);
    return {};
  }
  if (what != action::dispatch && f.to == c.lead) return about(r::same_unit, c.lead);
  if (what == action::transfer && c.transfers >= rules.transfers && by.as != role::supervisor)
    return refuse(r::transfer_limit, c.transfers);
  return {};
}

check check_assist(const case_file& c, const act_fields& f, unix_ms now, const desk_book& book) {
  if (f.to == c.lead) return refuse(r::lead_cannot_assist);
  if (open_assist(c, f.to) != nullptr) return about(r::assist_twice, f.to);
  if (static_cast<int>(c.assists.size()) >= book.rules.assists) return refuse(r::assist_limit, book.rules.assists);
  const auto due = work_due(c);
  const bool late = due && *due > now && add_limit(book.calendar, now, assist_limit(c, f, now, book)).at > *due;
  if (late) return refuse(r::assist_too_long);
  return {};
}

check check_suspension(const case_file& c, const act_fields& f, unix_ms now, const desk_book& book) {
  if (c.extension) return refuse(r::extension_pending);
  if (*f.ground == suspend_ground::supplement) {
    if (c.supplements > 0) return refuse(r::supplement_once);
    if (now > book.calendar.add_days(c.signed_at, book.rules.supplement_days).at)
      return refuse(r::supplement_late, book.rules.supplement_days);
  }
  if (*f.ground == suspend_ground::promise) {
    if (c.what.dishonest) return refuse(r::promise_dishonest);
    const unix_ms until =
        f.until ? f.until : add_limit(book.calendar, now, limit_for(book.rules, clock_kind::supplement, c)).at;
    const auto due = work_due(c);
    if (due && until > *due) return refuse(r::promise_too_long);
  }
  return {};
}

check check_lapse(const case_file& c, unix_ms now) {
  if (c.ground == suspend_ground::statutory) return refuse(r::cannot_lapse);
  const case_clock* waiting = find_clock(c, clock_kind::supplement);
  if (waiting == nullptr || now < waiting->due) return refuse(r::not_lapsed_yet);
  return {};
}

check check_extension(const case_file& c, const act_fields& f, unix_ms now, const desk_book& book) {
  if (c.extension) return refuse(r::extension_pending);
  if (c.extensions >= book.rules.extensions) return refuse(r::extension_limit, c.extensions);
  if (f.days > book.rules.extension_days) return refuse(r::bad_days, book.rules.extension_days);
  const auto due = work_due(c);
  // On the urgent track a whole day ahead would be before the beginning: half of what is left of the limit then.
  const case_clock* own = find_clock(c, clock_kind::resolution);
  const std::int64_t whole = own == nullptr ? 0 : book.calendar.work_between(own->started, own->due).ms;
  const std::int64_t notice =
      c.on == track::urgent ? std::min(book.rules.extension_notice_ms, whole / 2) : book.rules.extension_notice_ms;
  const bool late = !due || *due <= now || book.calendar.work_between(now, *due).ms < notice;
  if (late) return refuse(r::extension_too_late, notice / 60'000);
  return {};
}

check check_review(const case_file& c, const actor& by) {
  if (c.drafted_by == by.id) return refuse(r::same_person);
  return {};
}

check check_call_back(const case_file& c, action what, const actor& by, const case_rules& rules) {
  const bool did_it = !by.id.empty() && (by.id == c.handler || by.id == c.drafted_by);
  if (by.as != role::enterprise && did_it) return refuse(r::handled_it);
  if (what == action::redo && c.redos >= rules.redos) return refuse(r::redo_limit, c.redos);
  if (what == action::close_disputed && !c.disputed && c.redos < rules.redos) return refuse(r::redo_left);
  return {};
}

refusal without_answer(const case_file& c) {
  const name_row& how = name_of(c.outcome);
  return {r::not_answered, {std::string{how.zh}}, {std::string{how.en}}};
}

check check_after_answer(const case_file& c, action what, unix_ms now) {
  if (c.outcome != outcome::answered) return without_answer(c);
  if (what == action::rate) return c.grade ? check{refuse(r::already_rated)} : check{};
  if (c.reopened) return refuse(r::reopened_before);
  const case_clock* retention = find_clock(c, clock_kind::retention);
  if (!is_running(retention) || now > retention->due) return refuse(r::reopened_late);
  return {};
}

check check_urge(const case_file& c, const actor& by, unix_ms now, const case_rules& rules) {
  const bool again = by.as == role::enterprise && c.urged && now - c.urged < rules.urge_pause_ms;
  return again ? check{refuse(r::urged_before)} : check{};
}

check check_alarm(const case_file& c, const act_fields& f, unix_ms now, const working_calendar& calendar) {
  const auto next = next_alarm(c, calendar);
  const bool come = next && next->at <= now && next->clock == *f.clock;
  return come ? check{} : check{refuse(r::no_alarm_yet)};
}

check check_calendar(const case_file& c, const working_calendar& calendar) {
  const bool old = std::any_of(c.clocks.begin(), c.clocks.end(), [&](const case_clock& clock) {
    return clock.status == clock_status::running && clock.calendar != calendar.version();
  });
  return old ? check{} : check{refuse(r::nothing_changed)};
}

}  // namespace

refusal refuse(refusal_rule rule) { return {rule}; }
refusal refuse(refusal_rule rule, std::int64_t number) {
  return {rule, {std::to_string(number)}, {std::to_string(number)}};
}

bool is_region(std::string_view code) {
  return code.size() == 6 && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool names_a_unit(const unit& u) {
  return !u.department.empty() && u.department.find('@') == std::string::npos && is_region(u.region);
}

bool fits_a_field(std::string_view text) { return text.size() <= field_bytes && text::is_utf8(text); }

bool sits(const actor& by, seat where, const case_file& c) {
  switch (where) {
    case seat::enterprise: return !by.department.empty() && by.department == c.what.enterprise;
    case seat::origin_region: return by.region == c.what.region;
    case seat::lead_department: return unit{by.department, by.region} == c.lead;
    case seat::assist_department: return open_assist(c, {by.department, by.region}) != nullptr;
    case seat::region_of_case: return by.region == c.what.region || by.region == c.lead.region;
    case seat::system: return true;
  }
  return false;
}

check check_actor(const case_file& c, action what, const actor& by) {
  const action_rule& rule = rule_of(what);
  if (!rule.from.has(c.state)) {
    const name_row& state = name_of(c.state);
    const name_row& act = name_of(what);
    return refusal{
        r::wrong_state, {std::string{state.zh}, std::string{act.zh}}, {std::string{state.en}, std::string{act.en}}};
  }
  const auto in_role = [&](const grant& g) { return g.who == by.as; };
  if (std::none_of(rule.by.begin(), rule.by.end(), in_role)) {
    return refusal{r::wrong_role,
                   {std::string{name_of(what).zh}, std::string{name_of(by.as).zh}, list_of(rule.by, lang::zh_cn)},
                   {std::string{name_of(what).en}, std::string{name_of(by.as).en}, list_of(rule.by, lang::en)}};
  }
  const auto fits = [&](const grant& g) { return g.who == by.as && sits(by, g.where, c); };
  if (std::none_of(rule.by.begin(), rule.by.end(), fits)) return about(r::wrong_seat, c.lead);
  return {};
}

check check_fields(action what, const act_fields& f, unix_ms now) {
  std::string zh, en;
  for (std::size_t i = 0; i < field_names.size(); ++i) {
    const auto which = static_cast<field>(i);
    if (!rule_of(what).needs.has(which) || has(f, which)) continue;
    zh += (zh.empty() ? "" : "、") + std::string{field_names[i].zh};
    en += (en.empty() ? "" : ", ") + std::string{field_names[i].en};
  }
  const std::string act_zh{name_of(what).zh}, act_en{name_of(what).en};
  if (!zh.empty()) return refusal{r::missing_field, {act_zh, zh}, {act_en, en}};
  for (const std::string* text : {&f.reason, &f.text, &f.basis, &f.staff, &f.to.department}) {
    if (!fits_a_field(*text)) return refuse(r::text_too_long, static_cast<std::int64_t>(field_bytes));
  }
  if (has(f, field::to) && !names_a_unit(f.to)) {
    const std::string shown = f.to.department + " " + f.to.region;
    return refusal{r::bad_unit, {shown}, {shown}};
  }
  if (f.days < 0 || f.days > most_days) return refuse(r::bad_days, most_days);
  const bool bad_until = f.until && (f.until <= now || f.until > now + longest_until_ms);
  return bad_until ? check{refuse(r::bad_until)} : check{};
}

bool opens_round(const case_file& c, const act_fields& fields, const case_rules& rules) {
  if (!is_bad(*fields.grade)) return false;
  return c.state == case_state::closed ? !c.reopened : c.redos < rules.redos;
}

time_limit assist_limit(const case_file& c, const act_fields& fields, unix_ms now, const desk_book& book) {
  if (fields.days > 0) return working_days(fields.days);
  const time_limit usual = limit_for(book.rules, clock_kind::assist, c);
  const auto due = work_due(c);
  if (!due || *due <= now || add_limit(book.calendar, now, usual).at <= *due) return usual;
  if (usual.unit == limit_unit::clock_ms) return {*due - now, limit_unit::clock_ms};
  return {book.calendar.work_between(now, *due).ms, limit_unit::working_ms};
}

check check_conditions(const case_file& c, action what, const act_fields& f, const actor& by, unix_ms now,
                       const desk_book& book) {
  const case_rules& rules = book.rules;
  switch (what) {
    case action::return_case:
    case action::dispatch:
    case action::transfer:
    case action::uphold_return: return check_giving_on(c, what, f, by, now, rules);
    case action::ask_assist: return check_assist(c, f, now, book);
    case action::release_assist:
      return open_assist(c, f.to) == nullptr ? check{about(r::no_such_assist, f.to)} : check{};
    case action::suspend: return check_suspension(c, f, now, book);
    case action::lapse: return check_lapse(c, now);
    case action::ask_extension: return check_extension(c, f, now, book);
    case action::approve_extension:
      if (!c.extension) return refuse(r::no_extension);
      return c.extension->by == by.id ? check{refuse(r::same_person)} : check{};
    case action::reject_extension: return c.extension ? check{} : check{refuse(r::no_extension)};
    case action::submit_reply: return open_assists(c) > 0 ? check{refuse(r::assist_open, open_assists(c))} : check{};
    case action::confirm_decline:
    case action::approve_reply: return check_review(c, by);
    case action::confirm_solved:
    case action::redo:
    case action::close_disputed: return check_call_back(c, what, by, rules);
    case action::rate:
    case action::reopen: return check_after_answer(c, what, now);
    case action::expedite: return c.on == track::urgent ? check{refuse(r::already_urgent)} : check{};
    case action::urge: return check_urge(c, by, now, rules);
    case action::supervise:
      return is_running(find_clock(c, clock_kind::supervision)) ? check{refuse(r::supervision_open)} : check{};
    case action::answer_supervision:
      return is_running(find_clock(c, clock_kind::supervision)) ? check{} : check{refuse(r::no_supervision)};
    case action::end_supervision: return c.supervised ? check{} : check{refuse(r::no_supervision)};
    case action::escalate: return c.level >= 3 ? check{refuse(r::top_level)} : check{};
    case action::escalate_dispute:
      if (!c.disputed) return refuse(r::not_disputed);
      return c.level >= 3 ? check{refuse(r::top_level)} : check{};
    case action::archive: {
      const case_clock* retention = find_clock(c, clock_kind::retention);
      return is_running(retention) && now < retention->due ? check{refuse(r::still_retained)} : check{};
    }
    case action::raise_alarm: return check_alarm(c, f, now, book.calendar);
    case action::recalculate: return check_calendar(c, book.calendar);
    default: return {};
  }
}

}  // namespace zhuqi::dialogs::casework
