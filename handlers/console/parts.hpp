#pragma once
// Small parts that several routes answer with.

#include "handlers/console/call.hpp"
#include "handlers/console/endpoint.hpp"
#include "handlers/console/office.hpp"

#include <optional>

namespace zhuqi::console {

/// Rows of one page: the parameter "limit", 50 where absent; nothing for 0 and for more than limits::page_rows.
std::optional<std::size_t> page_limit(const call& c);

/// The parameters of case_question_of().
std::vector<field> case_filters();
/// The filters that lists of cases share: state, q, matter, department, from, to, figure, part, as_of. Nothing for a figure that is none.
std::optional<storage::case_question> case_question_of(office& o, const call& c, staff::permission p);
/// Where a page of a list ended, as clients send it back: "key.id".
struct page_cursor {
  std::int64_t key = 0;
  std::int64_t id = 0;
};
/// Nothing for what is none.
std::optional<page_cursor> cursor_in(const std::string& text);
json cursor_json(const page_cursor& next);
/// null where that was all.
json case_cursor_json(const storage::case_cursor& next);

json note_json(office& o, const storage::note& n);
/// Whether somebody who sees the thread sees this note of it: a whisper is not for all.
bool sees(office& o, const staff::person& who, const storage::note& n, const staff::target& thread);
/// Why the caller may not record a call-back (回访) of the thread that the path names, for them to read; nothing where they may,
/// as far as the thread goes.
std::optional<std::string_view> why_no_revisit(office& o, const call& c);
/// {"id", "name"}; null for nobody.
json person_json(office& o, staff_id id);

}  // namespace zhuqi::console
