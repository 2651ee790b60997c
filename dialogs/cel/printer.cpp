// A tree back to canonical source. Two trees print alike exactly when they are alike but for places.

#include "dialogs/cel/ast.hpp"
#include "dialogs/cel/civil.hpp"
#include "dialogs/cel/fixed.hpp"
#include "dialogs/cel/lexer.hpp"
#include "dialogs/cel/numbers.hpp"

#include <array>
#include <cmath>

namespace zhuqi::dialogs::cel {
namespace {

constexpr std::array<std::string_view, 15> operation_spelling{"==", "!=", "<", "<=", ">", ">=", "in", "+",
                                                              "-",  "*",  "/", "%",  "-", "!",  "[]"};

// How tightly a node's own syntax binds; a child that binds less needs parentheses.
enum power : int { ternary = 1, either, both, relation, sum, product, prefix, primary };

int power_of(const node& n) {
  switch (n.kind) {
    case node_kind::conditional: return ternary;
    case node_kind::any_of: return either;
    case node_kind::all_of: return both;
    case node_kind::operation:
      switch (n.op) {
        case operation::add:
        case operation::subtract: return sum;
        case operation::multiply:
        case operation::divide:
        case operation::modulo: return product;
        case operation::negate:
        case operation::negated: return prefix;
        case operation::index: return primary;
        default: return relation;
      }
    default: return primary;
  }
}

constexpr char hex_digits[] = "0123456789abcdef";

std::string quoted_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (u < 0x20 || u == 0x7F) {
      out += {'\\', 'x', hex_digits[u >> 4U], hex_digits[u & 15U]};
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string octets_text(std::string_view octets) {
  std::string out = "b'";
  for (const char c : octets) {
    const auto u = static_cast<unsigned char>(c);
    if (u < 0x20 || u > 0x7E || c == '\'' || c == '\\') {
      out += {'\\', 'x', hex_digits[u >> 4U], hex_digits[u & 15U]};
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string double_literal(double d) {
  if (std::isnan(d)) return "double('NaN')";
  if (std::isinf(d)) return d < 0 ? "double('-Infinity')" : "double('Infinity')";
  std::string out = double_to_text(d);
  if (std::signbit(d) && d == 0) out = "-0";
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

class printer {
 public:
  explicit printer(const syntax_tree& tree) : tree_(tree) {}

  std::string text(node_id id, int least) const {
    const node& n = tree_[id];
    return power_of(n) < least ? "(" + bare(n) + ")" : bare(n);
  }

 private:
  std::string bare(const node& n) const {
    switch (n.kind) {
      case node_kind::literal: return to_literal(n.constant);  // 5.50 and 5.5 are one literal
      case node_kind::name: return (n.absolute ? "." : "") + n.text;
      case node_kind::select: return text(n.children[0], primary) + field(n.text);
      case node_kind::call: return call(n);
      case node_kind::operation: return operation_text(n);
      case node_kind::all_of: return joined(n.children, " && ", relation);
      case node_kind::any_of: return joined(n.children, " || ", both);
      case node_kind::conditional:
        return text(n.children[0], either) + " ? " + text(n.children[1], either) + " : " + text(n.children[2], ternary);
      case node_kind::list: return "[" + joined(n.children, ", ", ternary) + "]";
      case node_kind::map: return map(n);
      case node_kind::macro: return macro(n);
    }
    return "";
  }

  static std::string field(std::string_view name) {
    const bool plain = is_word(name) && !is_keyword(name);
    return plain ? "." + std::string{name} : ".`" + std::string{name} + "`";
  }

  std::string joined(const std::vector<node_id>& children, std::string_view between, int least,
                     std::size_t first = 0) const {
    std::string out;
    for (std::size_t i = first; i < children.size(); ++i) {
      if (i > first) out += between;
      out += text(children[i], least);
    }
    return out;
  }

  std::string call(const node& n) const {
    if (!n.member) return (n.absolute ? "." : "") + n.text + "(" + joined(n.children, ", ", ternary) + ")";
    return text(n.children[0], primary) + "." + n.text + "(" + joined(n.children, ", ", ternary, 1) + ")";
  }

  std::string operation_text(const node& n) const {
    const std::string sign{spelling(n.op)};
    if (n.op == operation::index) return text(n.children[0], primary) + "[" + text(n.children[1], ternary) + "]";
    if (n.children.size() == 1) return sign + operand(n.children[0]);
    const int own = power_of(n);
    return text(n.children[0], own) + " " + sign + " " + text(n.children[1], own + 1);
  }

  // -(5) is the negation of a number, -5 a number: a sign must not run into a literal.
  std::string operand(node_id id) const {
    const std::string inner = text(id, prefix);
    return !inner.empty() && (inner[0] == '.' || (inner[0] >= '0' && inner[0] <= '9')) ? "(" + inner + ")" : inner;
  }

  std::string map(const node& n) const {
    std::string out = "{";
    for (std::size_t i = 0; i + 1 < n.children.size(); i += 2) {
      out += (i > 0 ? ", " : "") + text(n.children[i], ternary) + ": " + text(n.children[i + 1], ternary);
    }
    return out + "}";
  }

  std::string macro(const node& n) const {
    if (n.macro == macro_kind::has) return "has(" + text(n.children[0], ternary) + ")";
    const bool bind = n.macro == macro_kind::bind;
    std::string out = bind ? "cel" : text(n.children[0], primary);
    out += "." + std::string{spelling(n.macro)} + "(" + n.text;
    if (!n.second.empty()) out += ", " + n.second;
    return out + ", " + joined(n.children, ", ", ternary, bind ? 0 : 1) + ")";
  }

  const syntax_tree& tree_;
};

std::string list_literal(const list_data& list) {
  std::string out = "[";
  for (const value& item : list.items) out += (out.size() > 1 ? ", " : "") + to_literal(item);
  return out + "]";
}

std::string map_literal(const map_data& map) {
  std::string out = "{";
  for (const auto& [key, item] : map.entries) {
    out += (out.size() > 1 ? ", " : "") + to_literal(key) + ": " + to_literal(item);
  }
  return out + "}";
}

}  // namespace

std::string_view spelling(operation op) { return operation_spelling[static_cast<std::size_t>(op)]; }

bool is_comparison(operation op) { return op <= operation::greater_equal; }

std::string_view spelling(macro_kind m) {
  constexpr std::array<std::string_view, 9> words{"has",    "all",           "exists",       "exists_one", "map",
                                                  "filter", "transformList", "transformMap", "bind"};
  return words[static_cast<std::size_t>(m)];
}

std::string to_literal(const value& v) {
  switch (v.kind()) {
    case kind::null: return "null";
    case kind::boolean: return v.is_true() ? "true" : "false";
    case kind::integer: return std::to_string(v.number());
    case kind::unsigned_integer: return std::to_string(v.as_unsigned()) + "u";
    case kind::floating: return double_literal(v.as_double());
    case kind::string: return quoted_text(v.text());
    case kind::bytes: return octets_text(v.text());
    case kind::list: return list_literal(v.list());
    case kind::map: return map_literal(v.map());
    case kind::type: return v.text();
    case kind::timestamp: return "timestamp('" + civil::timestamp_to_text({v.number(), v.nanos()}) + "')";
    case kind::duration: return "duration('" + civil::duration_to_text(v.number()) + "')";
    case kind::money:
      return v.number() % fixed::fen_per_yuan == 0 ? "yuan(" + std::to_string(v.number() / fixed::fen_per_yuan) + ")"
                                                   : "fen(" + std::to_string(v.number()) + ")";
    case kind::percent: return "percent(" + fixed::to_text(v.number()) + ")";
    case kind::decimal: return "decimal(" + fixed::to_text(v.number()) + ")";
    case kind::date: return "date('" + civil::date_to_text(v.number()) + "')";
    case kind::month: return "month('" + civil::month_to_text(v.number()) + "')";
    default: return "";
  }
}

std::string to_source(const syntax_tree& tree, node_id part) { return printer{tree}.text(part, ternary); }

std::string to_source(const syntax_tree& tree) { return to_source(tree, tree.root_id()); }

}  // namespace zhuqi::dialogs::cel
