#pragma once
// One line from source to value, for tests.

#include "dialogs/cel/check.hpp"
#include "dialogs/cel/compare.hpp"
#include "dialogs/cel/evaluate.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::dialogs::cel {

/// Names with their types and values.
struct fact {
  std::string_view name;
  std::string_view type_text;
  value v;
};

struct facts {
  environment names;
  std::vector<value> values;
  facts(std::initializer_list<fact> all) {
    for (const fact& f : all) {
      names.declare(f.name, *parse_type(f.type_text));
      values.push_back(f.v);
    }
  }
};

inline checked checked_of(std::string_view source, const environment& names) {
  const parsed read = parse(source);
  if (read.good()) return check(read.tree, names);
  checked out;
  out.problems = read.problems;
  return out;
}

inline value run(std::string_view source, const facts& given = {}, budget allowed = {}) {
  const checked made = checked_of(source, given.names);
  if (!made.good()) return value::string("problem " + std::string{rule_id(made.problems[0].what)});
  return evaluate(*made.runnable, given.values, allowed);
}

/// As text: a literal, "unknown a b", "error overflow", "20..29", "problem unknown-name".
inline std::string shown(const value& v) {
  if (v.is(kind::error)) return "error " + std::string{fault_id(v.error().what)};
  if (v.is(kind::string) && v.text().starts_with("problem ")) return v.text();
  std::string names;
  for (const std::string& n : v.open_names()) names += " " + n;
  if (v.is(kind::unknown)) return "unknown" + names;
  if (!v.is(kind::interval)) return to_literal(v);
  const interval_data& i = v.interval();
  const auto end = [&](std::int64_t n, bool open) { return open ? std::string{} : to_literal(value::scalar(i.of, n)); };
  return end(i.low, i.low == value::open_low) + ".." + end(i.high, i.high == value::open_high) + names;
}

}  // namespace zhuqi::dialogs::cel
