#pragma once
// The one door to RE2: patterns whose matching time is linear in the text and whose memory is bounded.

#include <memory>
#include <string>
#include <string_view>

namespace zhuqi::dialogs::cel {

class regex {
 public:
  /// nullptr for a pattern that does not compile, or is over limits::pattern_bytes or limits::pattern_memory.
  static std::shared_ptr<const regex> compile(std::string_view pattern);

  /// What RE2 says against a pattern; empty for one that compiles.
  static std::string error_of(std::string_view pattern);

  /// Whether the pattern occurs anywhere in the text.
  bool occurs_in(std::string_view text) const;
  /// Whether the pattern is the whole text.
  bool covers(std::string_view text) const;

  regex(const regex&) = delete;
  regex& operator=(const regex&) = delete;
  ~regex();

 private:
  struct engine;
  explicit regex(std::unique_ptr<engine> e);
  std::unique_ptr<engine> engine_;
};

}  // namespace zhuqi::dialogs::cel
