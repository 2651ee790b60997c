#include "bot/pipeline/case_ledger.hpp"

#include "dialogs/casework/case_json.hpp"
#include "dialogs/casework/clocks.hpp"

namespace zhuqi::pipeline {
namespace {

namespace cw = dialogs::casework;

/// A clock that ended is late where it ended after its due time; one that runs, where that is over.
bool is_late(const cw::case_clock* clock, unix_ms now) {
  if (clock == nullptr || clock->status == cw::clock_status::paused) return false;
  return clock->due < (clock->status == cw::clock_status::running ? now : clock->ended);
}

}  // namespace

result<ledger_line> ledger_of(const storage::case_row& row, const offices& where, unix_ms now) {
  const auto c = cw::case_from_json(row.body);
  if (!c) return c.error();
  ledger_line out;
  out.row = row;
  out.row.body.clear();
  out.summary = c->what.summary;
  out.state_title = cw::name_of(c->state).zh;
  out.track_title = cw::name_of(c->on).zh;
  if (c->outcome != cw::outcome::none) out.outcome_title = cw::name_of(c->outcome).zh;
  if (c->grade) out.grade_title = cw::name_of(*c->grade).zh;
  out.lead = where.name_of(row.lead_department);
  out.assists.reserve(c->assists.size());
  for (const auto& a : c->assists) out.assists.push_back(where.name_of(where.department_of(a.from)));
  const auto* own = cw::find_clock(*c, cw::clock_kind::resolution);
  if (own != nullptr) out.accepted = own->started;  // it starts with the acceptance
  out.signed_at = c->signed_at;
  out.extensions = c->extensions;
  out.overdue = is_late(own, now) || is_late(cw::find_clock(*c, cw::clock_kind::rectify), now);
  out.reply = c->draft_reply;
  return out;
}

}  // namespace zhuqi::pipeline
