#pragma once
// Officials at work on cases: opens, acts and lists, each checked by casework and written with one compare-and-set. What
// is behind a version is refused with what stands now, so that a console can keep the draft and show who was faster.

#include "bot/pipeline/case_book.hpp"
#include "bot/pipeline/case_forms.hpp"

#include <functional>

namespace zhuqi::pipeline {

struct case_opening {
  storage::case_act_key key;
  staff::person who;
  std::string enterprise;  ///< credit code; "" = the conversation stands for it
  std::string company;
  std::string contact;
  region_id region;  ///< 0 = the official's own
  std::string matter;
  std::string title;
  std::string summary;
  dialogs::lang language = dialogs::lang::zh_cn;
  dialogs::casework::track on =
      dialogs::casework::track::ordinary;  ///< urgent: at once by those who may, else as a wish
  conversation_id conversation;            ///< 0 = none
};

struct case_act {
  storage::case_act_key key;
  staff::person who;
  case_id id;
  std::int64_t version = 0;  ///< the seq on the official's screen
  dialogs::casework::action what = dialogs::casework::action::inform;
  dialogs::casework::act_fields fields;
};

enum class case_status : std::uint8_t {
  done,         ///< durable; the same again for an act that was seen before
  stale,        ///< somebody was faster: `now` says how it stands, `now.last_actor` who it was
  refused,      ///< casework says no: `why`
  unknown,      ///< no such case
  mismatch,     ///< the key stands for another act
  unavailable,  ///< could not be made durable: try again
};

struct case_outcome {
  case_status status = case_status::unavailable;
  storage::case_row now;
  std::optional<dialogs::casework::refusal> why;
};
using case_fn = std::function<void(case_outcome)>;

/// Everything about one case, for its page.
struct case_story {
  storage::case_row row;
  dialogs::casework::case_file file;
  std::vector<dialogs::casework::case_event> events;
};

/// Loop thread only. `done` runs exactly once.
class case_desk {
 public:
  case_desk(case_book& book, const clock& time) : book_{book}, time_{time} {}

  /// Told after each commit, whoever caused it.
  void on_change(std::function<void(const storage::case_row&)> changed) { changed_ = std::move(changed); }

  void open(case_opening what, case_fn done);
  void act(case_act what, case_fn done);

  /// Whether the official may see the case. Acts on one that they may not see are answered as on one that does not exist.
  bool sees(const staff::person& who, case_id id) const;

  /// errc::not_found; errc::malformed for rows that do not add up.
  result<case_story> story(case_id id);
  std::vector<act_offer> offers(const dialogs::casework::case_file& c, const staff::person& who, dialogs::lang l);

  /// Writes and tells; gives the row as it stands afterwards. For the system's own acts.
  void commit(storage::case_write write, std::function<void(result<storage::case_row>)> done);
  /// A turn wrote to the cases of these numbers: tells whoever watches.
  void written(const std::vector<std::string>& numbers);

  case_book& book() { return book_; }
  std::size_t under_way() const { return under_way_; }

 private:
  void open_again(std::shared_ptr<case_opening> what, int tries, case_fn done);
  void act_again(std::shared_ptr<case_act> what, int tries, case_fn done);
  /// What casework cannot know: whether the unit is one of ours, and the official somebody of the department.
  std::optional<dialogs::casework::refusal> names_nobody(const dialogs::casework::case_file& c,
                                                         const dialogs::casework::act_fields& fields);
  prepared prepare(const storage::case_row& row, const dialogs::casework::case_file& c, const case_act& what);
  /// Answers for an act that was seen before; false where it is new.
  bool answered_before(const storage::case_act_key& key, const case_fn& done);
  void tell(const storage::case_row& row) const {
    if (changed_) changed_(row);
  }

  case_book& book_;
  const clock& time_;
  std::function<void(const storage::case_row&)> changed_;
  std::size_t under_way_ = 0;
};

}  // namespace zhuqi::pipeline
