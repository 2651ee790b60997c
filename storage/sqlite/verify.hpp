#pragma once
// Checks of a whole database that no single transaction could promise: what foreign keys would have said on the hot
// tables, and that log, states, heads and tables filled on the side tell one story. Works beside a running server, on
// one moment of it.

#include "bot/base/ids.hpp"

#include <string>
#include <vector>

namespace zhuqi::storage {

/// One thing that is wrong. `rule` is a fixed name, for machines; `what` a sentence for the operator.
struct finding {
  std::string rule;
  conversation_id conversation;  ///< 0 where it is about none
  std::string what;
  bool operator==(const finding&) const = default;
};

struct verify_report {
  std::vector<finding> findings;  ///< at most `most_findings`
  std::int64_t conversations = 0;
  std::int64_t events = 0;
  std::int64_t states = 0;
  std::int64_t keys = 0;
  std::int64_t cases = 0;
  std::string last_audit;  ///< the last link of the chain of records (audit_chain.hpp), "" without records
  bool complete = true;    ///< false: there were more findings than are listed
};

inline constexpr std::size_t most_findings = 1'000;

/// Throws std::runtime_error where there is no database of this binary's version at `path`.
verify_report verify(const std::string& path);

}  // namespace zhuqi::storage
