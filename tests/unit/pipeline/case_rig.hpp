#pragma once
// A city with its officials around a case desk, over the in-memory stores and a clock that is moved by hand.

#include "bot/base/clock.hpp"
#include "bot/pipeline/case_clockwork.hpp"
#include "bot/pipeline/case_desk.hpp"
#include "bot/pipeline/case_words.hpp"
#include "storage/memory/case_store.hpp"
#include "storage/memory/staff_store.hpp"
#include "storage/memory/store.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace zhuqi::pipeline_tests {

namespace cw = dialogs::casework;

/// "2026-03-02 09:00" at UTC+8.
unix_ms local(std::string_view time);
std::shared_ptr<const cw::working_calendar> city_calendar();

cw::act_fields saying(std::string text);
cw::act_fields because(std::string reason);

class case_rig {
 public:
  case_rig();

  // Departments: 1 centre, 2 industry, 3 labour in the city 370600; 4 industry in 370200. Staff by number:
  static constexpr std::int64_t centre = 1, industry = 2, labour = 3, elsewhere = 4;
  static constexpr std::int64_t agent = 1, dispatcher = 2, supervisor = 3, caller = 4, liaison = 5, handler = 6,
                                approver = 7, handler_b = 8, far_liaison = 9, far_handler = 10, far_approver = 11,
                                far_dispatcher = 12;

  staff::person who(std::int64_t id);
  cw::act_fields giving(std::int64_t department, std::string why = "属其职责");

  pipeline::case_outcome open(pipeline::case_opening what);
  pipeline::case_opening a_case(conversation_id conversation = {});
  /// On the version that stands; an act that is refused fails the test.
  storage::case_row does(std::int64_t staff, case_id id, cw::action what, const cw::act_fields& fields = {});
  pipeline::case_outcome tries(std::int64_t staff, case_id id, cw::action what, const cw::act_fields& fields = {});
  /// An act of the enterprise, as a service of the dialog would write it.
  storage::case_row enterprise_does(case_id id, cw::action what, const cw::act_fields& fields = {});
  cw::case_file file(case_id id);
  storage::case_row row(case_id id) { return cases->load(id).value(); }
  /// Polls the clockwork until nothing is left to do at this time.
  void tick();
  void settle();
  storage::case_act_key key();
  void post(std::function<void()> f) { posted.push_back(std::move(f)); }

  std::deque<std::function<void()>> posted;
  manual_clock time{local("2026-03-02 09:00")};
  std::unique_ptr<storage::store> turns;
  std::unique_ptr<storage::staff_store> people;
  std::unique_ptr<storage::case_store> cases;
  std::unique_ptr<pipeline::case_book> book;
  std::unique_ptr<pipeline::case_desk> desk;
  std::unique_ptr<pipeline::case_clockwork> clockwork;
  struct told {
    cw::alarm_step step;
    std::vector<staff_id> whom;
  };
  std::vector<told> alarms;
  std::vector<storage::case_row> changed;

 private:
  std::uint8_t keys_ = 0;
  std::uint8_t more_keys_ = 0;
};

}  // namespace zhuqi::pipeline_tests
