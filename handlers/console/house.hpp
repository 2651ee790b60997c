#pragma once
// What nobody has to ask for at the desk: transfers that nobody accepted go back to the queue, and so do the conversations of an
// official who may not talk any more (disabled, or without the role). Loop thread only.

#include "handlers/console/office.hpp"

#include <set>
#include <string>
#include <string_view>

namespace zhuqi::console {

/// Of an act without a client: the same act again is the same key.
storage::inbox_key house_key(const std::string& id, unix_ms at);

class house {
 public:
  /// `o` outlives it.
  explicit house(office& o) : office_{o} {}

  /// Somebody's account or roles changed: if they may not talk any more, what they have goes back, a page at a time.
  void look_at(staff_id who);
  /// After a start: whoever went while the server was down, or whose conversations were not all back when it stopped.
  void look_at_everybody();

  /// About every second.
  void tick();

  /// People whose conversations are still going back.
  std::size_t leaving() const { return leaving_.size(); }

 private:
  void give_back(staff_id who);
  void release(const storage::conversation& c, std::string_view why, std::function<void()> done);

  office& office_;
  std::set<staff_id> leaving_;
};

}  // namespace zhuqi::console
