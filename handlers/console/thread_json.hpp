#pragma once
// Conversations and their events as the console sees them.

#include "bot/base/json.hpp"
#include "handlers/console/office.hpp"

#include <string_view>

namespace zhuqi::console {

json thread_json(office& o, const storage::conversation& c);
/// Kinds that are not a person's business come as "internal" with an empty body: their seq counts.
json event_json(office& o, const storage::stored_event& e);
json events_json(office& o, const std::vector<storage::stored_event>& events);
std::string_view name_of(storage::owner_kind owner);

}  // namespace zhuqi::console
