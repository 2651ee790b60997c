// The macros over lists and maps. Every round costs a step besides what its body costs.

#include "dialogs/cel/evaluator.hpp"

namespace zhuqi::dialogs::cel {

struct evaluator::loop {
  const value& of;
  std::size_t size;
};

value evaluator::macro(const code& c) {
  if (c.macro == macro_kind::bind) return bind(c);
  value of = visit(child(c, 0));
  if (of.is(kind::error) || of.is(kind::unknown)) return of;
  if (!of.is(kind::list) && !of.is(kind::map)) return value::error(fault::no_overload, c.at, type_name(of));
  const loop over{of, of.is(kind::list) ? of.list().items.size() : of.map().entries.size()};
  switch (c.macro) {
    case macro_kind::all:
    case macro_kind::exists: return quantified(c, over);
    case macro_kind::exists_one: return exactly_one(c, over);
    default: return collected(c, over);
  }
}

value evaluator::bind(const code& c) {
  locals_[c.operand] = visit(child(c, 0));  // an error counts only where the name is read
  return visit(child(c, 1));
}

void evaluator::enter(const code& c, const loop& over, std::size_t i) {
  meter_.spend(1);
  const bool list = over.of.is(kind::list);
  const value key = list ? value::integer(static_cast<std::int64_t>(i)) : over.of.map().entries[i].first;
  const value& item = list ? over.of.list().items[i] : over.of.map().entries[i].second;
  if (c.two_variables) {
    locals_[c.operand] = key;
    locals_[c.operand + 1] = item;
  } else {
    locals_[c.operand] = list ? item : key;
  }
}

// && or || over the members: a deciding member wins over unknowns and errors before and after it.
value evaluator::quantified(const code& c, const loop& over) {
  const bool all = c.macro == macro_kind::all;
  value rest = value::boolean(all);
  for (std::size_t i = 0; i < over.size; ++i) {
    enter(c, over, i);
    value v = visit(child(c, 1));
    if (exhausted()) return exhaustion(c.at);
    if (v.is(kind::boolean) && v.is_true() != all) return v;
    weigh(rest, std::move(v), c.at);
  }
  return rest;
}

value evaluator::exactly_one(const code& c, const loop& over) {
  std::size_t count = 0;
  name_set open;
  for (std::size_t i = 0; i < over.size; ++i) {
    enter(c, over, i);
    value v = visit(child(c, 1));
    if (exhausted()) return exhaustion(c.at);
    if (v.is(kind::error)) return v;
    if (!v.is(kind::boolean) && !v.is(kind::unknown)) return value::error(fault::no_overload, c.at, type_name(v));
    open = joined(open, v.open_names());
    if (v.is_true()) ++count;
  }
  return open.empty() ? value::boolean(count == 1) : value::unknown(std::move(open));
}

// map, filter, transformList, transformMap.
value evaluator::collected(const code& c, const loop& over) {
  const bool filter = c.macro == macro_kind::filter;
  const bool conditional = filter || c.count == 3;
  std::vector<value> items;
  std::vector<std::pair<value, value>> entries;
  name_set open;
  for (std::size_t i = 0; i < over.size; ++i) {
    enter(c, over, i);
    value test = conditional ? visit(child(c, 1)) : value::boolean(true);
    if (exhausted()) return exhaustion(c.at);
    if (test.is(kind::error)) return test;
    open = joined(open, test.open_names());
    if (!test.is(kind::boolean)) {
      if (test.is(kind::unknown)) continue;
      return value::error(fault::no_overload, c.at, type_name(test));
    }
    if (!test.is_true()) continue;
    value key = c.macro == macro_kind::transform_map ? locals_[c.operand] : value{};
    value item = filter ? locals_[c.operand] : visit(child(c, c.count - 1));
    if (item.is(kind::error)) return item;
    open = joined(open, item.open_names());
    if (!meter_.allocate(item.weight())) return exhaustion(c.at);
    if (c.macro == macro_kind::transform_map) {
      entries.emplace_back(std::move(key), std::move(item));
    } else {
      items.push_back(std::move(item));
    }
  }
  if (!open.empty()) return value::unknown(std::move(open));
  if (c.macro == macro_kind::transform_map) return kept(make_map(std::move(entries)), c.at);
  return kept(value::list(std::move(items)), c.at);
}

}  // namespace zhuqi::dialogs::cel
