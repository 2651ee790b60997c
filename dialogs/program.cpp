// Canonical texts to values of expressions and back, type by type.
#include "dialogs/program.hpp"

#include "dialogs/cel/civil.hpp"
#include "dialogs/cel/fixed.hpp"
#include "dialogs/script.hpp"
#include "dialogs/values/canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace zhuqi::dialogs {
namespace {

using cel::type_kind;

std::optional<std::int64_t> whole(const std::string& text) {
  std::int64_t n = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return n;
}

/// The int64 behind one exact canonical text, for types that have intervals.
std::optional<std::int64_t> scalar_of(type_kind kind, const std::string& text) {
  switch (kind) {
    case type_kind::integer:
    case type_kind::money: return whole(text);
    case type_kind::decimal:
    case type_kind::percent: return cel::fixed::parse(text, 6);
    case type_kind::date: return cel::civil::parse_date(text);
    case type_kind::month: return cel::civil::parse_month(text);
    default: return std::nullopt;
  }
}

std::optional<cel::kind> scalar_kind(type_kind kind) {
  switch (kind) {
    case type_kind::integer: return cel::kind::integer;
    case type_kind::money: return cel::kind::money;
    case type_kind::decimal: return cel::kind::decimal;
    case type_kind::percent: return cel::kind::percent;
    case type_kind::date: return cel::kind::date;
    case type_kind::month: return cel::kind::month;
    default: return std::nullopt;
  }
}

cel::value bad(const std::string& canonical) { return cel::value::error(cel::fault::bad_conversion, 0, canonical); }

/// Ends that are excluded move one unit inwards: all these types are discrete here.
cel::value range_value(type_kind kind, const values::ends_text& ends, const std::string& name) {
  std::int64_t low = cel::value::open_low;
  std::int64_t high = cel::value::open_high;
  if (ends.low) {
    const auto n = scalar_of(kind, *ends.low);
    if (!n) return bad(*ends.low);
    low = *n + (ends.low_open ? 1 : 0);
  }
  if (ends.high) {
    const auto n = scalar_of(kind, *ends.high);
    if (!n) return bad(*ends.high);
    high = *n - (ends.high_open ? 1 : 0);
  }
  return cel::value::interval(*scalar_kind(kind), low, high, {name});
}

cel::value files_value(const std::string& canonical) {
  std::vector<cel::value> items;
  for (std::size_t at = 0; at < canonical.size();) {
    const std::size_t end = std::min(canonical.find('\n', at), canonical.size());
    items.push_back(cel::value::string(canonical.substr(at, end - at)));
    at = end + 1;
  }
  return cel::value::list(std::move(items));
}

struct type_in_expressions {
  cel::type operator()(const yes_no_type&) const { return {type_kind::boolean}; }
  cel::type operator()(const values::integer_type&) const { return {type_kind::integer}; }
  cel::type operator()(const values::decimal_type&) const { return {type_kind::decimal}; }
  cel::type operator()(const values::percent_type&) const { return {type_kind::percent}; }
  cel::type operator()(const values::money_type&) const { return {type_kind::money}; }
  cel::type operator()(const values::date_type&) const { return {type_kind::date}; }
  cel::type operator()(const values::month_type&) const { return {type_kind::month}; }
  cel::type operator()(const file_type& t) const {
    return t.several ? cel::list_of({type_kind::string}) : cel::type{type_kind::string};
  }
  cel::type operator()(const auto&) const { return {type_kind::string}; }
};

}  // namespace

cel::type expression_type(const variable_type& type) { return std::visit(type_in_expressions{}, type); }

cel::value to_value(const variable_type& type, const std::string& canonical, const std::string& name) {
  const type_kind kind = expression_type(type).kind;
  if (kind == type_kind::boolean) return cel::value::boolean(canonical == "true");
  if (kind == type_kind::list) return files_value(canonical);
  if (kind == type_kind::string) return cel::value::string(canonical);
  if (const auto n = scalar_of(kind, canonical)) return cel::value::scalar(*scalar_kind(kind), *n);
  const auto ends = values::ends_of(canonical);
  return ends ? range_value(kind, *ends, name) : bad(canonical);
}

std::optional<std::string> canonical_text(const cel::value& value, const variable_type& type) {
  const type_kind kind = expression_type(type).kind;
  if (value.is(cel::kind::interval) && scalar_kind(kind) == value.interval().of) {
    values::ends_text ends;
    const auto end = [&](std::int64_t n) { return canonical_text(cel::value::scalar(value.interval().of, n), type); };
    if (value.interval().low != cel::value::open_low) ends.low = end(value.interval().low);
    if (value.interval().high != cel::value::open_high) ends.high = end(value.interval().high);
    return values::canonical(ends);
  }
  if (kind == type_kind::boolean && value.is(cel::kind::boolean)) return value.is_true() ? "true" : "false";
  if (kind == type_kind::string && value.is(cel::kind::string)) return value.text();
  if (kind == type_kind::list && value.is(cel::kind::list)) {
    std::string out;
    for (const cel::value& item : value.list().items) {
      if (!item.is(cel::kind::string)) return std::nullopt;
      out.append(out.empty() ? "" : "\n").append(item.text());
    }
    return out;
  }
  if (scalar_kind(kind) != value.kind()) return std::nullopt;
  switch (kind) {
    case type_kind::decimal:
    case type_kind::percent: return cel::fixed::to_text(value.number());
    case type_kind::date: return cel::civil::date_to_text(value.number());
    case type_kind::month: return cel::civil::month_to_text(value.number());
    default: return std::to_string(value.number());
  }
}

name_scope::name_scope(const script_source& set, const dialog& d) {
  using from = name_binding::from;
  for (const variable& v : d.vars) declare(v.id, {from::variable, v.id, v.type});
  for (const parameter& p : set.parameters) {
    const bool named = std::find(d.params.begin(), d.params.end(), p.id) != d.params.end();
    if (named) declare("p." + p.id, {from::parameter, p.id, p.type});
  }
  for (const state& s : d.states) {
    const auto* ask = std::get_if<do_node>(&s.what);
    if (ask == nullptr) continue;
    for (const service& known : set.services) {
      if (known.id != ask->service_id) continue;
      for (const service::field& f : known.returns) declare("result." + f.id, {from::result, f.id, f.type});
    }
  }
  declare("outcome", {from::outcome, "outcome", text_type{}});
}

void name_scope::declare(const std::string& name, name_binding binding) {
  // Two services may return a field of one name: the first decides its type, and the checker compares.
  if (names_.declare(name, expression_type(binding.type))) bindings_.push_back(std::move(binding));
}

std::shared_ptr<const program> program::compile(std::string_view source, const name_scope& scope,
                                                std::optional<cel::type> wanted, cel::checked& findings) {
  findings = {};
  const cel::parsed read = cel::parse(source);
  if (!read.good()) {
    findings.problems = read.problems;
    return nullptr;
  }
  findings = cel::check(read.tree, scope.names(), {cel::strictness::typed, std::move(wanted)});
  if (!findings.good()) return nullptr;
  auto out = std::make_shared<program>();
  out->code_ = findings.runnable;
  for (const std::string& name : findings.reads) {
    const std::uint32_t slot = *scope.names().slot_of(name);
    out->reads_.push_back({slot, name, scope.bindings()[slot]});
    out->slots_ = std::max(out->slots_, slot + 1);
  }
  const std::string& whole_source = read.tree.source();
  if (findings.reads.size() == 1 && findings.reads.front() == whole_source) {
    out->only_name_ = out->reads_.front().binding;
  }
  return out;
}

cel::value program::run(const name_values& values) const {
  constexpr std::size_t few = 24;
  std::array<cel::value, few> near;
  std::vector<cel::value> far(slots_ > few ? slots_ : 0);
  const std::span<cel::value> facts = slots_ > few ? std::span{far} : std::span{near}.first(slots_);
  for (const read& r : reads_) {
    if (const std::string* text = values.of(r.binding)) facts[r.slot] = to_value(r.binding.type, *text, r.name);
  }
  return cel::evaluate(*code_, facts);
}

}  // namespace zhuqi::dialogs
