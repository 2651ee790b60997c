#pragma once
// Who answers the services that dialogs ask for. An answer comes at once, in the turn that asked: what it writes is part of
// the turn's own transaction, and the answer itself goes to the log, so that a replay asks nobody.

#include "dialogs/effect.hpp"
#include "dialogs/state.hpp"
#include "storage/rows.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zhuqi::pipeline {

/// The conversation that asks, as it stands in the step that asked.
struct service_asker {
  conversation_id conversation;  ///< 0 in its very first turn
  const dialogs::snapshot& state;
  unix_ms now;
  std::span<const storage::case_write> pending;  ///< what the turn is going to write already
};

struct service_answer {
  std::string error;                          ///< "" = it worked; else "refused", "unavailable"
  std::map<std::string, std::string> fields;  ///< canonical values by the names of the service's `returns`
  std::vector<storage::case_write> cases;
  std::vector<storage::enterprise_record> records;
};

class service_desk {
 public:
  virtual ~service_desk() = default;
  /// nullopt: nobody here provides the service. Must not write anything itself: a turn may be tried several times.
  virtual std::optional<service_answer> answer(const dialogs::effect::call& call, const service_asker& who) = 0;
  /// The turn that wrote to these cases (by their numbers) is durable.
  virtual void committed(const std::vector<std::string>& case_numbers) = 0;
};

}  // namespace zhuqi::pipeline
