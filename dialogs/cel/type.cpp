#include "dialogs/cel/type.hpp"

#include "dialogs/cel/limits.hpp"

#include <array>
#include <utility>

namespace zhuqi::dialogs::cel {
namespace {

constexpr std::array<std::pair<std::string_view, type_kind>, 20> words{{
    {"dyn", type_kind::dyn},
    {"null_type", type_kind::null},
    {"bool", type_kind::boolean},
    {"int", type_kind::integer},
    {"uint", type_kind::unsigned_integer},
    {"double", type_kind::floating},
    {"string", type_kind::string},
    {"bytes", type_kind::bytes},
    {"timestamp", type_kind::timestamp},
    {"duration", type_kind::duration},
    {"list", type_kind::list},
    {"map", type_kind::map},
    {"type", type_kind::type},
    {"money", type_kind::money},
    {"percent", type_kind::percent},
    {"decimal", type_kind::decimal},
    {"date", type_kind::date},
    {"month", type_kind::month},
    {"google.protobuf.Timestamp", type_kind::timestamp},
    {"google.protobuf.Duration", type_kind::duration},
}};

class reader {
 public:
  explicit reader(std::string_view text) : text_(text) {}

  std::optional<type> whole() {
    auto found = one(0);
    skip();
    return at_ == text_.size() ? found : std::nullopt;
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::optional<type> one(std::size_t level) {
    if (level > limits::type_height) return std::nullopt;
    skip();
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::string_view{"(), "}.find(text_[at_]) == std::string_view::npos) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word.empty()) return std::nullopt;
    type out{type_kind::opaque};
    for (const auto& [name, kind] : words) {
      if (name == word) out.kind = kind;
    }
    if (out.is(type_kind::opaque)) {
      if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z') out.kind = type_kind::parameter;
      out.name = word;
    }
    if (take('(')) {
      do {
        auto inner = one(level + 1);
        if (!inner) return std::nullopt;
        out.of.push_back(std::move(*inner));
      } while (take(','));
      if (!take(')')) return std::nullopt;
    }
    return complete(std::move(out));
  }

  // A bare "list" is a list of anything.
  static std::optional<type> complete(type t) {
    if (t.is(type_kind::list) && t.of.empty()) t.of.resize(1);
    if (t.is(type_kind::map) && t.of.empty()) t.of.resize(2);
    const std::size_t wanted = t.is(type_kind::list) ? 1 : t.is(type_kind::map) ? 2 : 0;
    if (t.is(type_kind::opaque) || t.is(type_kind::type) || t.of.size() == wanted) return t;
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<type> parse_type(std::string_view text) { return reader{text}.whole(); }

std::string to_text(const type& t) {
  std::string out{t.name};
  for (const auto& [name, kind] : words) {
    if (kind == t.kind) {
      out = name;
      break;
    }
  }
  if (t.is(type_kind::error)) out = "error";
  for (std::size_t i = 0; i < t.of.size(); ++i) out += (i == 0 ? "(" : ", ") + to_text(t.of[i]);
  return t.of.empty() ? out : out + ")";
}

std::string_view name_of(type_kind k) {
  if (k == type_kind::timestamp) return "google.protobuf.Timestamp";
  if (k == type_kind::duration) return "google.protobuf.Duration";
  for (const auto& [name, kind] : words) {
    if (kind == k) return name;
  }
  return "error";
}

type list_of(type element) {
  type out{type_kind::list};
  out.of.push_back(std::move(element));
  return out;
}

type map_of(type key, type item) {
  type out{type_kind::map};
  out.of.push_back(std::move(key));
  out.of.push_back(std::move(item));
  return out;
}

}  // namespace zhuqi::dialogs::cel
