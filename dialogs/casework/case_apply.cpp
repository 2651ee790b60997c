// Adding an event to a case. Nothing is decided here: the event carries where the state went and how each clock stands.
#include "dialogs/casework/case_checks.hpp"
#include "dialogs/casework/case_state.hpp"
#include "dialogs/casework/clocks.hpp"

#include <algorithm>

namespace zhuqi::dialogs::casework {
namespace {

void set_clock(case_file& c, const case_clock& clock) {
  const auto found = std::find_if(c.clocks.begin(), c.clocks.end(), [&](const case_clock& old) {
    return old.kind == clock.kind && old.department == clock.department;
  });
  if (found == c.clocks.end()) {
    c.clocks.push_back(clock);
  } else {
    *found = clock;
  }
}

void end_assists(case_file& c, assist_status as, const unit* only, const std::string& answer) {
  for (assist& a : c.assists) {
    if (a.status != assist_status::asked || (only != nullptr && a.from != *only)) continue;
    a.status = as;
    a.answer = answer;
  }
}

void give_to(case_file& c, const case_event& e, custody_kind how) {
  c.lead = e.fields.to;
  c.handler.clear();
  c.chain.push_back({c.lead, how, e.at, e.by.id});
  end_assists(c, assist_status::released, &c.lead, {});  // who leads does not assist
}

void open(case_file& c, const case_event& e) {
  c.what = *e.opened;
  c.opened = e.at;
  c.lead = c.what.intake;
  c.chain.push_back({c.lead, custody_kind::received, e.at, e.by.id});
}

void sign(case_file& c, const case_event& e) {
  c.signed_at = e.at;
  if (e.by.as == role::handler) c.handler = e.by.id;
}

void draft(case_file& c, const case_event& e, const std::string& text) {
  c.draft_reply = text;
  c.draft_basis = e.fields.basis;
  c.drafted_by = e.by.id;
}

// Another round begins with the department that answered.
void begin_round(case_file& c, const case_event& e) {
  ++c.redos;
  c.disputed = false;
  c.outcome = outcome::none;
  c.draft_reply.clear();
  c.draft_basis.clear();
  if (e.from == case_state::closed) c.reopened = true;
  if (e.what != action::rate) c.grade.reset();
}

void rate(case_file& c, const case_event& e) {
  c.grade = e.fields.grade;
  if (is_bad(*c.grade) && e.to != case_state::in_progress) c.disputed = true;
}

void urge(case_file& c, const case_event& e) {
  ++c.urges;
  if (e.by.as == role::enterprise) c.urged = e.at;
}

outcome outcome_of(action what) {
  switch (what) {
    case action::approve_reply: return outcome::answered;
    case action::confirm_decline: return outcome::declined;
    case action::withdraw: return outcome::withdrawn;
    case action::lapse: return outcome::lapsed;
    case action::discard: return outcome::discarded;
    default: return outcome::none;
  }
}

void apply_work(case_file& c, const case_event& e) {
  const act_fields& f = e.fields;
  switch (e.what) {
    case action::dispatch: return give_to(c, e, custody_kind::dispatched);
    case action::uphold_return: return give_to(c, e, custody_kind::redispatched);
    case action::transfer: ++c.transfers; return give_to(c, e, custody_kind::transferred);
    case action::sign:
    case action::overrule_return: return sign(c, e);
    case action::return_case: ++c.returns; return;
    case action::assign: c.handler = f.staff; return;
    case action::ask_assist: c.assists.push_back({f.to, f.text, assist_status::asked, e.at, {}}); return;
    case action::answer_assist: {
      const unit own{e.by.department, e.by.region};
      return end_assists(c, assist_status::answered, &own, f.text);
    }
    case action::release_assist: return end_assists(c, assist_status::released, &f.to, f.reason);
    case action::suspend:
      c.ground = f.ground;
      if (f.ground == suspend_ground::supplement) ++c.supplements;
      return;
    case action::ask_extension: c.extension = extension_request{f.days, f.reason, f.text, e.by.id}; return;
    case action::approve_extension:
      ++c.extensions;
      c.extension.reset();
      return;
    case action::reject_extension: c.extension.reset(); return;
    case action::submit_reply: return draft(c, e, f.text);
    default: return;
  }
}

void apply_frame(case_file& c, const case_event& e) {
  const act_fields& f = e.fields;
  switch (e.what) {
    case action::open: return open(c, e);
    case action::accept:
      c.on = f.on.value_or(c.on);
      c.how_hard = f.how_hard.value_or(c.how_hard);
      return;
    case action::ask_decline: return draft(c, e, f.reason);
    case action::expedite: c.on = track::urgent; return;
    case action::rate: return rate(c, e);
    case action::urge: return urge(c, e);
    case action::supervise: c.supervised = true; return;
    case action::end_supervision: c.supervised = false; return;
    case action::escalate:
    case action::escalate_dispute: ++c.level; return;
    default: return apply_work(c, e);
  }
}

// What follows from the state alone, whatever led there.
void settle(case_file& c, const case_event& e) {
  if (e.from == e.to) return;
  if (e.from == case_state::in_progress) c.extension.reset();
  if (e.from == case_state::suspended) c.ground.reset();
  const bool was_answered = e.from == case_state::to_call_back || e.from == case_state::closed;
  if (was_answered && e.to == case_state::in_progress) begin_round(c, e);
  if (rule_of(e.to).ends_work) {
    end_assists(c, assist_status::released, nullptr, {});
    c.supervised = false;
    if (c.outcome == outcome::none) c.outcome = outcome_of(e.what);
  }
  if (e.what == action::approve_reply) c.grade.reset();  // each round is rated once
}

bool follows(const case_file& c, const case_event& e) {
  const bool first = c.seq == 0;
  return e.seq == c.seq + 1 && e.at >= c.changed && first == (e.what == action::open) &&
         first == e.opened.has_value() && e.from == c.state && (e.what != action::rate || e.fields.grade);
}

}  // namespace

std::string words_for_enterprise(const case_file& before, const case_event& e) {
  switch (e.what) {
    case action::contact:
    case action::inform: return e.fields.text;
    case action::suspend:
    case action::close_disputed: return e.fields.reason;
    case action::approve_reply: return before.draft_reply;
    case action::confirm_decline: return before.draft_reply + "\n" + before.draft_basis;
    case action::approve_extension: return before.extension ? before.extension->text : std::string{};
    default: return {};
  }
}

result<case_file> apply(case_file c, const case_event& e) {
  if (!follows(c, e)) return make_error_code(errc::malformed);
  apply_frame(c, e);
  settle(c, e);
  for (const clock_change& change : e.clocks) set_clock(c, change.clock);
  c.state = e.to;
  c.seq = e.seq;
  c.changed = e.at;
  return c;
}

result<case_file> replay(std::span<const case_event> events) {
  case_file c;
  for (const case_event& e : events) {
    auto next = apply(std::move(c), e);
    if (!next) return next.error();
    c = std::move(*next);
  }
  if (c.seq == 0) return make_error_code(errc::malformed);
  return c;
}

}  // namespace zhuqi::dialogs::casework
