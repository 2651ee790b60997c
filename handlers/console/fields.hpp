#pragma once
// Requests against the route's table: every member is known, of its type and within its bounds, or nothing runs. Type confusion,
// mass assignment and absurd numbers end here.

#include "bot/base/ids.hpp"
#include "bot/base/json.hpp"
#include "handlers/console/endpoint.hpp"
#include "storage/rows.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zhuqi::console {

/// nullopt = good (texts are then cleaned: no controls, no surrounding blanks); else the name of the first bad member.
std::optional<std::string> misfit(json& object, const std::vector<field>& fields, unix_ms now);
/// Parameters of a query as an object of strings; numbers and ids are checked, too. Unknown or repeated ones are misfits.
std::optional<std::string> read_query(std::string_view query, const std::vector<field>& fields, json& into);

/// The dedupe key of an act: its id, with the time that the id carries. `id` was checked.
storage::inbox_key key_of(std::string_view id);

}  // namespace zhuqi::console
