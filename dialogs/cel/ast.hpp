#pragma once
// An expression as a tree, with the place of every part in the source. Nodes live in one vector and name each other by
// index; a parent comes after its children. `a && b && c` is one node of three children.

#include "dialogs/cel/problem.hpp"
#include "dialogs/cel/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs::cel {

using node_id = std::uint32_t;

enum class node_kind : std::uint8_t {
  literal,      ///< `constant`; `text` is the number as written
  name,         ///< `text`; with a leading dot where `absolute`
  select,       ///< child.text
  call,         ///< text(children) or, where `member`, children[0].text(the others)
  operation,    ///< `op` over one or two children; also a[b]
  all_of,       ///< && of two or more
  any_of,       ///< || of two or more
  conditional,  ///< test, then, otherwise
  list,
  map,    ///< key, item, key, item …
  macro,  ///< `macro`; has: the selection; otherwise the collection, then the one to two bodies
};

enum class operation : std::uint8_t {
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,   ///< -a
  negated,  ///< !a
  index,    ///< a[b]
};
/// "==", "in", "[]".
std::string_view spelling(operation op);
/// == != < <= > >=
bool is_comparison(operation op);

enum class macro_kind : std::uint8_t {
  has,
  all,
  exists,
  exists_one,
  map,             ///< body; or condition, body
  filter,          ///< condition
  transform_list,  ///< two variables; body; or condition, body
  transform_map,   ///< two variables; body; or condition, body
  bind,            ///< cel.bind(x, a, b): children a, b
};
std::string_view spelling(macro_kind m);

struct node {
  node_kind kind = node_kind::literal;
  cel::operation op = operation::equal;
  macro_kind macro = macro_kind::has;
  bool absolute = false;
  bool member = false;
  std::uint16_t height = 1;  ///< 1 for a leaf
  std::uint32_t begin = 0;   ///< bytes of the source, without surrounding parentheses
  std::uint32_t end = 0;
  std::string text{};
  std::string second{};  ///< of a macro of two variables: the index or key is `text`, the item `second`
  value constant{};
  std::vector<node_id> children{};
};

class syntax_tree {
 public:
  const node& root() const { return nodes_.back(); }
  node_id root_id() const { return static_cast<node_id>(nodes_.size() - 1); }
  const node& operator[](node_id id) const { return nodes_[id]; }
  std::size_t size() const { return nodes_.size(); }
  const std::string& source() const { return source_; }
  /// The source text of a part.
  std::string_view text_of(node_id id) const {
    const node& n = nodes_[id];
    return std::string_view{source_}.substr(n.begin, n.end - n.begin);
  }

 private:
  friend class parser;
  std::string source_;
  std::vector<node> nodes_;
};

/// A tree, or the one problem that stopped the reading; the tree is empty then.
struct parsed {
  syntax_tree tree;
  std::vector<problem> problems;
  bool good() const { return problems.empty(); }
};
parsed parse(std::string_view source);

/// Canonical source: one spelling per tree (spacing, quotes, parentheses only where needed). Parsing it gives the same
/// tree but for places.
std::string to_source(const syntax_tree& tree);
std::string to_source(const syntax_tree& tree, node_id part);
/// The literal that stands for a known value of CEL's own types ("'a'", "5u", "b'x'", "[1, 2]").
std::string to_literal(const value& v);

}  // namespace zhuqi::dialogs::cel
