#include "bot/pipeline/case_clockwork.hpp"

#include "bot/runtime/log.hpp"
#include "dialogs/casework/case_json.hpp"
#include "dialogs/casework/state_table.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::pipeline {
namespace {

namespace cw = dialogs::casework;
using storage::staff_role;

const cw::actor machine{"", cw::role::system, "", ""};

/// What the system does when a clock of one of these states is over; an alarm where casework refuses it.
std::optional<cw::action> end_of(cw::clock_kind kind) {
  switch (kind) {
    case cw::clock_kind::draft: return cw::action::discard;
    case cw::clock_kind::supplement: return cw::action::lapse;
    case cw::clock_kind::retention: return cw::action::archive;
    default: return std::nullopt;
  }
}

std::optional<staff_role> staff_role_of(cw::role owner) {
  switch (owner) {
    case cw::role::dispatcher: return staff_role::dispatcher;
    case cw::role::liaison: return staff_role::unit_liaison;
    case cw::role::handler: return staff_role::handler;
    case cw::role::reviewer: return staff_role::approver;
    case cw::role::call_back_officer: return staff_role::caller;
    default: return std::nullopt;
  }
}

}  // namespace

void case_clockwork::poll() {
  if (running_ != 0) return;
  running_ = 1;  // the reads themselves
  const auto due = desk_.book().cases().due_alarms(time_.now(), at_, share);
  if (!due) log::error("cases.unreadable", {{"reason", due.error().message()}});
  // The cursor passes over what cannot be written, so that one bad case holds up none behind it; then from the beginning.
  at_ = due && due->size() == share ? storage::case_cursor{due->back().alarm.value, due->back().id}
                                    : storage::case_cursor{};
  if (due) {
    for (const auto& row : *due) look(row);
  }
  if (recounting_) {
    const auto old = desk_.book().cases().counted_otherwise(desk_.book().calendar().version(), counted_, share);
    if (old) {
      recounting_ = old->size() == share;
      if (recounting_) counted_ = old->back().id;
      for (const auto& row : *old) count_again(row);
    }
  }
  --running_;
}

void case_clockwork::recount() {
  recounting_ = true;
  counted_ = {};
}

void case_clockwork::look(const storage::case_row& row) {
  const auto before = cw::case_from_json(row.body);
  if (!before) return log::error("case.unreadable", {{"case", row.id.value}});
  const auto book = desk_.book().rules();
  const unix_ms now = std::max(time_.now(), before->changed);
  cw::changes next{*before, {}};
  std::vector<cw::alarm_step> raised;
  for (int i = 0; i < steps_at_once; ++i) {
    const auto step = cw::next_alarm(next.after, book.calendar);
    if (!step || step->at > now) break;
    cw::act_fields fields;
    auto done = cw::act_result{cw::refusal{}};
    if (const auto end = end_of(step->clock)) done = cw::act(next.after, *end, fields, machine, now, book);
    const bool over = done.has_value();
    if (!over) {
      fields.clock = step->clock;
      done = cw::act(next.after, cw::action::raise_alarm, fields, machine, now, book);
    }
    if (!done) {
      log::error("case.stuck", {{"case", row.id.value}, {"reason", cw::sentence(done.error(), dialogs::lang::en)}});
      break;
    }
    next.events.insert(next.events.end(), done->events.begin(), done->events.end());
    next.after = std::move(done->after);
    if (!over) raised.push_back(*step);
  }
  if (!next.events.empty()) {
    write(row, *before, std::move(next), std::move(raised));
  } else if (!cw::next_alarm(*before, book.calendar) || cw::next_alarm(*before, book.calendar)->at > now) {
    // The stored time is of another calendar: only the column is wrong, and the recount sets it right.
    recount();
  }
}

void case_clockwork::count_again(const storage::case_row& row) {
  const auto before = cw::case_from_json(row.body);
  if (!before) return log::error("case.unreadable", {{"case", row.id.value}});
  auto done = cw::act(*before, cw::action::recalculate, {}, machine, time_.now(), desk_.book().rules());
  if (done) write(row, *before, std::move(*done), {});
}

void case_clockwork::write(const storage::case_row& row, const cw::case_file& before, cw::changes next,
                           std::vector<cw::alarm_step> raised) {
  ++running_;
  auto w = desk_.book().write_of(row, before, next);
  desk_.commit(std::move(w), [this, after = std::move(next.after), raised](result<storage::case_row> now) {
    --running_;
    if (!now) {  // somebody acted meanwhile, or the disk refuses: the next poll looks again
      if (now.error() != errc::conflict) log::warn("case.unwritten", {{"reason", now.error().message()}});
      return;
    }
    if (!alarmed_) return;
    for (const auto& step : raised) alarmed_(*now, step, whom_to_tell(after, step));
  });
}

std::vector<staff_id> case_clockwork::whom_to_tell(const cw::case_file& c, const cw::alarm_step& step) const {
  std::vector<staff_id> out;
  const auto waits = cw::waits_of(c);
  const auto wait = std::ranges::find_if(
      waits, [&](const cw::wait& w) { return w.clock->kind == step.clock && w.clock->department == step.department; });
  const cw::unit place = wait == waits.end() ? c.lead : wait->whose;
  // Beside the dispatchers of a region no department stands: the one that has the case is the desk they belong to.
  const cw::unit office = place.department.empty() ? c.lead : place;
  switch (step.to) {
    case cw::rung::owner: {
      const auto owner = wait == waits.end() ? cw::role::handler : wait->owner;
      if (const staff_id handler{decimal(c.handler)}; owner == cw::role::handler && handler) return {handler};
      if (const auto role = staff_role_of(owner)) people_of(place, *role, out);
      if (owner == cw::role::handler && out.empty()) people_of(office, staff_role::unit_liaison, out);
      break;
    }
    case cw::rung::section_chief: people_of(office, staff_role::unit_liaison, out); break;
    case cw::rung::deputy_leader: people_of(office, staff_role::approver, out); break;
    case cw::rung::supervisor: people_of({"", c.what.region}, staff_role::supervisor, out); break;
  }
  return out;
}

void case_clockwork::people_of(const cw::unit& place, staff_role role, std::vector<staff_id>& into) const {
  const offices& where = desk_.book().where();
  storage::row_scope scope;
  if (place.department.empty()) {
    scope.region = where.region_coded(place.region);
  } else {
    scope.department = where.department_of(place);
  }
  const auto people = desk_.book().people().list_staff(scope, {}, 1'000);
  if (!people) return;
  for (const auto& s : *people) {
    if (into.size() == told_most) return;
    const bool there = place.department.empty() ? where.tree().region_of(s.department) == scope.region
                                                : s.department == scope.department;
    if (there && s.roles.has(role) && !s.disabled) into.push_back(s.id);
  }
}

}  // namespace zhuqi::pipeline
