#pragma once
// From a case as casework knows it to the rows of the store: the columns that lists ask for, who may see it, whom it
// waits for, and what has to be said to the enterprise. Pure: the same events give the same rows.

#include "bot/pipeline/offices.hpp"
#include "dialogs/casework/case_state.hpp"
#include "storage/case_rows.hpp"

namespace zhuqi::pipeline {

/// What a case is opened with besides its opening event. None of it changes later. Cut at about_bytes each.
inline constexpr std::size_t about_bytes = 400;
struct case_about {
  std::string title;
  std::string company;
  std::string contact;
  std::string source;  ///< "staff", "dialog"
  conversation_id conversation;
};

/// The head of a case that is about to be opened.
storage::case_row new_head(const dialogs::casework::opening& what, const case_about& about, const offices& where);

/// The write that takes the case from `head` (its file: `before`; a fresh one for a new case) to `next`.
storage::case_write as_write(const storage::case_row& head, const dialogs::casework::case_file& before,
                             const dialogs::casework::changes& next, const offices& where,
                             const dialogs::casework::working_calendar& calendar);

/// "blue", "yellow", "orange" or "red" as of now, "" before half of the time is gone or where nobody is waited for.
std::string_view colour_of(const storage::case_row& row, unix_ms now);

/// The message of an event's words in the conversation: the same event gives the same UUID.
std::string uuid_of(std::string_view case_number, std::int64_t seq);

}  // namespace zhuqi::pipeline
