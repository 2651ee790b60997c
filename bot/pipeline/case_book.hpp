#pragma once
// What acts on cases are decided under, and the making of writes from them: shared by officials (case_desk), the system's
// own clockwork (case_clockwork) and the services of dialogs (case_services). Nothing here writes.

#include "bot/base/clock.hpp"
#include "bot/pipeline/case_columns.hpp"
#include "dialogs/casework/case_rules.hpp"
#include "dialogs/casework/routing.hpp"
#include "storage/case_store.hpp"
#include "storage/staff_store.hpp"

#include <boost/system/result.hpp>

#include <map>
#include <memory>

namespace zhuqi::pipeline {

/// A write, or why casework refuses the act. Where the store cannot be read, `unavailable`.
struct prepared {
  std::optional<storage::case_write> write;
  std::optional<dialogs::casework::refusal> why;
};

/// Loop thread only.
class case_book {
 public:
  case_book(storage::case_store& cases, storage::staff_store& people, dialogs::casework::case_rules rules,
            std::shared_ptr<const dialogs::casework::working_calendar> calendar);

  /// Reads the organisation anew; to be called whenever it changed. False where it could not be read.
  result<void> reload_offices();
  void use(std::shared_ptr<const dialogs::casework::working_calendar> calendar) { calendar_ = std::move(calendar); }

  const offices& where() const { return where_; }
  const dialogs::casework::working_calendar& calendar() const { return *calendar_; }
  dialogs::casework::desk_book rules() const { return {rules_, *calendar_}; }
  storage::case_store& cases() const { return cases_; }
  storage::staff_store& people() const { return people_; }

  /// Opens a case and files it; on the urgent track where somebody who may decide that is given. `what.number` is filled
  /// in here. The write is for a new case.
  prepared open(dialogs::casework::opening what, const case_about& about, const dialogs::casework::actor& by,
                unix_ms now, const std::optional<dialogs::casework::actor>& expediting = std::nullopt);
  /// An act on the case as it stands; with it goes whatever follows at once: where a department got the case and nobody
  /// has it yet, the official who has room.
  prepared act(const storage::case_row& now_stands, const dialogs::casework::case_file& c,
               dialogs::casework::action what, const dialogs::casework::act_fields& fields,
               const dialogs::casework::actor& by, unix_ms now);
  /// The same for something that is done already in casework.
  storage::case_write write_of(const storage::case_row& head, const dialogs::casework::case_file& before,
                               const dialogs::casework::changes& next) const;

  /// Which unit is competent for a matter that was raised in a region, and the desk that takes it in first.
  dialogs::casework::unit competent_for(const std::string& matter, const std::string& region);
  dialogs::casework::unit intake_of(region_id region);

  /// A write that gives somebody a case is under way; the count is for choosing well, the store's check decides.
  void giving(const std::optional<storage::case_room>& room, int by);
  /// The number was taken by somebody else: read the greatest one again.
  void forget_number(std::string_view number);

 private:
  std::string next_number(const std::string& region, unix_ms now);
  void give_to_somebody(const storage::case_row& head, dialogs::casework::changes& next,
                        std::optional<storage::case_room>& room, unix_ms now);
  std::vector<dialogs::casework::official> officials_of(department_id department);

  storage::case_store& cases_;
  storage::staff_store& people_;
  dialogs::casework::case_rules rules_;
  std::shared_ptr<const dialogs::casework::working_calendar> calendar_;
  offices where_;
  std::map<std::string, std::int64_t, std::less<>> serials_;  ///< beginning of the number → last serial given out
  std::map<staff_id, int> under_way_;
};

/// What an official without a row of his own takes.
inline constexpr int usual_capacity = 20;

}  // namespace zhuqi::pipeline
