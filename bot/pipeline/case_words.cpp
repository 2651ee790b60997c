#include "bot/pipeline/case_words.hpp"

#include "bot/runtime/log.hpp"

namespace zhuqi::pipeline {

void case_words::poll() {
  if (polling_) return;
  const auto waiting = cases_.unsaid_words(share);
  if (!waiting) return log::error("case_words.unreadable", {{"reason", waiting.error().message()}});
  polling_ = true;
  for (const auto& word : *waiting) {
    // Those behind it in the same conversation come with the next poll, after it.
    if (under_way_.insert(word.conversation).second) hand_over(word);
  }
  polling_ = false;
}

void case_words::hand_over(const storage::case_word& word) {
  say_(word, [this, word](result<void> said) {
    if (said) return mark(word);
    if (said.error() == errc::not_found) {
      log::error("case_words.given_up", {{"case", word.of.value}, {"conversation", word.conversation.value}});
      return mark(word);
    }
    log::warn("case_words.waiting", {{"case", word.of.value}, {"reason", said.error().message()}});
    under_way_.erase(word.conversation);
  });
}

void case_words::mark(const storage::case_word& word) {
  cases_.word_said(word.uuid, time_.now(), [this, word](result<void> marked) {
    under_way_.erase(word.conversation);
    if (!marked) return log::warn("case_words.unmarked", {{"case", word.of.value}});
    poll();  // what waited behind it
  });
}

}  // namespace zhuqi::pipeline
