#include "dialogs/cel/evaluator.hpp"

#include "dialogs/cel/limits.hpp"

#include <array>

namespace zhuqi::dialogs::cel {

value evaluate(const program& p, std::span<const value> facts, budget allowed) {
  return evaluator{p, facts, allowed}.run();
}

value evaluator::run() {
  value out = visit(program_.root);
  return exhausted() ? exhaustion(out.is(kind::error) ? out.error().at : 0) : out;
}

value evaluator::exhaustion(std::uint32_t at) const {
  return value::error(meter_.steps == 0 ? fault::too_costly : fault::too_large, at);
}

value evaluator::placed(value v, std::uint32_t at) const {
  if (!v.is(kind::error) || v.error().at != 0) return v;
  return value::error(v.error().what, at, v.error().detail);
}

value evaluator::kept(value v, std::uint32_t at) {
  if (v.is(kind::string) || v.is(kind::bytes) || v.is(kind::list) || v.is(kind::map)) {
    if (!meter_.allocate(v.weight())) return exhaustion(at);
  }
  return placed(std::move(v), at);
}

value evaluator::unset(std::uint32_t slot, std::uint32_t at) const {
  return value::error(fault::no_value, at, program_.names[slot]);
}

value evaluator::visit(std::uint32_t id) {
  const code& c = program_.codes[id];
  if (!meter_.spend(1)) return exhaustion(c.at);
  switch (c.op) {
    case opcode::constant:
    case opcode::failing: return program_.constants[c.operand];
    case opcode::local: return locals_[c.operand];
    case opcode::fact:
      if (c.operand >= facts_.size() || facts_[c.operand].is(kind::unset)) return unset(c.operand, c.at);
      return facts_[c.operand];
    case opcode::call: {
      value out;
      return fast_comparison(c, out) ? out : call(c, id);
    }
    case opcode::all_of:
    case opcode::any_of: return conditions(c);
    default: return visit_other(c);
  }
}

value evaluator::visit_other(const code& c) {
  switch (c.op) {
    case opcode::conditional: return conditional(c);
    case opcode::select:
    case opcode::has: return select(c);
    case opcode::host_call: return host_call(c);
    case opcode::list: return list(c);
    case opcode::map: return map(c);
    default: return macro(c);
  }
}

const value& evaluator::operand(std::uint32_t id, value& kept_here) {
  const code& c = program_.codes[id];
  if (c.op == opcode::constant) return program_.constants[c.operand];
  if (c.op == opcode::fact && c.operand < facts_.size()) return facts_[c.operand];
  if (c.op == opcode::local) return locals_[c.operand];
  kept_here = visit(id);
  return kept_here;
}

// Two known scalars of one kind, which is what guards are made of. Everything else goes the long way.
bool evaluator::fast_comparison(const code& c, value& out) {
  if (c.function > builtin::greater_equal || c.count != 2) return false;
  value kept_a;
  value kept_b;
  const auto scalar = [&](std::uint32_t i) {
    const opcode op = program_.codes[child(c, i)].op;
    return op == opcode::constant || op == opcode::fact || op == opcode::local;
  };
  if (!scalar(0) || !scalar(1)) return false;
  const value& a = operand(child(c, 0), kept_a);
  const value& b = operand(child(c, 1), kept_b);
  const bool one_number = a.is(kind::integer) || (a.kind() >= kind::money && a.kind() <= kind::month);
  if (a.kind() != b.kind() || !one_number) return false;
  meter_.spend(2);
  const std::int64_t x = a.number();
  const std::int64_t y = b.number();
  switch (c.function) {
    case builtin::equal: out = value::boolean(x == y); break;
    case builtin::unequal: out = value::boolean(x != y); break;
    case builtin::less: out = value::boolean(x < y); break;
    case builtin::less_equal: out = value::boolean(x <= y); break;
    case builtin::greater: out = value::boolean(x > y); break;
    default: out = value::boolean(x >= y); break;
  }
  return true;
}

void evaluator::weigh(value& rest, value v, std::uint32_t at) {
  if (v.is(kind::unknown)) {
    rest = rest.is(kind::unknown) ? value::unknown(joined(rest.unknown(), v.unknown())) : std::move(v);
  } else if (!v.is(kind::boolean) && rest.is(kind::boolean)) {
    rest = v.is(kind::error) ? std::move(v) : value::error(fault::no_overload, at, type_name(v));
  }
}

value evaluator::conditions(const code& c) {
  const bool all = c.op == opcode::all_of;
  value rest = value::boolean(all);  // the worst seen so far: the neutral truth, an error, or unknown
  for (std::uint32_t i = 0; i < c.count; ++i) {
    value v = visit(child(c, i));
    if (exhausted()) return exhaustion(c.at);
    if (v.is(kind::boolean) && v.is_true() != all) return v;
    weigh(rest, std::move(v), program_.codes[child(c, i)].at);
  }
  return rest;
}

value evaluator::conditional(const code& c) {
  value test = visit(child(c, 0));
  if (test.is(kind::boolean)) return visit(child(c, test.is_true() ? 1 : 2));
  if (test.is(kind::error)) return test;
  if (!test.is(kind::unknown)) return value::error(fault::no_overload, c.at, type_name(test));
  value a = visit(child(c, 1));
  value b = visit(child(c, 2));
  return merged(test, std::move(a), std::move(b), program_.codes[child(c, 0)].total);
}

// Only a test that cannot fail may be left open: 1 / x > 0 ? "a" : "a" is an error for x = 0.
value evaluator::merged(const value& test, value a, value b, bool test_is_total) {
  if (a.is(kind::error) && b.is(kind::error)) return a;
  const name_set names = joined(test.unknown(), joined(a.open_names(), b.open_names()));
  if (!test_is_total || a.is(kind::error) || b.is(kind::error)) return value::unknown(names);
  if (a.known() && identical(a, b, meter_)) return a;
  return hull(a, b, names);
}

std::optional<value> not_known(std::span<const value> arguments) {
  const value* open = nullptr;
  bool several = false;
  for (const value& v : arguments) {
    if (v.is(kind::error)) return v;
    if (!v.is(kind::unknown)) continue;
    several = open != nullptr;
    open = open == nullptr ? &v : open;
  }
  if (open == nullptr) return std::nullopt;
  if (!several && arguments.size() == 1) return *open;
  name_set names;
  for (const value& v : arguments) names = joined(names, v.open_names());
  return value::unknown(std::move(names));
}

value evaluator::call(const code& c, std::uint32_t id) {
  constexpr std::size_t most = 4;
  std::array<value, most> arguments;
  for (std::uint32_t i = 0; i < c.count && i < most; ++i) {
    arguments[i] = visit(child(c, i));
    if (exhausted()) return exhaustion(c.at);
  }
  const std::span<const value> given{arguments.data(), c.count};
  if (auto open = not_known(given)) return std::move(*open);
  for (const value& v : given) {
    if (v.is(kind::interval)) return placed(apply_interval(c.function, given, meter_), c.at);
  }
  value out = apply(c.function, given, meter_, program_.patterns[id].get());
  if (exhausted()) return exhaustion(c.at);
  // Only these make new text or lists; all others pass on what is already paid for.
  const bool makes = c.function == builtin::add || c.function == builtin::to_string || c.function == builtin::to_bytes;
  return makes ? kept(std::move(out), c.at) : placed(std::move(out), c.at);
}

namespace {

bool accepts(const type& wanted, const value& v) {
  switch (wanted.kind) {
    case type_kind::dyn:
    case type_kind::parameter:
    case type_kind::error: return true;
    case type_kind::opaque: return v.is(kind::opaque) && v.opaque().type_name == wanted.name;
    default: return name_of(wanted.kind) == type_name(v);
  }
}

}  // namespace

value evaluator::host_call(const code& c) {
  std::vector<value> given;
  for (std::uint32_t i = 0; i < c.count; ++i) given.push_back(visit(child(c, i)));
  if (exhausted()) return exhaustion(c.at);
  if (auto open = not_known(given)) return std::move(*open);
  name_set names;
  for (const value& v : given) names = joined(names, v.open_names());
  if (!names.empty()) return value::unknown(std::move(names));
  for (const overload& o : program_.hosts[c.operand]) {
    bool fits = o.parameters.size() == given.size();
    for (std::size_t i = 0; fits && i < given.size(); ++i) fits = accepts(o.parameters[i], given[i]);
    if (!fits || !*o.run) continue;
    value out = (*o.run)(given);
    if (!out.is(kind::error) && !accepts(o.result, out)) out = value::error(fault::host_failed, c.at, o.name);
    return kept(std::move(out), c.at);
  }
  return value::error(fault::no_overload, c.at, program_.hosts[c.operand].front().name);
}

value evaluator::select(const code& c) {
  value of = visit(child(c, 0));
  if (of.is(kind::error) || of.is(kind::unknown)) return of;
  if (!of.is(kind::map)) return value::error(fault::no_overload, c.at, type_name(of));
  const std::string& name = program_.names[c.operand];
  const value* found = find(of.map(), value::string(name));
  if (c.op == opcode::has) return value::boolean(found != nullptr);
  return found != nullptr ? *found : value::error(fault::no_such_key, c.at, name);
}

value evaluator::list(const code& c) {
  std::vector<value> items;
  items.reserve(c.count);
  name_set open;
  for (std::uint32_t i = 0; i < c.count; ++i) {
    items.push_back(visit(child(c, i)));
    if (exhausted()) return exhaustion(c.at);
  }
  for (const value& v : items) {
    if (v.is(kind::error)) return v;
    open = joined(open, v.open_names());
  }
  if (!open.empty()) return value::unknown(std::move(open));
  return kept(value::list(std::move(items)), c.at);
}

value evaluator::map(const code& c) {
  std::vector<value> all;
  name_set open;
  for (std::uint32_t i = 0; i < c.count; ++i) {
    all.push_back(visit(child(c, i)));
    if (exhausted()) return exhaustion(c.at);
  }
  for (const value& v : all) {
    if (v.is(kind::error)) return v;
    open = joined(open, v.open_names());
  }
  if (!open.empty()) return value::unknown(std::move(open));
  std::vector<std::pair<value, value>> entries;
  for (std::size_t i = 0; i + 1 < all.size(); i += 2) entries.emplace_back(std::move(all[i]), std::move(all[i + 1]));
  return kept(make_map(std::move(entries)), c.at);
}

}  // namespace zhuqi::dialogs::cel
