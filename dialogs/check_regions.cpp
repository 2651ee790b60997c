// Where a domain is cut: `<=` and `>` cut after a constant, `<` and `>=` before it, `==` and `in` on both sides.
#include "dialogs/check_regions.hpp"

#include "dialogs/cel/civil.hpp"
#include "dialogs/cel/fixed.hpp"

#include <algorithm>
#include <set>

namespace zhuqi::dialogs {
namespace {

using cel::operation;
using cel::value;

constexpr std::size_t most_cuts = 2000;

cel::kind ordered_kind(const variable_type& type) {
  switch (expression_type(type).kind) {
    case cel::type_kind::integer: return cel::kind::integer;
    case cel::type_kind::money: return cel::kind::money;
    case cel::type_kind::decimal: return cel::kind::decimal;
    case cel::type_kind::percent: return cel::kind::percent;
    case cel::type_kind::date: return cel::kind::date;
    case cel::type_kind::month: return cel::kind::month;
    default: return cel::kind::unset;
  }
}

struct ends {
  std::int64_t low = value::open_low;
  std::int64_t high = value::open_high;
};

/// The limits of a type as the int64 behind its values. Limits that move with the day are no limits here.
struct limits_of {
  ends operator()(const values::integer_type& t) const { return from(t.min, t.max); }
  ends operator()(const values::money_type& t) const { return from(t.min_fen, t.max_fen); }
  ends operator()(const values::decimal_type& t) const { return from(scaled(t.min), scaled(t.max)); }
  ends operator()(const values::percent_type& t) const { return from(scaled(t.min), scaled(t.max)); }
  ends operator()(const values::date_type& t) const { return from(days(t.not_before), days(t.not_after)); }
  ends operator()(const auto&) const { return {}; }

 private:
  static ends from(std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
    return {low.value_or(value::open_low), high.value_or(value::open_high)};
  }
  static std::optional<std::int64_t> scaled(const std::optional<values::decimal>& d) {
    return d ? cel::fixed::parse(d->text(), 6) : std::nullopt;
  }
  static std::optional<std::int64_t> days(const std::optional<values::civil_date>& d) {
    if (!d) return std::nullopt;
    return cel::civil::days_since_1970({d->year, d->month, d->day});
  }
};

/// What the conditions compare one name with.
class cuts {
 public:
  cuts(const name_scope& scope, std::span<const parameter> parameters, std::span<const condition> conditions,
       const std::string& name, std::uint32_t slot)
      : scope_{scope}, parameters_{parameters} {
    for (const condition& c : conditions) {
      if (std::find(c.reads.begin(), c.reads.end(), slot) == c.reads.end()) continue;
      read_ = true;
      for (const cel::atom& a : c.atoms) take(a, name);
    }
  }

  bool read() const { return read_; }
  bool only_equalities() const { return only_equalities_; }
  const std::vector<std::pair<operation, value>>& constants() const { return constants_; }

 private:
  static operation mirrored(operation op) {
    switch (op) {
      case operation::less: return operation::greater;
      case operation::less_equal: return operation::greater_equal;
      case operation::greater: return operation::less;
      case operation::greater_equal: return operation::less_equal;
      default: return op;
    }
  }

  void take(const cel::atom& a, const std::string& name) {
    using form = cel::atom::form;
    if (a.how == form::other) only_equalities_ = false;
    if (a.how == form::compared_constant && a.name == name) add(a.op, a.constant);
    if (a.how == form::one_of && a.name == name) {
      for (const value& item : a.constant.list().items) add(operation::equal, item);
    }
    if (a.how == form::compared_name && a.name == name) compare(a.op, a.other_name);
    if (a.how == form::compared_name && a.other_name == name) compare(mirrored(a.op), a.name);
  }

  void compare(operation op, const std::string& other) {
    const auto slot = scope_.names().slot_of(other);
    const bool with_parameter = slot && scope_.bindings()[*slot].where == name_binding::from::parameter;
    if (!with_parameter) only_equalities_ = false;
    if (!with_parameter) return;
    for (const parameter& p : parameters_) {
      if (p.id != scope_.bindings()[*slot].id) continue;
      for (const parameter::dated& v : p.values) add(op, to_value(p.type, v.is, other));
    }
  }

  void add(operation op, value constant) {
    if (op != operation::equal && op != operation::unequal) only_equalities_ = false;
    if (constants_.size() < most_cuts) constants_.emplace_back(op, std::move(constant));
  }

  const name_scope& scope_;
  std::span<const parameter> parameters_;
  std::vector<std::pair<operation, value>> constants_;
  bool read_ = false;
  bool only_equalities_ = true;
};

domain ordered_domain(cel::kind kind, ends limits, const cuts& at, const std::string& name) {
  std::set<std::int64_t> starts{limits.low};
  const auto start = [&](std::int64_t n) {
    if (n > limits.low && n <= limits.high) starts.insert(n);
  };
  for (const auto& [op, constant] : at.constants()) {
    if (!constant.is(kind)) continue;
    const std::int64_t n = constant.number();
    const bool before = op != operation::less_equal && op != operation::greater;
    const bool after = op != operation::less && op != operation::greater_equal;
    if (before) start(n);
    if (after && n < value::open_high) start(n + 1);
  }
  domain out{kind, {}};
  for (auto s = starts.begin(); s != starts.end(); ++s) {
    const std::int64_t high = std::next(s) == starts.end() ? limits.high : *std::next(s) - 1;
    region r{value::interval(kind, *s, high, {name}), true, *s, high, {}};
    // With both ends open nothing is known of the value, which an interval need not be able to say.
    if (*s == value::open_low && high == value::open_high) r.fact = value::unknown({name});
    out.regions.push_back(std::move(r));
  }
  return out;
}

/// Texts: each constant that they are compared with, and all the others.
domain text_domain(const cuts& at, const std::string& name) {
  std::set<std::string> constants;
  for (const auto& [op, constant] : at.constants()) {
    if (constant.is(cel::kind::string)) constants.insert(constant.text());
  }
  domain out;
  for (const std::string& c : constants) out.regions.push_back({value::string(c), false, 0, 0, '"' + c + '"'});
  std::string another{"\x01"};
  while (constants.contains(another)) another += '\x01';
  out.regions.push_back({at.only_equalities() ? value::string(another) : value::unknown({name}), false, 0, 0, "…"});
  return out;
}

domain domain_of(const name_binding& binding, const cuts& at, const std::string& name,
                 const std::vector<std::string>& outcomes) {
  domain out;
  const auto add = [&](value fact, std::string text) {
    out.regions.push_back({std::move(fact), false, 0, 0, std::move(text)});
  };
  if (!at.read()) {
    add(value::unknown({name}), "…");
  } else if (binding.where == name_binding::from::outcome) {
    for (const std::string& o : outcomes) add(value::string(o), o);
    if (outcomes.empty()) add(value::unknown({name}), "…");
  } else if (const auto* choice = std::get_if<choice_type>(&binding.type)) {
    for (const choice_option& o : choice->options) add(value::string(o.id), o.id);
    if (choice->options.empty()) add(value::unknown({name}), "…");
  } else if (std::holds_alternative<yes_no_type>(binding.type)) {
    add(value::boolean(true), "true");
    add(value::boolean(false), "false");
  } else if (const cel::kind kind = ordered_kind(binding.type); kind != cel::kind::unset) {
    return ordered_domain(kind, std::visit(limits_of{}, binding.type), at, name);
  } else if (expression_type(binding.type).is(cel::type_kind::string)) {
    return text_domain(at, name);
  } else {
    add(value::unknown({name}), "…");
  }
  return out;
}

std::string number_text(cel::kind kind, std::int64_t n) {
  switch (kind) {
    case cel::kind::money: return cel::fixed::money_to_text(n);
    case cel::kind::percent: return cel::fixed::to_text(n) + '%';
    case cel::kind::decimal: return cel::fixed::to_text(n);
    case cel::kind::date: return cel::civil::date_to_text(n);
    case cel::kind::month: return cel::civil::month_to_text(n);
    default: return std::to_string(n);
  }
}

std::string range_text(cel::kind kind, std::int64_t low, std::int64_t high) {
  if (low == value::open_low && high == value::open_high) return "…";
  if (low == value::open_low) return "≤ " + number_text(kind, high);
  if (high == value::open_high) return "≥ " + number_text(kind, low);
  return low == high ? number_text(kind, low) : number_text(kind, low) + "–" + number_text(kind, high);
}

}  // namespace

std::vector<domain> cut_domains(const name_scope& scope, std::span<const parameter> parameters,
                                std::span<const condition> conditions, const std::vector<std::string>& outcomes) {
  std::vector<domain> out;
  for (std::uint32_t slot = 0; slot < scope.bindings().size(); ++slot) {
    const std::string& name = scope.names().variables()[slot].name;
    const cuts at{scope, parameters, conditions, name, slot};
    out.push_back(domain_of(scope.bindings()[slot], at, name, outcomes));
  }
  return out;
}

std::string words_of(const domain& d, std::span<const std::size_t> regions) {
  std::string out;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const region& first = d.regions[regions[i]];
    std::string text = first.text;
    if (first.is_range) {
      while (i + 1 < regions.size() && regions[i + 1] == regions[i] + 1) ++i;
      text = range_text(d.ordered, first.low, d.regions[regions[i]].high);
    }
    out += (out.empty() ? "" : " / ") + text;
  }
  return out;
}

std::vector<std::size_t> regions_within(const domain& d, const variable_type& type) {
  const ends limits = std::visit(limits_of{}, type);
  const auto* choice = std::get_if<choice_type>(&type);
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < d.regions.size(); ++i) {
    const region& r = d.regions[i];
    const bool has_option = choice == nullptr || !r.fact.is(cel::kind::string) ||
                            std::any_of(choice->options.begin(), choice->options.end(),
                                        [&](const choice_option& o) { return o.id == r.fact.text(); });
    if (has_option && (!r.is_range || (r.low <= limits.high && limits.low <= r.high))) out.push_back(i);
  }
  return out;
}

}  // namespace zhuqi::dialogs
