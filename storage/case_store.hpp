#pragma once
// The storage port of cases. One write is one act with everything that follows from it, in one transaction with the
// check that nobody was faster. A dialog's own acts come the same way inside their turn (turn_commit::cases).

#include "bot/base/result.hpp"
#include "storage/case_rows.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zhuqi::storage {

struct case_applied {
  case_id id;
  std::int64_t seq = 0;   ///< after the write
  bool repeated = false;  ///< the key was known: nothing was written, this is what it led to then
  bool operator==(const case_applied&) const = default;
};

/// Whether a case lies in a scope.
enum class visibility : std::uint8_t { outside, inside };

using case_setting = std::variant<competence_row, duty_row, liaison_row>;

class case_store {
 public:
  virtual ~case_store() = default;

  /// errc::conflict where the case moved on, its number is taken, or the official has no room; errc::not_found for an
  /// unknown case; errc::malformed where the key stands for another act; errc::unavailable where the disk refuses.
  virtual void apply(case_write write, std::function<void(result<case_applied>)> done) = 0;
  /// The words stand in the conversation, durably: they are not said again.
  virtual void word_said(std::string uuid, unix_ms at, std::function<void(result<void>)> done) = 0;
  virtual void put(std::vector<case_setting> settings, std::function<void(result<void>)> done) = 0;
  /// Forgets keys of acts before `before`, a bounded number at a time; gives how many went.
  virtual void prune_keys(unix_ms before, std::function<void(result<std::size_t>)> done) = 0;

  // Reads see what is committed. Blocking; callable from the loop thread: microseconds to a few milliseconds. figures()
  // and list() with bodies may take a second over years of cases: they are for another thread, and hold up no other read.
  virtual result<case_row> load(case_id id) = 0;               ///< errc::not_found
  virtual result<case_row> find(std::string_view number) = 0;  ///< errc::not_found
  virtual result<std::vector<case_event_row>> events(case_id id, std::int64_t after, std::size_t limit) = 0;
  virtual result<std::vector<case_row>> of_conversation(conversation_id id, std::size_t limit) = 0;  ///< newest first
  /// What an act's key led to; errc::malformed where it stands for another act.
  virtual result<std::optional<case_applied>> known(const case_act_key& key) = 0;
  /// Whether the case lies in the scope, by the same predicate as list().
  virtual result<visibility> covered(case_id id, const row_scope& scope) = 0;
  virtual result<case_page> list(const case_question& q, case_cursor after, std::size_t limit) = 0;
  /// `q.view` is ignored: each is counted.
  virtual result<case_counts> counts(const case_question& q) = 0;
  virtual result<case_figures> figures(const figures_question& q) = 0;
  /// Cases with alarm <= now, by alarm, after the cursor (key = alarm).
  virtual result<std::vector<case_row>> due_alarms(unix_ms now, case_cursor after, std::size_t limit) = 0;
  /// Open cases whose clocks another calendar counted, by id, after `after`.
  virtual result<std::vector<case_row>> counted_otherwise(std::string_view calendar, case_id after,
                                                          std::size_t limit) = 0;
  /// What still has to be said, oldest first.
  virtual result<std::vector<case_word>> unsaid_words(std::size_t limit) = 0;
  /// The greatest number that begins so, "" where there is none.
  virtual result<std::string> last_number(std::string_view beginning) = 0;
  virtual result<std::vector<load_row>> loads() = 0;  ///< open cases by handler, by staff id
  virtual result<std::vector<competence_row>> competences() = 0;
  virtual result<std::vector<duty_row>> duties() = 0;                    ///< by staff id
  virtual result<staff_id> liaison_of(std::string_view enterprise) = 0;  ///< 0 = none
};

}  // namespace zhuqi::storage
