#pragma once
// Small parts that several routes answer with.

#include "handlers/console/call.hpp"
#include "handlers/console/office.hpp"

#include <optional>

namespace zhuqi::console {

/// Rows of one page: the parameter "limit", 50 where absent; nothing for 0 and for more than limits::page_rows.
std::optional<std::size_t> page_limit(const call& c);

json note_json(office& o, const storage::note& n);
/// {"id", "name"}; null for nobody.
json person_json(office& o, staff_id id);

}  // namespace zhuqi::console
