#pragma once
// A city to try things out with: departments, officials with all roles, and where the shipped scripts' queues lead.

#include "bot/app/config.hpp"
#include "bot/app/data_commands.hpp"

namespace zhuqi::app {

/// Fills an installation that has no staff yet, with passwords made at random, and prints the logins: they are kept nowhere else.
/// An installation in use is left alone (exit code 1).
int make_demo_city(const config& settings, output_form form);

inline constexpr const char* demo_city_help =
    "Fill a new data folder with a made-up city: departments, officials, random passwords, printed once";

}  // namespace zhuqi::app
