#pragma once
// Carries officials' words from cases into the enterprises' conversations. The words are rows of the act's transaction;
// they are handed over until the conversation has them, durably, and only then marked. Whoever takes them knows a
// message by its UUID, so that a stop at any point loses none and says none twice.

#include "bot/base/clock.hpp"
#include "storage/case_store.hpp"

#include <functional>
#include <set>
#include <string>

namespace zhuqi::pipeline {

/// Loop thread only.
class case_words {
 public:
  using said_fn = std::function<void(result<void>)>;
  /// Puts the words into the conversation; `done` after that is durable, also where it had the UUID already.
  /// errc::not_found: there is no such conversation, and the words are given up.
  using say_fn = std::function<void(const storage::case_word&, said_fn done)>;

  case_words(storage::case_store& cases, const clock& time, say_fn say)
      : cases_{cases}, time_{time}, say_{std::move(say)} {}

  /// Hands over what waits: of each conversation one at a time, in their order. To be called after a case changed and
  /// every second or so.
  void poll();
  bool idle() const { return under_way_.empty(); }

 private:
  static constexpr std::size_t share = 256;  ///< words looked at in one poll

  void hand_over(const storage::case_word& word);
  void mark(const storage::case_word& word);

  storage::case_store& cases_;
  const clock& time_;
  say_fn say_;
  std::set<conversation_id> under_way_;
  bool polling_ = false;
};

}  // namespace zhuqi::pipeline
