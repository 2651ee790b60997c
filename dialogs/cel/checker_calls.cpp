// Calls and operators: which signature fits, and which sentence explains that none does.

#include "dialogs/cel/checker.hpp"
#include "dialogs/cel/limits.hpp"

#include <algorithm>

namespace zhuqi::dialogs::cel {
namespace {

std::string joined_types(const std::vector<type>& all, std::size_t skip) {
  std::string out;
  for (std::size_t i = skip; i < all.size(); ++i) out += (i > skip ? ", " : "") + to_text(all[i]);
  return out;
}

bool is_undecided(const type& t) {
  return t.is(type_kind::dyn) || t.is(type_kind::error) || t.is(type_kind::parameter);
}

bool is_plain_number(const type& t) {
  return t.is(type_kind::integer) || t.is(type_kind::unsigned_integer) || t.is(type_kind::floating);
}

// yuan(12.5), percent(5.5), decimal(0.1) and pct(x, 5.5) read their number exactly as it is written.
bool takes_numbers(builtin f, type_kind as) {
  if (f == builtin::pct) return as == type_kind::percent;
  return as == type_kind::decimal &&
         (f == builtin::yuan || f == builtin::percent || f == builtin::decimal || f == builtin::round_fen);
}

}  // namespace

type checker::visit_call(node_id id) {
  const node& n = tree_[id];
  meaning& m = meanings_[id];
  if (!n.member) return call(id, n.text, 0, false);
  const std::string prefix = dotted(n.children[0]);
  if (!prefix.empty() && !declared(prefix)) {
    const std::string whole = prefix + "." + n.text;
    // An undeclared word in front can only be the name of a service.
    if (names_.has_function(whole) || !declared(prefix.substr(0, prefix.find('.')))) {
      m.how = meaning::form::qualified_call;
      return call(id, whole, 1, false);
    }
  }
  return call(id, n.text, 0, true);
}

type checker::visit_operation(node_id id) {
  const node& n = tree_[id];
  return call(id, std::string{spelling(n.op)}, 0, false);
}

type checker::call(node_id id, const std::string& function, std::size_t skip, bool member) {
  const node& n = tree_[id];
  std::vector<type> given;
  for (std::size_t i = skip; i < n.children.size(); ++i) given.push_back(visit(n.children[i]));
  std::vector<const overload*> all;
  for (const overload* o : names_.overloads_of(function)) {
    if (o->member == member) all.push_back(o);
  }
  meaning& m = meanings_[id];
  if (all.empty()) {
    m.how = meaning::form::unknown_function;
    const bool known = names_.has_function(function);
    report(rule::unknown_function, id, {function, known ? "" : names_.nearest_function(function)});
    return failed();
  }
  if (auto result = resolve(id, all, given)) return *result;
  if (auto result = resolve_coerced(id, all, given, skip)) return *result;
  if (how_ == strictness::dynamic) {
    // Which one it is shows when it runs; none at all is an error then.
    for (const overload* o : all) {
      if (o->parameters.size() == given.size()) m.picks.push_back(o);
    }
    if (m.picks.empty()) m.how = meaning::form::unknown_function;
    return failed();
  }
  mismatch(id, function, all, given, skip);
  return failed();
}

std::optional<type> checker::resolve(node_id id, const std::vector<const overload*>& all,
                                     const std::vector<type>& given) {
  std::optional<type> result;
  for (const overload* o : all) {
    if (o->parameters.size() != given.size()) continue;
    std::map<std::string, type> names;
    std::vector<type> wanted;
    wanted.reserve(o->parameters.size());
    for (const type& p : o->parameters) wanted.push_back(solver_.instantiate(p, names));
    if (!solver_.assignable(given, wanted)) continue;
    meanings_[id].picks.push_back(o);
    type one = solver_.filled(solver_.instantiate(o->result, names));
    if (!result) {
      result = std::move(one);
    } else if (!(*result == one)) {
      result = type{type_kind::dyn};
    }
  }
  if (result && meanings_[id].picks.front()->code == builtin::brackets) check_brackets(id);
  return result;
}

// A number literal beside a percent or decimal is one itself: cut <= 5.5, decimal(0.1), brackets' tables.
std::optional<type> checker::resolve_coerced(node_id id, const std::vector<const overload*>& all,
                                             const std::vector<type>& given, std::size_t skip) {
  const node& n = tree_[id];
  for (const type_kind target : {type_kind::percent, type_kind::decimal}) {
    // 1 == 1.5 stays what it is: two numbers.
    const bool meets_one =
        std::any_of(given.begin(), given.end(), [&](const type& t) { return solver_.filled(t).is(target); });
    if (!meets_one && !takes_numbers(all.front()->code, target)) continue;
    std::vector<type> tried = given;
    bool any = false;
    for (std::size_t i = 0; i < tried.size(); ++i) {
      if (!is_number_literal(tree_[n.children[i + skip]])) continue;
      tried[i] = {target};
      any = true;
    }
    if (!any) return std::nullopt;
    auto result = resolve(id, all, tried);
    if (!result) continue;
    for (std::size_t i = 0; i < tried.size(); ++i) {
      const node_id child = n.children[i + skip];
      if (is_number_literal(tree_[child])) meanings_[child].coerced = target;
    }
    return result;
  }
  return std::nullopt;
}

void checker::mismatch(node_id id, const std::string& function, const std::vector<const overload*>& all,
                       const std::vector<type>& given, std::size_t skip) {
  std::vector<type> plain;
  plain.reserve(given.size());
  for (const type& t : given) plain.push_back(solver_.settled(t));
  if (std::any_of(plain.begin(), plain.end(), [](const type& t) { return t.is(type_kind::error); })) return;
  const node& n = tree_[id];
  if (n.kind == node_kind::operation) return operator_mismatch(id, plain);
  const bool wants_money = std::any_of(all.begin(), all.end(), [&](const overload* o) {
    if (o->parameters.size() != plain.size()) return false;
    bool others_fit = false;  // cap(1, 2.5) is about no money
    for (std::size_t i = 0; i < plain.size(); ++i) {
      const bool fits = o->parameters[i] == plain[i];
      if (!fits && !(o->parameters[i].is(type_kind::money) && is_plain_number(plain[i]))) return false;
      others_fit = others_fit || fits;
    }
    return others_fit;
  });
  for (std::size_t i = 0; wants_money && i < plain.size(); ++i) {
    if (!is_plain_number(plain[i])) continue;
    report(rule::money_needs_unit, n.children[i + skip],
           {function + "()", std::string{tree_.text_of(n.children[i + skip])}});
    return;
  }
  std::string wanted;
  for (const overload* o : all) {
    const std::string one = (o->member ? to_text(o->parameters[0]) + "." : "") + function + "(" +
                            joined_types(o->parameters, o->member ? 1 : 0) + ")";
    wanted += (wanted.empty() ? "" : ", ") + one;
  }
  report(rule::arguments_mismatch, id, {function, joined_types(plain, 0), wanted});
}

void checker::operator_mismatch(node_id id, const std::vector<type>& given) {
  const node& n = tree_[id];
  const std::string sign{spelling(n.op)};
  if (given.size() == 1) return report(rule::operator_mismatch, id, {sign, to_text(given[0]), ""});
  const bool unit_matters = is_comparison(n.op) || n.op == operation::add || n.op == operation::subtract;
  for (std::size_t i = 0; i < 2 && unit_matters; ++i) {
    if (given[i].is(type_kind::money) && is_plain_number(given[1 - i])) {
      return report(rule::money_needs_unit, id, {sign, std::string{tree_.text_of(n.children[1 - i])}});
    }
  }
  const rule what = is_comparison(n.op) ? rule::compared_mismatch : rule::operator_mismatch;
  report(what, id, {sign, to_text(given[0]), to_text(given[1])});
}

// brackets(x, [[from, rate], …]): from is money or a number of yuan, rate a percent, a decimal or a number.
void checker::check_brackets(node_id id) {
  const node& n = tree_[id];
  const node& table = tree_[n.children[1]];
  if (table.kind != node_kind::list) return;  // checked when it runs
  for (const node_id row_id : table.children) {
    const node& row = tree_[row_id];
    if (row.kind != node_kind::list || row.children.size() != 2) return report(rule::brackets_form, row_id, {});
    for (std::size_t i = 0; i < 2; ++i) {
      const node_id cell = row.children[i];
      const type t = settled(cell);
      if (is_number_literal(tree_[cell])) {
        meanings_[cell].coerced = i == 0 ? type_kind::money : type_kind::decimal;
      } else if (!is_undecided(t) &&
                 !(i == 0 ? t.is(type_kind::money) : t.is(type_kind::percent) || t.is(type_kind::decimal))) {
        return report(rule::brackets_form, cell, {});
      }
    }
  }
}

}  // namespace zhuqi::dialogs::cel
