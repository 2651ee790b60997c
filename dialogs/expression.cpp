// Guards: a recursive-descent parser to postfix code and its evaluator. Where it stands: script readers parse, the engine
// evaluates, the checker looks at the readings.
#include "dialogs/expression.hpp"

#include "bot/base/result.hpp"

#include <array>

namespace zhuqi::dialogs {
namespace {

constexpr std::size_t max_source_bytes = 1000;
constexpr int max_depth = 16;
constexpr std::size_t max_readings = 64;

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

}  // namespace

class expression_parser {
 public:
  expression_parser(std::string_view source, expression::parse_error& error) : source_{source}, error_{error} {}

  std::optional<expression> parse() {
    if (source_.size() > max_source_bytes) return fail("is too long");
    out_.source_ = std::string{source_};
    if (!either(0)) return std::nullopt;
    skip_space();
    if (at_ != source_.size()) return fail("has something after its end");
    return std::move(out_);
  }

 private:
  std::nullopt_t fail(std::string_view what) {
    if (error_.what.empty()) error_ = {at_, std::string{what}};
    return std::nullopt;
  }
  bool stop(std::string_view what) {
    fail(what);
    return false;
  }
  void skip_space() {
    while (at_ < source_.size() && (source_[at_] == ' ' || source_[at_] == '\t' || source_[at_] == '\n')) ++at_;
  }
  bool take(std::string_view token) {
    skip_space();
    if (!source_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }

  bool either(int depth) {
    if (depth > max_depth) return stop("is nested too deep");
    if (!both(depth)) return false;
    while (take("||")) {
      if (!both(depth)) return false;
      out_.program_.push_back({expression::op::either});
    }
    return true;
  }

  bool both(int depth) {
    if (!unary(depth)) return false;
    while (take("&&")) {
      if (!unary(depth)) return false;
      out_.program_.push_back({expression::op::both});
    }
    return true;
  }

  bool unary(int depth) {
    if (depth > max_depth) return stop("is nested too deep");
    skip_space();
    if (at_ < source_.size() && source_[at_] == '!' && !source_.substr(at_).starts_with("!=")) {
      ++at_;
      if (!unary(depth + 1)) return false;
      out_.program_.push_back({expression::op::negate});
      return true;
    }
    if (take("(")) {
      if (!either(depth + 1)) return false;
      return take(")") || stop("lacks a closing parenthesis");
    }
    return reading();
  }

  bool reading() {
    expression::reading r;
    if (!name(r.name)) return stop("needs the name of a variable here");
    bool unequal = false;
    if (take("==") || (unequal = take("!="))) {
      if (!literal(r)) return false;
    }
    if (out_.readings_.size() == max_readings) return stop("reads too many variables");
    out_.program_.push_back({expression::op::read, static_cast<std::uint16_t>(out_.readings_.size())});
    out_.readings_.push_back(std::move(r));
    if (unequal) out_.program_.push_back({expression::op::negate});
    return true;
  }

  bool name(std::string& into) {
    skip_space();
    const std::size_t begin = at_;
    if (at_ < source_.size() && is_name_start(source_[at_])) {
      while (at_ < source_.size() && is_name_part(source_[at_])) ++at_;
    }
    into = source_.substr(begin, at_ - begin);
    return at_ != begin;
  }

  bool literal(expression::reading& r) {
    skip_space();
    if (at_ < source_.size() && (source_[at_] == '"' || source_[at_] == '\'')) {
      const std::size_t end = source_.find(source_[at_], at_ + 1);
      if (end == std::string_view::npos) return stop("has a string without its closing quote");
      r.how = expression::reading::kind::equals_string;
      r.literal = source_.substr(at_ + 1, end - at_ - 1);
      if (r.literal.find('\\') != std::string::npos) return stop("has an escape in a string");
      at_ = end + 1;
      return true;
    }
    std::string word;
    if (name(word) && (word == "true" || word == "false")) {
      r.how = expression::reading::kind::equals_bool;
      r.literal = std::move(word);
      return true;
    }
    return stop("needs a quoted value, true or false here");
  }

  std::string_view source_;
  expression::parse_error& error_;
  std::size_t at_ = 0;
  expression out_;
};

std::optional<expression> expression::parse(std::string_view source, parse_error& error) {
  error = {};
  return expression_parser{source, error}.parse();
}

bool expression::holds(const std::map<std::string, std::string>& vars) const {
  // Every operand is one reading, so the stack can never be deeper than the readings.
  std::array<bool, max_readings + 1> stack{};
  std::size_t top = 0;
  for (const instruction& i : program_) {
    switch (i.what) {
      case op::read: {
        const reading& r = readings_[i.reading];
        const auto found = vars.find(r.name);
        const bool known = found != vars.end();
        stack[top++] = known && found->second == (r.how == reading::kind::truth ? std::string_view{"true"} : r.literal);
        break;
      }
      case op::negate: stack[top - 1] = !stack[top - 1]; break;
      case op::both: --top, stack[top - 1] = stack[top - 1] && stack[top]; break;
      case op::either: --top, stack[top - 1] = stack[top - 1] || stack[top]; break;
    }
  }
  ZHUQI_ASSERT(top == 1);
  return stack[0];
}

}  // namespace zhuqi::dialogs
