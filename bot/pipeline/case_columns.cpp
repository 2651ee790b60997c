#include "bot/pipeline/case_columns.hpp"

#include "bot/base/crypto.hpp"
#include "bot/base/text.hpp"
#include "dialogs/casework/case_json.hpp"
#include "dialogs/casework/clocks.hpp"
#include "dialogs/casework/state_table.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace zhuqi::pipeline {
namespace {

namespace cw = dialogs::casework;
using storage::case_party_kind;
using storage::staff_role;

bool is_closed(cw::case_state s) { return s == cw::case_state::closed || s == cw::case_state::archived; }

std::string staff_of(const cw::actor& by) {
  const bool ours = by.as != cw::role::enterprise && by.as != cw::role::system;
  return ours ? by.id : std::string{};
}

void earliest(unix_ms& slot, unix_ms at) {
  if (!slot || at < slot) slot = at;
}

const cw::case_clock* unless_stopped(const cw::case_file& c, cw::clock_kind kind) {
  const auto* clock = cw::find_clock(c, kind);
  return clock != nullptr && clock->status != cw::clock_status::stopped ? clock : nullptr;
}

void set_clocks(storage::case_row& row, const cw::case_file& c, const cw::working_calendar& calendar) {
  row.calendar.clear();
  row.blue = row.yellow = row.orange = row.red = {};
  for (const auto& clock : c.clocks) {
    if (clock.status != cw::clock_status::running) continue;
    if (row.calendar.empty()) row.calendar = clock.calendar;
    if (row.calendar != clock.calendar) row.calendar = "mixed";
    if (!cw::rule_of(clock.kind).ladder) continue;
    const auto ladder = cw::ladder_of(clock, calendar);
    earliest(row.blue, ladder[0].at);
    earliest(row.yellow, ladder[1].at);
    earliest(row.orange, ladder[2].at);
    earliest(row.red, ladder[3].at);
  }
  const auto* again = unless_stopped(c, cw::clock_kind::rectify);
  const auto* own = again != nullptr ? again : cw::find_clock(c, cw::clock_kind::resolution);
  row.due = own == nullptr ? unix_ms{} : own->due;
  const auto* unit = unless_stopped(c, cw::clock_kind::unit);
  row.unit_due = unit == nullptr ? unix_ms{} : unit->due;
  const auto* contact = cw::find_clock(c, cw::clock_kind::first_response);
  row.contact_due = contact == nullptr ? unix_ms{} : contact->due;
  const auto alarm = cw::next_alarm(c, calendar);
  row.alarm = alarm ? alarm->at : unix_ms{};
}

void set_head(storage::case_row& row, const cw::case_file& c, const offices& where) {
  row.seq = c.seq;
  row.body = cw::serialize(c);
  row.state = cw::id_of(c.state);
  row.track = cw::id_of(c.on);
  row.outcome = c.outcome == cw::outcome::none ? std::string{} : std::string{cw::id_of(c.outcome)};
  row.grade = c.grade ? std::string{cw::id_of(*c.grade)} : std::string{};
  row.lead_department = where.department_of(c.lead);
  row.lead_region = where.region_coded(c.lead.region);
  row.handler = {decimal(c.handler)};
  row.level = c.level;
  row.redos = c.redos;
  row.supervised = c.supervised;
  row.disputed = c.disputed;
  row.changed = c.changed;
  if (!is_closed(c.state)) row.closed = {};
  if (is_closed(c.state) && !row.closed) row.closed = c.changed;
}

void note_alarm(storage::case_row& row, const cw::case_event& e) {
  if (e.from != e.to) row.alarm_title.clear();
  if (e.what != cw::action::raise_alarm) return;
  constexpr std::array points{cw::alarm_point::half, cw::alarm_point::most, cw::alarm_point::before,
                              cw::alarm_point::due, cw::alarm_point::overdue};
  for (const auto& change : e.clocks) {
    if (change.op != cw::clock_op::alarmed || change.clock.kind != e.fields.clock || change.clock.alarms < 1) continue;
    const bool ladder = cw::rule_of(change.clock.kind).ladder;
    const auto step = std::min<std::size_t>(static_cast<std::size_t>(change.clock.alarms) - 1, points.size() - 1);
    const auto point = ladder ? points[step] : cw::alarm_point::due;
    row.alarm_title = std::string{cw::name_of(change.clock.kind).zh} + "：" + std::string{cw::name_of(point).zh};
  }
}

std::vector<storage::case_party> parties_of(const cw::case_file& c, const offices& where) {
  std::vector<storage::case_party> out{{case_party_kind::origin, {}, where.region_coded(c.what.region)}};
  const auto add = [&](case_party_kind kind, const cw::unit& u) {
    const storage::case_party p{kind, where.department_of(u), where.region_coded(u.region)};
    if (std::ranges::find(out, p) == out.end()) out.push_back(p);
  };
  add(case_party_kind::lead, c.lead);
  for (const auto& held : c.chain) {
    if (held.holder != c.lead) add(case_party_kind::past_lead, held.holder);
  }
  for (const auto& a : c.assists) {
    add(a.status == cw::assist_status::asked ? case_party_kind::assists : case_party_kind::assisted, a.from);
  }
  return out;
}

storage::role_set roles_for(cw::role owner) {
  switch (owner) {
    case cw::role::dispatcher: return {staff_role::dispatcher};
    case cw::role::liaison: return {staff_role::unit_liaison};
    case cw::role::handler: return {staff_role::handler, staff_role::unit_liaison};
    case cw::role::reviewer: return {staff_role::approver};
    case cw::role::call_back_officer: return {staff_role::caller};
    default: return {};
  }
}

/// Whether anybody can act on the clock now: a department's work waits for nobody while its answer is under review.
bool is_pending(const cw::case_file& c, cw::clock_kind kind) {
  using k = cw::clock_kind;
  using s = cw::case_state;
  if (kind == k::resolution || kind == k::unit || kind == k::rectify) return c.state == s::in_progress;
  if (kind == k::first_response) return c.state == s::in_progress || c.state == s::suspended || c.state == s::parked;
  return true;
}

std::vector<storage::case_wait> waits_of(const cw::case_file& c, const offices& where) {
  std::vector<storage::case_wait> out;
  const auto add = [&out](const storage::case_wait& w) {
    for (auto& known : out) {
      const bool same = known.roles == w.roles && known.staff == w.staff && known.department == w.department &&
                        known.region == w.region;
      if (same) return earliest(known.due, w.due);
    }
    out.push_back(w);
  };
  for (const auto& wait : cw::waits_of(c)) {
    const auto roles = roles_for(wait.owner);
    if (roles.empty() || !is_pending(c, wait.clock->kind)) continue;
    storage::case_wait w{
        roles, {}, where.department_of(wait.whose), where.region_coded(wait.whose.region), wait.clock->due};
    const staff_id handler{decimal(c.handler)};
    const bool personal = handler && wait.whose == c.lead;
    if (personal && wait.owner == cw::role::handler) {
      w.roles = {};
      w.staff = handler;
    }
    add(w);
    if (personal && wait.clock->kind == cw::clock_kind::signing) add({{}, handler, w.department, w.region, w.due});
  }
  return out;
}

}  // namespace

std::string uuid_of(std::string_view case_number, std::int64_t seq) {
  auto digest = crypto::sha256(std::string{"zhuqi case word "}.append(case_number) + "#" + std::to_string(seq));
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0f) | 0x80);  // RFC 9562 version 8: made by a rule of our own
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3f) | 0x80);
  const std::string hex = crypto::hex({digest.data(), 16});
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

std::string_view colour_of(const storage::case_row& row, unix_ms now) {
  const auto come = [now](unix_ms at) { return at && at <= now; };
  if (row.closed) return "";
  if (come(row.red)) return "red";
  if (come(row.orange)) return "orange";
  if (come(row.yellow)) return "yellow";
  return come(row.blue) ? "blue" : "";
}

storage::case_row new_head(const cw::opening& what, const case_about& about, const offices& where) {
  storage::case_row row;
  row.number = what.number;
  row.conversation = about.conversation;
  row.title = text::truncate(about.title, about_bytes);
  row.enterprise = what.enterprise;
  row.company = text::truncate(about.company, about_bytes);
  row.contact = text::truncate(about.contact, about_bytes);
  row.source = about.source;
  row.matter = what.matter;
  row.region = where.region_coded(what.region);
  return row;
}

storage::case_write as_write(const storage::case_row& head, const cw::case_file& before, const cw::changes& next,
                             const offices& where, const cw::working_calendar& calendar) {
  storage::case_write w;
  w.head = head;
  w.expected = before.seq;
  cw::case_file c = before;
  for (const auto& e : next.events) {
    const std::string words = cw::words_for_enterprise(c, e);
    if (!words.empty() && head.conversation) w.words.push_back({uuid_of(head.number, e.seq), {}, {}, {}, words});
    auto applied = cw::apply(std::move(c), e);
    ZHUQI_ASSERT(applied.has_value());
    c = std::move(*applied);
    const std::int64_t value = e.what == cw::action::rate ? static_cast<std::int64_t>(*e.fields.grade) : -1;
    w.events.push_back({e.seq, e.at, std::string{cw::id_of(e.what)}, staff_of(e.by), value, where.department_of(c.lead),
                        cw::serialize(e)});
    w.head.last_actor = staff_of(e.by);
    note_alarm(w.head, e);
  }
  if (!w.head.opened) w.head.opened = c.opened;
  set_head(w.head, next.after, where);
  set_clocks(w.head, next.after, calendar);
  w.parties = parties_of(next.after, where);
  w.waits = waits_of(next.after, where);
  return w;
}

}  // namespace zhuqi::pipeline
