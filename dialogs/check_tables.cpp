// What is declared in one place and used in another.
#include "dialogs/check_tables.hpp"

#include "dialogs/formulas.hpp"
#include "dialogs/program.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace zhuqi::dialogs {
namespace {

/// A choice is the same in two dialogs where its options are: a value that one of them does not know would be lost there.
std::string slot_type_of(const variable_type& type) {
  std::string out{type_name_of(type)};
  const auto* choice = std::get_if<choice_type>(&type);
  if (choice == nullptr) return out;
  std::set<std::string> ids;
  for (const choice_option& o : choice->options) ids.insert(o.id);
  out += '{';
  for (const std::string& id : ids) out += (out.back() == '{' ? "" : ", ") + id;
  return out + '}';
}

/// "min > max" in words where it is so, else "".
struct range_fault {
  template <class T>
  static std::string compare(const std::optional<T>& low, const std::optional<T>& high, auto text) {
    return low && high && *high < *low ? text(*low) + " > " + text(*high) : std::string{};
  }
  static std::string whole(std::int64_t n) { return std::to_string(n); }
  static std::string exact(const values::decimal& d) { return d.text(); }

  std::string operator()(const values::integer_type& t) const { return compare(t.min, t.max, whole); }
  std::string operator()(const values::money_type& t) const { return compare(t.min_fen, t.max_fen, whole); }
  std::string operator()(const values::decimal_type& t) const { return compare(t.min, t.max, exact); }
  std::string operator()(const values::percent_type& t) const { return compare(t.min, t.max, exact); }
  std::string operator()(const values::duration_type& t) const { return compare(t.min_days, t.max_days, whole); }
  std::string operator()(const values::month_type& t) const { return compare(t.min_months, t.max_months, whole); }
  std::string operator()(const values::date_type& t) const {
    const std::string days = compare(t.min_days, t.max_days, whole);
    return days.empty() && t.not_before && t.not_after && *t.not_after < *t.not_before ? "not_before > not_after"
                                                                                       : days;
  }
  std::string operator()(const auto&) const { return {}; }
};

std::set<std::string> names_read(const script_source& source, const dialog& d) {
  std::set<std::string> out;
  const name_scope scope{source, d};
  for_each_formula(d, [&](const formula& f, const std::optional<cel::type>&) {
    if (f.source == "summary" || f.source == "opens") return;
    cel::checked found;
    program::compile(f.source, scope, std::nullopt, found);
    out.insert(found.reads.begin(), found.reads.end());
    if (!found.good()) out.insert("");  // it may read anything
  });
  return out;
}

}  // namespace

void check_slots(const script_source& source, std::vector<diagnostic>& out) {
  std::map<std::string, std::string> types;
  for (const dialog& d : source.dialogs) {
    for (const variable& v : d.vars) {
      if (v.slot.empty()) continue;
      const std::string type = slot_type_of(v.type);
      const auto [known, is_new] = types.emplace(v.slot, type);
      if (!is_new && known->second != type) {
        out.push_back({d.file, v.where.line, v.where.column, rule::slot_type, {v.slot, known->second, type}});
      }
    }
  }
}

void check_parameters(const script_source& source, const dialog& d, std::vector<diagnostic>& out) {
  std::string begin;
  std::vector<const parameter*> used;
  for (const parameter& p : source.parameters) {
    if (std::find(d.params.begin(), d.params.end(), p.id) == d.params.end() || p.values.empty()) continue;
    used.push_back(&p);
    if (begin.empty() || p.values.front().from < begin) begin = p.values.front().from;
  }
  for (const parameter* p : used) {
    const std::string& first = p->values.front().from;
    if (first != begin) {
      out.push_back({p->file, p->where.line, p->where.column, rule::parameter_gap, {p->id, first, d.id, begin}});
    }
  }
}

void check_ranges(const script_source& source, std::vector<diagnostic>& out) {
  const auto check = [&](const std::string& file, source_mark at, const std::string& id, const variable_type& type) {
    const std::string fault = std::visit(range_fault{}, type);
    if (!fault.empty()) out.push_back({file, at.line, at.column, rule::empty_range, {id, fault}});
  };
  for (const dialog& d : source.dialogs) {
    for (const variable& v : d.vars) check(d.file, v.where, v.id, v.type);
  }
  for (const parameter& p : source.parameters) check(p.file, p.where, p.id, p.type);
  for (const service& s : source.services) {
    for (const auto* fields : {&s.args, &s.returns}) {
      for (const service::field& f : *fields) check(s.file, s.where, f.id, f.type);
    }
  }
}

void check_unused(const script_source& source, const dialog& d, std::vector<diagnostic>& out) {
  std::set<std::string> used = names_read(source, d);
  if (used.contains("")) return;
  std::set<std::string> outcomes;
  used.insert(d.inputs.begin(), d.inputs.end());
  for (const state& s : d.states) {
    if (const auto* ask = std::get_if<ask_node>(&s.what)) used.insert(ask->into);
    if (const auto* call = std::get_if<call_node>(&s.what)) {
      for (const call_node::taken& t : call->take) used.insert(t.into);
    }
    std::visit(
        [&](const auto& n) {
          if constexpr (requires { n.outcome; }) outcomes.insert(n.outcome);
        },
        s.what);
  }
  const auto warn = [&](source_mark at, const std::string& name) {
    out.push_back({d.file, at.line, at.column, rule::unused, {name}});
  };
  for (const variable& v : d.vars) {
    if (!used.contains(v.id)) warn(v.where, "vars." + v.id);
  }
  for (const std::string& p : d.params) {
    const bool known = std::any_of(source.parameters.begin(), source.parameters.end(),
                                   [&](const parameter& known_one) { return known_one.id == p; });
    if (known && !used.contains("p." + p)) warn(d.where, "params." + p);
  }
  for (const std::string& o : d.outcomes) {
    if (!outcomes.contains(o)) warn(d.where, "outcomes." + o);
  }
}

}  // namespace zhuqi::dialogs
