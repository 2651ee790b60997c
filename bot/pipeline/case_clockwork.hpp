#pragma once
// What happens to cases because time passes: alarms up the ladder, drafts that nobody filed, suspensions that nobody
// answered, closed cases that nobody reopened; and the recount of open clocks when a calendar was published. Each poll
// does a bounded share; what is missed by a stop is done after the start.

#include "bot/pipeline/case_desk.hpp"
#include "dialogs/casework/clocks.hpp"

namespace zhuqi::pipeline {

/// Loop thread only.
class case_clockwork {
 public:
  /// A step of the ladder was raised, durably: the case, the step, and who is to be told.
  using alarmed_fn = std::function<void(const storage::case_row&, const dialogs::casework::alarm_step&,
                                        const std::vector<staff_id>& whom)>;

  case_clockwork(case_desk& desk, const clock& time, alarmed_fn alarmed)
      : desk_{desk}, time_{time}, alarmed_{std::move(alarmed)} {}

  /// To be called every second or so; does nothing while the last share is being written.
  void poll();
  /// The calendar of the book was replaced: open cases are counted again, over the next polls. Also once after a start.
  void recount();
  bool idle() const { return running_ == 0; }
  bool recounting() const { return recounting_; }

 private:
  static constexpr std::size_t share = 32;      ///< cases looked at in one poll
  static constexpr int steps_at_once = 8;       ///< of one case: after a long stop several are due
  static constexpr std::size_t told_most = 50;  ///< people of one rung

  void look(const storage::case_row& row);
  void count_again(const storage::case_row& row);
  void write(const storage::case_row& row, const dialogs::casework::case_file& before, dialogs::casework::changes next,
             std::vector<dialogs::casework::alarm_step> raised);
  std::vector<staff_id> whom_to_tell(const dialogs::casework::case_file& c,
                                     const dialogs::casework::alarm_step& step) const;
  void people_of(const dialogs::casework::unit& place, storage::staff_role role, std::vector<staff_id>& into) const;

  case_desk& desk_;
  const clock& time_;
  alarmed_fn alarmed_;
  storage::case_cursor at_;
  case_id counted_;
  bool recounting_ = true;
  std::size_t running_ = 0;
};

}  // namespace zhuqi::pipeline
