// The type rules of the script format, one accessor each.
#include "dialogs/yaml_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace zhuqi::dialogs {
namespace {

constexpr std::array<std::string_view, 10> reserved_ids{"yes",  "no",    "on",   "off",   "null",
                                                        "true", "false", "vars", "title", "interrupts"};

bool is_id(std::string_view s) {
  const auto part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !s.empty() && s.size() <= 64 && s[0] >= 'a' && s[0] <= 'z' && std::all_of(s.begin(), s.end(), part) &&
         std::find(reserved_ids.begin(), reserved_ids.end(), s) == reserved_ids.end();
}

std::string joined(std::initializer_list<std::string_view> names) {
  std::string out;
  for (std::string_view n : names) out.append(out.empty() ? "" : ", ").append(n);
  return out;
}

/// "10m" → 600,000; nothing for what is no duration, is 0 or is longer than a year.
std::optional<std::int64_t> parse_duration(std::string_view s) {
  if (s == "never") return 0;
  std::int64_t n = 0;
  const auto [end, failure] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (failure != std::errc{} || end != s.data() + s.size() - 1 || n <= 0 || n > 366LL * 24 * 3600) return std::nullopt;
  std::int64_t unit = 0;
  switch (*end) {
    case 's': unit = 1000; break;
    case 'm': unit = 60 * 1000; break;
    case 'h': unit = 3600 * 1000; break;
    case 'd': unit = 24 * 3600 * 1000; break;
    default: return std::nullopt;
  }
  constexpr std::int64_t year_ms = 366LL * 24 * 3600 * 1000;
  return n * unit <= year_ms ? std::optional{n * unit} : std::nullopt;
}

}  // namespace

void wrong_type(const yaml_findings& findings, source_mark at, std::string_view key, type_name wanted) {
  findings.add(at, rule::wrong_type, {std::string{key}, std::string{wanted.zh}, std::string{wanted.en}});
}

std::string checked_id(const yaml_findings& findings, const yaml_node& scalar) {
  if (scalar.what == yaml_node::kind::scalar && is_id(scalar.value)) return scalar.value;
  findings.add(scalar.where, rule::bad_id, {scalar.value});
  return {};
}

std::optional<text_template> checked_text(const yaml_findings& findings, const yaml_node& scalar,
                                          std::string_view key) {
  if (scalar.what != yaml_node::kind::scalar || scalar.value.empty()) {
    wrong_type(findings, scalar.where, key, a_text);
    return std::nullopt;
  }
  std::string_view value = scalar.value;
  while (!value.empty() && value.back() == '\n') value.remove_suffix(1);  // block scalars end with one
  auto parsed = text_template::parse(value);
  if (!parsed) {
    findings.add(scalar.where, rule::bad_placeholder, {scalar.value});
    return parsed;
  }
  for (text_part& p : parsed->parts()) p.placeholder.where = scalar.where;
  return parsed;
}

yaml_fields::yaml_fields(const yaml_findings& findings, const yaml_node& map, std::string what)
    : findings_{findings}, node_{map}, what_{std::move(what)} {
  if (!usable()) wrong_type(findings_, map.where, what_, a_mapping);
}

yaml_fields::yaml_fields(const yaml_findings& findings, const yaml_node& map, std::string what,
                         std::initializer_list<std::string_view> known)
    : yaml_fields{findings, map, std::move(what)} {
  for (const auto& [key, value] : map.pairs) {
    if (std::find(known.begin(), known.end(), key.value) == known.end()) {
      findings_.add(key.where, rule::unknown_key, {key.value, joined(known)});
    }
  }
}

void yaml_fields::require(std::string_view key) const {
  if (usable() && !has(key)) findings_.add(node_.where, rule::missing_key, {what_, std::string{key}});
}

const yaml_node* yaml_fields::of_kind(std::string_view key, yaml_node::kind wanted, type_name name) const {
  const yaml_node* found = node_.find(key);
  if (found == nullptr || found->what == wanted) return found;
  wrong_type(findings_, found->where, key, name);
  return nullptr;
}

const yaml_node* yaml_fields::list(std::string_view key) const { return of_kind(key, yaml_node::kind::list, a_list); }
const yaml_node* yaml_fields::mapping(std::string_view key) const {
  return of_kind(key, yaml_node::kind::mapping, a_mapping);
}

std::string yaml_fields::text(std::string_view key) const {
  const yaml_node* found = of_kind(key, yaml_node::kind::scalar, a_text);
  return found != nullptr ? found->value : std::string{};
}

std::string yaml_fields::id(std::string_view key) const {
  const yaml_node* found = node_.find(key);
  return found != nullptr ? checked_id(findings_, *found) : std::string{};
}

localized yaml_fields::sentence(std::string_view key) const {
  localized out;
  if (const yaml_node* found = node_.find(key)) {
    out.where = found->where;
    if (auto t = checked_text(findings_, *found, key)) out.in(lang::zh_cn) = std::move(*t);
  }
  return out;
}

std::vector<localized> yaml_fields::sentences(std::string_view key) const {
  std::vector<localized> out;
  const yaml_node* found = node_.find(key);
  if (found == nullptr) return out;
  const bool one = found->what == yaml_node::kind::scalar;
  if (!one && found->what != yaml_node::kind::list) {
    wrong_type(findings_, found->where, key, a_list);
    return out;
  }
  const auto add = [&](const yaml_node& item) {
    if (auto t = checked_text(findings_, item, key)) {
      localized text;
      text.where = item.where;
      text.in(lang::zh_cn) = std::move(*t);
      out.push_back(std::move(text));
    }
  };
  if (one) add(*found);
  for (const yaml_node& item : found->items) add(item);
  return out;
}

std::vector<std::string> yaml_fields::texts(std::string_view key) const {
  std::vector<std::string> out;
  const yaml_node* found = node_.find(key);
  if (found == nullptr) return out;
  const auto add = [&](const yaml_node& item) {
    if (item.what == yaml_node::kind::scalar && !item.value.empty()) {
      out.push_back(item.value);
    } else {
      wrong_type(findings_, item.where, key, a_text);
    }
  };
  if (found->what == yaml_node::kind::list) {
    for (const yaml_node& item : found->items) add(item);
  } else {
    add(*found);
  }
  return out;
}

formula yaml_fields::expression(std::string_view key) const {
  const yaml_node* found = node_.find(key);
  return {text(key), found != nullptr ? found->where : node_.where, nullptr};
}

void yaml_fields::only(std::string_view key, std::initializer_list<std::string_view> allowed) const {
  const yaml_node* found = node_.find(key);
  if (found == nullptr || std::find(allowed.begin(), allowed.end(), found->value) != allowed.end()) return;
  findings_.add(found->where, rule::bad_value, {std::string{key}, found->value, joined(allowed)});
}

bool yaml_fields::flag(std::string_view key) const {
  only(key, {"true", "false"});
  const yaml_node* found = node_.find(key);
  return found != nullptr && found->value == "true";
}

std::optional<int> yaml_fields::percent(std::string_view key) const {
  const yaml_node* found = node_.find(key);
  if (found == nullptr) return std::nullopt;
  const std::string& v = found->value;
  const bool fraction = (v.size() == 3 || v.size() == 4) && v.starts_with("0.") && v[2] >= '0' && v[2] <= '9' &&
                        (v.size() == 3 || (v[3] >= '0' && v[3] <= '9'));
  if (fraction) return (v[2] - '0') * 10 + (v.size() == 4 ? v[3] - '0' : 0);
  if (v != "1") findings_.add(found->where, rule::bad_value, {std::string{key}, v, "0.50 – 1"});
  return 100;
}

std::optional<int> yaml_fields::number(std::string_view key, int least, int most) const {
  const yaml_node* found = node_.find(key);
  if (found == nullptr) return std::nullopt;
  int n = 0;
  const std::string& v = found->value;
  const auto [end, failure] = std::from_chars(v.data(), v.data() + v.size(), n);
  if (found->what != yaml_node::kind::scalar || failure != std::errc{} || end != v.data() + v.size()) {
    wrong_type(findings_, found->where, key, a_number);
    return std::nullopt;
  }
  if (n < least || n > most) {
    findings_.add(found->where, rule::bad_value,
                  {std::string{key}, v, std::to_string(least) + "–" + std::to_string(most)});
    return std::nullopt;
  }
  return n;
}

std::optional<std::int64_t> yaml_fields::duration(std::string_view key) const {
  const yaml_node* found = node_.find(key);
  if (found == nullptr) return std::nullopt;
  const auto parsed = found->what == yaml_node::kind::scalar ? parse_duration(found->value) : std::nullopt;
  if (!parsed) wrong_type(findings_, found->where, key, a_duration);
  return parsed;
}

std::optional<std::vector<std::int64_t>> yaml_fields::durations(std::string_view key) const {
  const yaml_node* found = node_.find(key);
  if (found == nullptr) return std::nullopt;
  std::vector<std::int64_t> out;
  const auto add = [&](const yaml_node& item) {
    const auto parsed = item.what == yaml_node::kind::scalar ? parse_duration(item.value) : std::nullopt;
    if (!parsed || (*parsed <= (out.empty() ? 0 : out.back()) && item.value != "never")) {
      wrong_type(findings_, item.where, key, a_duration);
    } else if (*parsed > 0) {
      out.push_back(*parsed);
    }
  };
  if (found->what == yaml_node::kind::list) {
    for (const yaml_node& item : found->items) add(item);
  } else {
    add(*found);
  }
  return out;
}

}  // namespace zhuqi::dialogs
