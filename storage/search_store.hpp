#pragma once
// The storage port of full-text search over what people said in conversations, of all time. The index is a copy that can be made anew
// from the events at any moment: it follows them a little behind, and no turn waits for it.

#include "bot/base/result.hpp"
#include "bot/base/search_words.hpp"
#include "storage/staff_store.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace zhuqi::storage {

struct search_query {
  std::vector<text::search_group> groups;  ///< all must stand in one message; none finds nothing
  row_scope scope;
  region_id home;   ///< where conversations belong that never were with a person
  event_id before;  ///< 0 = from the newest
  std::size_t limit = 50;
};

struct search_hit {
  conversation in;  ///< without a snapshot
  stored_event said;
};

struct search_page {
  std::vector<search_hit> hits;  ///< newest first; perhaps fewer than asked for, where much lay outside the scope
  std::optional<event_id> next;  ///< nothing: that was all
};

enum class caught_up : std::uint8_t { partly, wholly };

class search_store {
 public:
  virtual ~search_store() = default;

  // Blocking, tens of milliseconds, callable from any thread.

  virtual result<search_page> find(const search_query& query) = 0;

  /// Takes up what was said since, for about as long as given.
  virtual result<caught_up> catch_up(std::chrono::milliseconds at_most) = 0;
};

}  // namespace zhuqi::storage
