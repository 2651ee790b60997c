#pragma once
// How a case stands, in a sentence for the enterprise and in its language: who has it, by when it is answered, what it
// waits for. Nothing here names an official. Pure.

#include "dialogs/casework/case_state.hpp"
#include "dialogs/lang.hpp"

#include <string>
#include <string_view>

namespace zhuqi::pipeline {

/// 「您的诉求「厂房漏水」正在由市工信局办理，预计 11月25日（周二）前答复。」 `title` "" leaves it out: for somebody whose case it
/// is not known to be. `unit` is the leading department's name, "" = not to be said.
std::string progress_sentence(const dialogs::casework::case_file& c, std::string_view title, std::string_view unit,
                              dialogs::lang l, unix_ms now, const dialogs::casework::working_calendar& calendar);

/// What an enterprise is told whose case an official took down.
std::string opened_sentence(std::string_view number, dialogs::lang l);

/// 「ZQ… 厂房漏水：办理中」, for a list.
std::string progress_line(const dialogs::casework::case_file& c, std::string_view title, dialogs::lang l);

/// 「11月25日（周二）」, "Tue 25 Nov", 「11月25日（火）」, "11월 25일(화)".
std::string day_in_words(unix_ms at, dialogs::lang l, const dialogs::casework::working_calendar& calendar);

}  // namespace zhuqi::pipeline
