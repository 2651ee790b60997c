#pragma once
// What the tests of casework share: a city's calendar and its clock in words, the people around a case, and a case
// that is acted on while every event is kept.

#include "dialogs/casework/case_state.hpp"
#include "dialogs/casework/clocks.hpp"
#include "dialogs/casework/working_calendar.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::casework::testing {

/// The usual week of region 370600 with the shipped notices.
const working_calendar& city_calendar();
const case_rules& city_rules();
desk_book city_book();
/// "2026-03-02 09:00" at UTC+8.
unix_ms at(std::string_view local);
std::string shown(unix_ms at);

inline const unit intake{"service_centre", "370600"};
inline const unit industry{"industry_bureau", "370600"};
inline const unit labour{"labour_bureau", "370600"};
inline const unit other_city{"industry_bureau", "370200"};

inline const actor firm{"wang", role::enterprise, "firm-1", ""};
inline const actor desk{"desk", role::agent, "service_centre", "370600"};
inline const actor dispatcher{"disp", role::dispatcher, "service_centre", "370600"};
inline const actor chief{"chief", role::reviewer, "service_centre", "370600"};
inline const actor supervisor{"sup", role::supervisor, "office", "370600"};
inline const actor caller{"caller", role::call_back_officer, "service_centre", "370600"};
inline const actor machine{"", role::system, "", ""};
actor of(const unit& u, role as, std::string id);
inline actor liaison(const unit& u) { return of(u, role::liaison, "liaison-" + u.region); }
inline actor handler(const unit& u) { return of(u, role::handler, "handler-" + u.region); }
inline actor leader(const unit& u) { return of(u, role::reviewer, "leader-" + u.region); }

opening a_case();
act_fields saying(std::string text);
act_fields because(std::string reason);
act_fields giving(const unit& to);

/// A case under test. An act that is refused fails the test.
class life {
 public:
  explicit life(std::string_view opened = "2026-03-02 09:00", const opening& what = a_case());
  void does(action what, const actor& by, std::string_view when, const act_fields& fields = {});
  refusal_rule refused(action what, const actor& by, std::string_view when, const act_fields& fields = {}) const;
  /// From filing to the signature of the industry bureau, each at the same time.
  void until_signed(std::string_view when, const act_fields& acceptance = {});
  /// … to the approved answer.
  void until_answered(std::string_view when);
  std::string due(clock_kind kind) const;
  clock_status status(clock_kind kind) const;

  case_file now;
  std::vector<case_event> events;
};

}  // namespace zhuqi::dialogs::casework::testing
