#pragma once
// The stored forms of a case and of its events: canonical JSON (members sorted, empty ones left out), so that equal
// values give equal bytes and an audit chain can hash them.

#include "bot/base/result.hpp"
#include "dialogs/casework/case_file.hpp"

#include <string>
#include <string_view>

namespace zhuqi::dialogs::casework {

/// Of one stored case or event: every text of an act at its limit, every byte of it escaped, still fits.
inline constexpr std::size_t case_bytes = 2 * 1024 * 1024;

std::string serialize(const case_file& c);
std::string serialize(const case_event& e);

/// errc::malformed for anything that serialize() would not have written: unknown or missing members, wrong types,
/// unknown names.
result<case_file> case_from_json(std::string_view bytes);
result<case_event> event_from_json(std::string_view bytes);

}  // namespace zhuqi::dialogs::casework
