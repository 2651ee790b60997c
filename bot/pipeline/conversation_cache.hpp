#pragma once
// The newest known state of recently active conversations, parsed. It only saves reads: a stale entry meets the store's version
// check, is dropped, and the turn runs again.

#include "dialogs/state.hpp"
#include "storage/rows.hpp"

#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace zhuqi::pipeline {

/// A conversation with its snapshot parsed; `row.snapshot` is empty.
struct cached_conversation {
  storage::conversation row;
  dialogs::snapshot state;
};

/// Least recently used goes first. Loop thread only.
class conversation_cache {
 public:
  /// 16,384 conversations of ~2 KB are 32 MB: an eighth of the process's memory budget.
  static constexpr std::size_t default_capacity = 16'384;

  explicit conversation_cache(std::size_t capacity = default_capacity) : capacity_{capacity} {}

  /// Takes the entry out: a turn owns the state while it runs and puts the new one back.
  std::optional<cached_conversation> take(std::string_view channel, std::string_view user);
  void put(cached_conversation c);
  std::size_t size() const { return by_user_.size(); }

 private:
  using order = std::list<cached_conversation>;
  std::size_t capacity_;
  order newest_first_;
  std::unordered_map<std::string, order::iterator> by_user_;
};

}  // namespace zhuqi::pipeline
