#pragma once
// Reads back what json_writer wrote: JSON without white space, in one pass and without a tree. It accepts nothing else, so it
// must never meet bytes from outside; those go through base/json.hpp.

#include <charconv>
#include <map>
#include <string>
#include <string_view>

namespace zhuqi::dialogs {

/// Every call gives false at the first byte that does not fit, and the reading is over then.
class json_cursor {
 public:
  explicit json_cursor(std::string_view bytes) : at_{bytes.data()}, end_{bytes.data() + bytes.size()} {}

  /// Calls `member(key)` for each member; it reads the value and gives false for a key it does not know.
  template <class F>
  bool object(F member) {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      std::string key;
      if (!text(key) || !take(':') || !member(std::string_view{key})) return false;
    } while (take(','));
    return take('}');
  }

  /// Calls `element()` for each element; it reads the value.
  template <class F>
  bool array(F element) {
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!element()) return false;
    } while (take(','));
    return take(']');
  }

  bool text(std::string& into);
  bool texts(std::map<std::string, std::string>& into) {
    return object([&](std::string_view key) { return text(into[std::string{key}]); });
  }
  template <class Int>
  bool integer(Int& into) {
    const auto [rest, error] = std::from_chars(at_, end_, into);
    at_ = rest;
    return error == std::errc{};
  }
  /// Not negative.
  bool count(int& into) { return integer(into) && into >= 0; }

  bool at_end() const { return at_ == end_; }

 private:
  bool take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool escape(std::string& into);

  const char* at_;
  const char* end_;
};

}  // namespace zhuqi::dialogs
