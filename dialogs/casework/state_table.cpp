// The tables. A department's work runs on three clocks over many states (resolution, unit, rectify); every other
// state has one of its own.
#include "dialogs/casework/state_table.hpp"

#include <array>

namespace zhuqi::dialogs::casework {
namespace {

using s = case_state;
using k = clock_kind;
using a = action;
using f = field;

constexpr std::array states{
    state_rule{s::draft, k::draft},
    state_rule{s::to_accept, k::acceptance},
    state_rule{s::decline_review, k::decline},
    state_rule{s::to_dispatch, k::dispatch},
    state_rule{s::to_sign, k::signing},
    state_rule{s::return_ruling, k::ruling},
    state_rule{s::in_progress, {}},
    state_rule{s::suspended, k::supplement},
    state_rule{s::parked, k::parked},
    state_rule{s::to_review, k::review},
    state_rule{s::to_call_back, k::call_back, true},
    state_rule{s::closed, k::retention, true},
    state_rule{s::archived, {}, true, true},
};

constexpr std::array clocks{
    clock_rule{k::draft, role::enterprise, seat::enterprise, false, false},
    clock_rule{k::acceptance, role::dispatcher, seat::origin_region},
    clock_rule{k::decline, role::reviewer, seat::lead_department},
    clock_rule{k::dispatch, role::dispatcher, seat::origin_region},
    clock_rule{k::signing, role::liaison, seat::lead_department},
    clock_rule{k::first_response, role::handler, seat::lead_department},
    clock_rule{k::resolution, role::handler, seat::lead_department, true},
    clock_rule{k::unit, role::handler, seat::lead_department, true},
    clock_rule{k::ruling, role::dispatcher, seat::origin_region},
    clock_rule{k::extension, role::reviewer, seat::lead_department},
    clock_rule{k::assist, role::liaison, seat::assist_department},
    clock_rule{k::supplement, role::enterprise, seat::enterprise, false, false},
    clock_rule{k::parked, role::liaison, seat::lead_department, false, false},
    clock_rule{k::review, role::reviewer, seat::lead_department},
    clock_rule{k::call_back, role::call_back_officer, seat::origin_region},
    clock_rule{k::rectify, role::handler, seat::lead_department, true},
    clock_rule{k::supervision, role::liaison, seat::lead_department},
    clock_rule{k::retention, role::system, seat::system, false, false},
};

constexpr std::array enterprise{grant{role::enterprise, seat::enterprise}};
constexpr std::array filers{grant{role::enterprise, seat::enterprise}, grant{role::agent, seat::origin_region},
                            grant{role::specialist, seat::origin_region}};
constexpr std::array discarders{grant{role::enterprise, seat::enterprise}, grant{role::agent, seat::origin_region},
                                grant{role::specialist, seat::origin_region}, grant{role::system, seat::system}};
constexpr std::array dispatchers{grant{role::dispatcher, seat::origin_region}};
constexpr std::array rulers{grant{role::dispatcher, seat::origin_region},
                            grant{role::supervisor, seat::region_of_case}};
constexpr std::array reviewers{grant{role::reviewer, seat::lead_department}};
constexpr std::array liaisons{grant{role::liaison, seat::lead_department}};
// A case that a department has got goes at once to whoever of it has room; its liaison may decide otherwise.
constexpr std::array assigners{grant{role::liaison, seat::lead_department}, grant{role::system, seat::system}};
constexpr std::array workers{grant{role::liaison, seat::lead_department}, grant{role::handler, seat::lead_department}};
constexpr std::array contacts{grant{role::liaison, seat::lead_department}, grant{role::handler, seat::lead_department},
                              grant{role::specialist, seat::origin_region}};
constexpr std::array informers{grant{role::liaison, seat::lead_department}, grant{role::handler, seat::lead_department},
                               grant{role::specialist, seat::origin_region}, grant{role::agent, seat::origin_region}};
constexpr std::array movers{grant{role::liaison, seat::lead_department}, grant{role::dispatcher, seat::origin_region},
                            grant{role::supervisor, seat::region_of_case}};
constexpr std::array askers{grant{role::liaison, seat::lead_department}, grant{role::handler, seat::lead_department},
                            grant{role::dispatcher, seat::origin_region},
                            grant{role::supervisor, seat::region_of_case}};
constexpr std::array assistants{grant{role::liaison, seat::assist_department},
                                grant{role::handler, seat::assist_department}};
constexpr std::array lapsers{grant{role::liaison, seat::lead_department}, grant{role::handler, seat::lead_department},
                             grant{role::system, seat::system}};
constexpr std::array leaders{grant{role::reviewer, seat::lead_department},
                             grant{role::supervisor, seat::region_of_case}};
constexpr std::array unparkers{grant{role::liaison, seat::lead_department}, grant{role::handler, seat::lead_department},
                               grant{role::reviewer, seat::lead_department},
                               grant{role::supervisor, seat::region_of_case}};
constexpr std::array confirmers{grant{role::call_back_officer, seat::origin_region},
                                grant{role::enterprise, seat::enterprise}};
constexpr std::array callers{grant{role::call_back_officer, seat::origin_region}};
constexpr std::array explainers{grant{role::call_back_officer, seat::origin_region},
                                grant{role::supervisor, seat::region_of_case}};
constexpr std::array urgers{grant{role::enterprise, seat::enterprise}, grant{role::agent, seat::origin_region},
                            grant{role::specialist, seat::origin_region},
                            grant{role::supervisor, seat::region_of_case}};
constexpr std::array supervisors{grant{role::supervisor, seat::region_of_case}};
constexpr std::array supervised{
    grant{role::liaison, seat::lead_department}, grant{role::handler, seat::lead_department},
    grant{role::reviewer, seat::lead_department}, grant{role::dispatcher, seat::origin_region}};
constexpr std::array archivers{grant{role::system, seat::system}, grant{role::dispatcher, seat::origin_region}};
constexpr std::array timers{grant{role::system, seat::system}};

using states_of = enum_set<case_state>;

constexpr states_of desk{s::to_accept, s::decline_review, s::to_dispatch, s::return_ruling};
constexpr states_of work{s::in_progress, s::suspended, s::parked};
constexpr states_of before_answer = desk | work | states_of{s::to_sign, s::to_review};
constexpr states_of open_states = before_answer | states_of{s::to_call_back};
constexpr states_of all_but_end = open_states | states_of{s::draft, s::closed};
constexpr states_of assisted = work | states_of{s::to_sign, s::return_ruling};
constexpr states_of with_department = work | states_of{s::to_sign, s::to_review};

// what, from, to, by, needs, starts, stops
const std::array actions{
    action_rule{a::open, {}, {s::draft}, filers, {}, {}, {}},
    action_rule{a::file, {s::draft}, {s::to_accept}, filers, {}, {}, {}},
    action_rule{a::discard, {s::draft}, {s::archived}, discarders, {}, {}, {}},
    action_rule{a::accept, {s::to_accept}, {s::to_dispatch}, dispatchers, {}, {k::first_response, k::resolution}, {}},
    action_rule{a::ask_decline, {s::to_accept}, {s::decline_review}, dispatchers, {f::reason, f::basis}, {}, {}},
    action_rule{a::confirm_decline, {s::decline_review}, {s::closed}, reviewers, {}, {}, {}},
    action_rule{a::reject_decline, {s::decline_review}, {s::to_accept}, reviewers, {f::reason}, {}, {}},
    action_rule{a::dispatch, {s::to_dispatch}, {s::to_sign}, dispatchers, {f::to}, {k::unit}, {}},
    action_rule{
        a::expedite, desk | states_of{s::to_sign, s::in_progress, s::to_review}, {}, rulers, {f::reason}, {}, {}},
    action_rule{a::sign, {s::to_sign}, {s::in_progress}, workers, {}, {}, {}},
    action_rule{a::return_case, {s::to_sign}, {s::return_ruling}, liaisons, {f::reason, f::basis}, {}, {}},
    action_rule{a::uphold_return, {s::return_ruling}, {s::to_sign}, rulers, {f::to, f::reason}, {k::unit}, {k::unit}},
    action_rule{a::overrule_return, {s::return_ruling}, {s::in_progress}, rulers, {f::reason}, {}, {}},
    action_rule{a::assign, with_department, {}, assigners, {f::staff}, {}, {}},
    action_rule{a::contact, with_department, {}, contacts, {f::text}, {}, {k::first_response}},
    action_rule{a::inform, open_states, {}, informers, {f::text}, {}, {}},
    action_rule{a::transfer,
                {s::to_sign, s::in_progress},
                {s::to_sign},
                movers,
                {f::to, f::reason},
                {k::signing, k::unit},
                {k::unit}},
    action_rule{a::ask_assist, {s::in_progress}, {}, askers, {f::to, f::text}, {}, {}},
    action_rule{a::answer_assist, assisted, {}, assistants, {f::text}, {}, {}},
    action_rule{a::release_assist, assisted, {}, askers, {f::to, f::reason}, {}, {}},
    action_rule{a::suspend, {s::in_progress}, {s::suspended}, workers, {f::ground, f::reason}, {}, {}},
    action_rule{a::supplement, {s::suspended}, {s::in_progress}, enterprise, {f::text}, {}, {}},
    action_rule{a::resume, {s::suspended}, {s::in_progress}, workers, {f::reason}, {}, {}},
    action_rule{a::lapse, {s::suspended}, {s::closed}, lapsers, {}, {}, {}},
    action_rule{a::ask_extension, {s::in_progress}, {}, workers, {f::days, f::reason, f::text}, {k::extension}, {}},
    action_rule{a::approve_extension, {s::in_progress}, {}, reviewers, {}, {}, {k::extension}},
    action_rule{a::reject_extension, {s::in_progress}, {}, reviewers, {f::reason}, {}, {k::extension}},
    action_rule{a::park, {s::in_progress}, {s::parked}, leaders, {f::reason, f::until}, {}, {}},
    action_rule{a::unpark, {s::parked}, {s::in_progress}, unparkers, {}, {}, {}},
    action_rule{a::submit_reply, {s::in_progress}, {s::to_review}, workers, {f::text}, {}, {}},
    action_rule{a::approve_reply, {s::to_review}, {s::to_call_back}, reviewers, {}, {}, {}},
    action_rule{a::reject_reply, {s::to_review}, {s::in_progress}, reviewers, {f::reason}, {}, {}},
    action_rule{a::confirm_solved, {s::to_call_back}, {s::closed}, confirmers, {}, {}, {}},
    action_rule{a::redo, {s::to_call_back}, {s::in_progress}, callers, {f::reason}, {k::rectify}, {}},
    action_rule{a::rate,
                {s::to_call_back, s::closed},
                {s::to_call_back, s::in_progress, s::closed},
                enterprise,
                {f::grade},
                {},
                {}},
    action_rule{a::reopen, {s::closed}, {s::in_progress}, enterprise, {f::reason}, {k::rectify}, {}},
    action_rule{a::close_disputed, {s::to_call_back}, {s::closed}, explainers, {f::reason}, {}, {}},
    action_rule{a::urge, before_answer, {}, urgers, {}, {}, {}},
    action_rule{a::supervise, before_answer, {}, supervisors, {f::reason}, {k::supervision}, {}},
    action_rule{a::answer_supervision, before_answer, {}, supervised, {f::text}, {}, {k::supervision}},
    action_rule{a::end_supervision, before_answer, {}, supervisors, {f::reason}, {}, {k::supervision}},
    action_rule{a::escalate, before_answer, {}, leaders, {f::reason}, {}, {}},
    action_rule{a::escalate_dispute, {s::to_call_back}, {s::in_progress}, supervisors, {f::reason}, {k::rectify}, {}},
    action_rule{a::withdraw, before_answer, {s::closed}, enterprise, {}, {}, {}},
    action_rule{a::archive, {s::closed}, {s::archived}, archivers, {}, {}, {}},
    action_rule{a::raise_alarm, all_but_end, {}, timers, {f::clock}, {}, {}},
    action_rule{a::recalculate, all_but_end, {}, timers, {}, {}, {}},
};

constexpr std::array<std::string_view, 10> field_ids{"reason", "text",  "basis", "to",     "staff",
                                                     "days",   "until", "grade", "ground", "clock"};

}  // namespace

std::span<const state_rule> state_rules() { return states; }
std::span<const clock_rule> clock_rules() { return clocks; }
std::span<const action_rule> action_rules() { return actions; }

std::string_view id_of_field(field which) { return field_ids[static_cast<std::size_t>(which)]; }

}  // namespace zhuqi::dialogs::casework
