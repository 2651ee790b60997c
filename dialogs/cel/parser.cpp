// Tokens to a tree: a Pratt parser. It stops at the first problem; heights and sizes are bounded as it goes.

#include "bot/base/text.hpp"
#include "dialogs/cel/ast.hpp"
#include "dialogs/cel/lexer.hpp"
#include "dialogs/cel/limits.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace zhuqi::dialogs::cel {
namespace {

constexpr int power_ternary = 1;
constexpr int power_or = 2;
constexpr int power_and = 3;
constexpr int power_relation = 4;
constexpr int power_sum = 5;
constexpr int power_product = 6;

struct infix {
  std::string_view sign;
  int power;
  operation op;
};
constexpr std::array<infix, 12> infixes{{{"==", power_relation, operation::equal},
                                         {"!=", power_relation, operation::unequal},
                                         {"<", power_relation, operation::less},
                                         {"<=", power_relation, operation::less_equal},
                                         {">", power_relation, operation::greater},
                                         {">=", power_relation, operation::greater_equal},
                                         {"in", power_relation, operation::in},
                                         {"+", power_sum, operation::add},
                                         {"-", power_sum, operation::subtract},
                                         {"*", power_product, operation::multiply},
                                         {"/", power_product, operation::divide},
                                         {"%", power_product, operation::modulo}}};

struct macro_form {
  std::string_view name;
  macro_kind kind;
  std::size_t variables;
  std::size_t least;  ///< arguments, the variables with them
  std::size_t most;
};
constexpr std::array<macro_form, 12> macros{{{"all", macro_kind::all, 1, 2, 2},
                                             {"exists", macro_kind::exists, 1, 2, 2},
                                             {"exists_one", macro_kind::exists_one, 1, 2, 2},
                                             {"existsOne", macro_kind::exists_one, 1, 2, 2},
                                             {"map", macro_kind::map, 1, 2, 3},
                                             {"filter", macro_kind::filter, 1, 2, 2},
                                             {"all", macro_kind::all, 2, 3, 3},
                                             {"exists", macro_kind::exists, 2, 3, 3},
                                             {"exists_one", macro_kind::exists_one, 2, 3, 3},
                                             {"existsOne", macro_kind::exists_one, 2, 3, 3},
                                             {"transformList", macro_kind::transform_list, 2, 3, 4},
                                             {"transformMap", macro_kind::transform_map, 2, 3, 4}}};

}  // namespace

class parser {
 public:
  explicit parser(std::string_view source) { out_.tree.source_ = source; }

  parsed run() {
    const std::string& source = out_.tree.source_;
    if (source.size() > limits::source_bytes) {
      fail(rule::too_long, 0, 0);
    } else if (!text::is_utf8(source)) {
      fail(rule::not_utf8, 0, 0);
    } else {
      lexer_.emplace(source);
      advance();
      if (good()) expression(0, 0);
      if (good() && now_.kind != token_kind::end) unexpected();
    }
    if (!good()) out_.tree.nodes_.clear();
    return std::move(out_);
  }

 private:
  bool good() const { return out_.problems.empty(); }

  node_id fail(rule what, std::size_t begin, std::size_t end, std::vector<std::string> args = {}) {
    if (good()) {
      out_.problems.push_back(
          {what, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), std::move(args)});
    }
    return 0;
  }

  node_id unexpected() {
    if (now_.kind == token_kind::end) return fail(rule::unfinished, now_.begin, now_.end);
    return fail(rule::unexpected, now_.begin, now_.end, {out_.tree.source_.substr(now_.begin, now_.end - now_.begin)});
  }

  void advance() {
    now_ = lexer_->next();
    if (now_.kind != token_kind::broken) return;
    if (good()) out_.problems.push_back(*lexer_->wrong());
  }

  bool accept(std::string_view sign) {
    if (!good() || !now_.is_sign(sign)) return false;
    last_end_ = now_.end;
    advance();
    return true;
  }

  void expect(std::string_view sign) {
    if (good() && !accept(sign)) unexpected();
  }

  node_id add(node n) {
    if (!good()) return 0;
    for (const node_id child : n.children) {
      n.height = std::max(n.height, static_cast<std::uint16_t>(out_.tree.nodes_[child].height + 1));
    }
    if (n.height > limits::height) return fail(rule::too_deep, n.begin, n.end);
    if (out_.tree.nodes_.size() >= limits::nodes) return fail(rule::too_many_parts, n.begin, n.end);
    out_.tree.nodes_.push_back(std::move(n));
    return out_.tree.root_id();
  }

  std::uint32_t begin_of(node_id id) const { return out_.tree.nodes_.empty() ? 0 : out_.tree.nodes_[id].begin; }

  node make(node_kind kind, std::uint32_t begin) const {
    node n;
    n.kind = kind;
    n.begin = begin;
    n.end = last_end_;
    return n;
  }

  // `level` counts open recursions: parentheses do not raise the tree's height, yet they use the stack.
  node_id expression(int least, std::size_t level) {
    if (level > limits::height) return fail(rule::too_deep, now_.begin, now_.end);
    const std::uint32_t begin = now_.begin;
    node_id left = unary(level + 1);
    while (good()) {
      if (now_.is_sign("?") && least <= power_ternary) {
        left = conditional(left, begin, level);
      } else if (now_.is_sign("&&") && least <= power_and) {
        left = chain(left, begin, "&&", level);
      } else if (now_.is_sign("||") && least <= power_or) {
        left = chain(left, begin, "||", level);
      } else if (const infix* found = find_infix(); found != nullptr && least <= found->power) {
        advance();
        const node_id right = expression(found->power + 1, level + 1);
        node n = make(node_kind::operation, begin);
        n.op = found->op;
        n.children = {left, right};
        left = add(std::move(n));
      } else {
        break;
      }
    }
    return left;
  }

  const infix* find_infix() const {
    if (now_.kind != token_kind::sign && now_.kind != token_kind::word) return nullptr;
    for (const infix& i : infixes) {
      if (i.sign == now_.text) return &i;
    }
    return nullptr;
  }

  node_id conditional(node_id test, std::uint32_t begin, std::size_t level) {
    advance();
    const node_id then = expression(power_or, level + 1);
    expect(":");
    const node_id otherwise = expression(power_ternary, level + 1);
    node n = make(node_kind::conditional, begin);
    n.children = {test, then, otherwise};
    return add(std::move(n));
  }

  node_id chain(node_id first, std::uint32_t begin, std::string_view sign, std::size_t level) {
    std::vector<node_id> children{first};
    while (accept(sign)) children.push_back(expression(sign == "&&" ? power_relation : power_and, level + 1));
    node n = make(sign == "&&" ? node_kind::all_of : node_kind::any_of, begin);
    n.children = std::move(children);
    return add(std::move(n));
  }

  node_id unary(std::size_t level) {
    if (level > limits::height) return fail(rule::too_deep, now_.begin, now_.end);
    const std::uint32_t begin = now_.begin;
    const bool minus = now_.is_sign("-");
    if (!minus && !now_.is_sign("!")) return postfix(primary(level), begin, level);
    advance();
    if (minus && now_.kind == token_kind::literal && is_number(now_.constant)) {
      return postfix(number(begin, true), begin, level);
    }
    const node_id inner = unary(level + 1);
    node n = make(node_kind::operation, begin);
    n.op = minus ? operation::negate : operation::negated;
    n.children = {inner};
    return add(std::move(n));
  }

  static bool is_number(const value& v) { return v.is(kind::integer) || v.is(kind::floating); }

  node_id number(std::uint32_t begin, bool negative) {
    const value& v = now_.constant;
    const bool smallest = v.is(kind::integer) && v.number() == value::open_low;
    if (smallest && !negative) return fail(rule::number_too_large, now_.begin, now_.end, {std::string{now_.text}});
    node n;
    n.constant = v;
    n.text = (negative ? "-" : "") + std::string{now_.text};
    if (negative && v.is(kind::integer) && !smallest) n.constant = value::integer(-v.number());
    if (negative && v.is(kind::floating)) n.constant = value::floating(-v.as_double());
    return leaf(std::move(n), begin);
  }

  // Ends at the current token, which it takes.
  node_id leaf(node n, std::uint32_t begin) {
    n.begin = begin;
    n.end = last_end_ = now_.end;
    advance();
    return add(std::move(n));
  }

  node_id primary(std::size_t level) {
    const std::uint32_t begin = now_.begin;
    if (now_.kind == token_kind::literal) {
      if (is_number(now_.constant)) return number(begin, false);
      node n;
      n.constant = now_.constant;
      return leaf(std::move(n), begin);
    }
    if (accept("(")) {
      const node_id inner = expression(0, level + 1);
      expect(")");
      return inner;
    }
    if (accept("[")) return list(begin, level);
    if (accept("{")) return map(begin, level);
    const bool absolute = accept(".");
    if (good() && now_.kind == token_kind::word) return name(begin, absolute, level);
    return unexpected();
  }

  node_id name(std::uint32_t begin, bool absolute, std::size_t level) {
    const std::string word{now_.text};
    if (is_keyword(word)) return unexpected();
    if (is_reserved(word)) return fail(rule::reserved_word, now_.begin, now_.end, {word});
    last_end_ = now_.end;
    advance();
    if (good() && now_.is_sign("(")) return call(word, begin, absolute, level);
    node n = make(node_kind::name, begin);
    n.text = word;
    n.absolute = absolute;
    return add(std::move(n));
  }

  node_id call(const std::string& function, std::uint32_t begin, bool absolute, std::size_t level) {
    const std::uint32_t open = now_.begin;
    advance();
    node n = make(node_kind::call, begin);
    n.children = arguments(")", level);
    n.end = last_end_;
    n.text = function;
    n.absolute = absolute;
    if (good() && function == "has" && !absolute) {
      const bool fits = n.children.size() == 1 && out_.tree.nodes_[n.children[0]].kind == node_kind::select;
      if (!fits) return fail(rule::has_argument, open, last_end_);
      n.kind = node_kind::macro;
      n.macro = macro_kind::has;
    }
    return add(std::move(n));
  }

  std::vector<node_id> arguments(std::string_view close, std::size_t level) {
    std::vector<node_id> out;
    while (good() && !now_.is_sign(close)) {
      out.push_back(expression(0, level + 1));
      if (!accept(",")) break;
      if (close == ")" && good() && now_.is_sign(close)) unexpected();
    }
    expect(close);
    return out;
  }

  node_id list(std::uint32_t begin, std::size_t level) {
    auto items = arguments("]", level);
    node n = make(node_kind::list, begin);
    n.children = std::move(items);
    return add(std::move(n));
  }

  node_id map(std::uint32_t begin, std::size_t level) {
    std::vector<node_id> entries;
    while (good() && !now_.is_sign("}")) {
      entries.push_back(expression(0, level + 1));
      expect(":");
      entries.push_back(expression(0, level + 1));
      if (!accept(",")) break;
    }
    expect("}");
    node n = make(node_kind::map, begin);
    n.children = std::move(entries);
    return add(std::move(n));
  }

  node_id postfix(node_id of, std::uint32_t begin, std::size_t level) {
    while (good()) {
      if (accept(".")) {
        of = member(of, begin, level);
      } else if (accept("[")) {
        const node_id key = expression(0, level + 1);
        expect("]");
        node n = make(node_kind::operation, begin);
        n.op = operation::index;
        n.children = {of, key};
        of = add(std::move(n));
      } else {
        break;
      }
    }
    return of;
  }

  node_id member(node_id of, std::uint32_t begin, std::size_t level) {
    const bool quoted = now_.kind == token_kind::quoted_word;
    if (!good() || (!quoted && now_.kind != token_kind::word) || (!quoted && is_keyword(now_.text)))
      return unexpected();
    const std::string word{now_.text};
    last_end_ = now_.end;
    advance();
    if (!good() || quoted || !accept("(")) {
      node n = make(node_kind::select, begin);
      n.text = word;
      n.children = {of};
      return add(std::move(n));
    }
    const std::uint32_t open = last_end_;
    auto given = arguments(")", level);
    if (!good()) return 0;
    if (is_bind(of, word, given.size())) return macro(macro_kind::bind, 1, of, std::move(given), begin, open);
    for (const macro_form& m : macros) {
      if (m.name != word || given.size() < m.least || given.size() > m.most) continue;
      // all(x, a, b) has two variables only where the second is a name; map(x, a, b) never.
      if (m.variables == 2 && out_.tree.nodes_[given[1]].kind != node_kind::name) continue;
      return macro(m.kind, m.variables, of, std::move(given), begin, open);
    }
    node n = make(node_kind::call, begin);
    n.text = word;
    n.member = true;
    n.children = std::move(given);
    n.children.insert(n.children.begin(), of);
    return add(std::move(n));
  }

  bool is_bind(node_id of, std::string_view word, std::size_t count) const {
    const node& target = out_.tree.nodes_[of];
    return word == "bind" && count == 3 && target.kind == node_kind::name && target.text == "cel";
  }

  node_id macro(macro_kind kind, std::size_t variables, node_id of, std::vector<node_id> given, std::uint32_t begin,
                std::uint32_t open) {
    for (std::size_t i = 0; i < variables; ++i) {
      const node& variable = out_.tree.nodes_[given[i]];
      if (variable.kind != node_kind::name || variable.absolute) {
        return fail(rule::macro_variable, open, last_end_, {std::string{spelling(kind)}});
      }
    }
    node n = make(node_kind::macro, begin);
    n.macro = kind;
    n.text = out_.tree.nodes_[given[0]].text;
    if (variables == 2) n.second = out_.tree.nodes_[given[1]].text;
    if (kind != macro_kind::bind) n.children.push_back(of);
    n.children.insert(n.children.end(), given.begin() + static_cast<std::ptrdiff_t>(variables), given.end());
    return add(std::move(n));
  }

  parsed out_;
  std::optional<lexer> lexer_;
  token now_;
  std::uint32_t last_end_ = 0;
};

parsed parse(std::string_view source) { return parser{source}.run(); }

}  // namespace zhuqi::dialogs::cel
