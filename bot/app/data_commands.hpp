#pragma once
// Commands on a data folder: backup, restore, verify.

#include "bot/app/config.hpp"

#include <cstdint>
#include <string>

namespace zhuqi::app {

enum class output_form : std::uint8_t { text, json };

/// Each prints what it did or found and gives the exit code of commands.hpp.
int backup_database(const config& settings, const std::string& file);
int restore_database(const config& settings, const std::string& file);
int verify_database(const config& settings, output_form form);

}  // namespace zhuqi::app
