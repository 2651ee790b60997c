#pragma once
// `zhuqi script replay`: what the conversations of the last days would have come to on a draft.

#include "bot/app/config.hpp"
#include "bot/app/data_commands.hpp"

#include <string>

namespace zhuqi::app {

struct script_replay_options {
  std::string draft;
  std::string since;  ///< RFC 3339; "" = 24 hours ago
  output_form form = output_form::text;
};

extern const char* const script_replay_help;

/// Reads the log beside a running server; writes nothing. 0, 1 where the draft has errors, 2 where something cannot
/// be read.
int replay_scripts(const config& settings, const script_replay_options& options);

}  // namespace zhuqi::app
