#pragma once
// The engine's own words: sentences that belong to no dialog, and the commands that work at every question.

#include "dialogs/text_template.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::dialogs {

/// Sentences that belong to no dialog. Names in the file are the enumerators' (system_text_name).
enum class system_text : std::uint8_t {
  greeting,
  welcome_back,
  restarted,
  resumed,
  help,
  no_why,
  media,
  empty,
  retry_choice,
  retry_yes_no,
  retry_text,
  ambiguous,
  too_short,
  too_long,
  phone_invalid,
  uscc_length,
  uscc_character,
  uscc_check,
  uscc_old_number,
  offered,
  hint_choice,
  yes,
  no,
  summary_line,
  human,
  fault,
  withdrawn,
  remind,
  expired,
  language_set,
  lost,
  note_asked,
  note_failed,
  note_fault,
  out_of_range,
  exact_wanted,
  two_values,
  wrong_unit,
  not_whole,
  no_such_date,
  too_early,
  too_late,
  id_number_invalid,
  unknown_noted,
  remembered,
  cancelled,
  working,
  nothing_saved,
  file_wanted,
  file_kind,
  file_size,
  file_count,
  file_received,
  updated,
  opens_at,
  taken,
  released,
  handed_back,
  finished,
  queue_next,
  queue_place,
  grade_very_good,  ///< the five grades stay together, best first
  grade_good,
  grade_fair,
  grade_bad,
  grade_very_bad,
  graded,
  graded_bad,
  note_graded,
  count_,
};

/// What a word of the user means at any question.
enum class interrupt : std::uint8_t {
  human,
  back,
  restart,
  language,
  help,
  why,
  keep,
  withdraw,
  cancel,
  resume,
  change,
  speak_zh_cn,
  speak_en,
  speak_ja,
  speak_ko,
  count_,
};

std::string_view system_text_name(system_text t);
/// The placeholders that the engine fills in this text, space-separated.
std::string_view system_text_placeholders(system_text t);
std::string_view interrupt_name(interrupt i);

struct system_script {
  std::array<localized, static_cast<std::size_t>(system_text::count_)> texts;
  std::array<std::vector<std::string>, static_cast<std::size_t>(interrupt::count_)> words;
  std::string queue;                                    ///< where 人工 goes if the dialog does not say
  std::vector<std::pair<std::string, interrupt>> keys;  ///< linked: words, folded, sorted
  std::vector<std::string> human_keys;                  ///< linked: words that ask for a human inside a sentence
  std::vector<std::string> change_keys;                 ///< linked: words before or after the label of an answer
  std::string file;
  source_mark where;
};

}  // namespace zhuqi::dialogs
