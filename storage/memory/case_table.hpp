#pragma once
// The cases of the in-memory stores: one table that turns and the case port write, as the SQLite stores share a file.

#include "storage/case_store.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace zhuqi::storage {

class case_table {
 public:
  struct stored {
    case_row row;
    std::vector<case_event_row> events;
    std::set<case_party> parties;
    std::vector<case_wait> waits;
  };
  struct word {
    case_word row;
    unix_ms said;
  };
  struct key {
    case_act_key row;
    case_applied led_to;
    unix_ms at;
  };

  result<std::optional<case_applied>> repeated(const case_act_key& asked) const;
  std::optional<errc> refusal(const case_write& w) const;
  case_applied write(const case_write& w, conversation_id own);

  std::map<case_id, stored> cases;
  std::vector<word> words;
  std::vector<key> keys;
  std::vector<enterprise_record> records;
  std::map<std::pair<std::string, std::string>, competence_row> competences;
  std::map<staff_id, duty_row> duties;
  std::map<std::string, staff_id, std::less<>> liaisons;
};

/// The in-memory store of turns: for the ports that share its tables.
class has_cases {
 public:
  virtual ~has_cases() = default;
  virtual std::shared_ptr<case_table> cases() = 0;
};

}  // namespace zhuqi::storage
