#pragma once
// The stored form of a script_source: canonical JSON (sorted keys, no spaces), the bytes that the version is the hash of.

#include "bot/base/result.hpp"

#include <string>
#include <string_view>

namespace zhuqi::dialogs {

struct script_source;

/// Everything that has meaning; files, lines and linked members are left out. Dialogs are expected in order of id.
std::string canonical_json(const script_source& source);

/// Reads back what canonical_json wrote, whichever release wrote it. errc::malformed for anything else.
result<script_source> script_from_json(std::string_view canonical);

}  // namespace zhuqi::dialogs
