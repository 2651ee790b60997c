#pragma once
// Random lives of cases: at every step some act of some person, mostly one that the tables allow, with fields that
// mostly make sense. The same seed gives the same life.

#include "tests/unit/casework/desk.hpp"

#include <optional>
#include <random>

namespace zhuqi::dialogs::casework::testing {

struct attempt {
  action what = action::open;
  act_fields fields;
  actor by;
  unix_ms when;
};

class random_life {
 public:
  explicit random_life(std::uint32_t seed);

  int below(int n) { return std::uniform_int_distribution<int>{0, n - 1}(random_); }
  bool once_in(int n) { return below(n) == 0; }

  /// What somebody tries next on `c`.
  attempt next(const case_file& c);
  opening an_opening();

 private:
  action pick_action(const case_file& c);
  actor pick_actor(const case_file& c, action what);
  act_fields pick_fields(const case_file& c, action what, unix_ms when);
  unix_ms pick_time(const case_file& c, const std::optional<alarm_step>& ring);
  unit pick_unit();

  std::mt19937 random_;
};

}  // namespace zhuqi::dialogs::casework::testing
