#include "dialogs/cel/environment.hpp"

#include "dialogs/cel/lexer.hpp"
#include "dialogs/cel/limits.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace zhuqi::dialogs::cel {
namespace {

bool is_dotted_name(std::string_view name) {
  while (true) {
    const auto dot = name.find('.');
    const std::string_view word = name.substr(0, dot);
    if (!is_word(word) || is_keyword(word)) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

// Levenshtein's distance; names longer than the bound count as far away.
std::size_t distance(std::string_view a, std::string_view b) {
  constexpr std::size_t longest = 64;
  if (a.size() > longest || b.size() > longest) return longest;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

struct nearest {
  std::string_view wanted;
  std::string found{};
  std::size_t best = 3;
  void look_at(const std::string& name) {
    const std::size_t d = distance(wanted, name);
    if (d < best && d < name.size()) {
      best = d;
      found = name;
    }
  }
};

std::string_view trimmed(std::string_view s) {
  while (s.starts_with(' ')) s.remove_prefix(1);
  while (s.ends_with(' ')) s.remove_suffix(1);
  return s;
}

// "int, list(string)" at the commas outside of parentheses.
std::optional<std::vector<type>> parse_parameters(std::string_view text) {
  std::vector<type> out;
  std::size_t begin = 0;
  int open = 0;
  if (trimmed(text).empty()) return out;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '(') ++open;
    if (i < text.size() && text[i] == ')') --open;
    if (i < text.size() && (text[i] != ',' || open > 0)) continue;
    auto one = parse_type(trimmed(text.substr(begin, i - begin)));
    if (!one) return std::nullopt;
    out.push_back(std::move(*one));
    begin = i + 1;
  }
  return out;
}

}  // namespace

std::optional<overload> parse_signature(std::string_view text) {
  const auto arrow = text.rfind("->");
  if (arrow == std::string_view::npos) return std::nullopt;
  auto result = parse_type(trimmed(text.substr(arrow + 2)));
  std::string_view head = trimmed(text.substr(0, arrow));
  overload out;
  const auto member = head.find("::");
  if (member != std::string_view::npos) {
    auto receiver = parse_type(trimmed(head.substr(0, member)));
    if (!receiver) return std::nullopt;
    out.member = true;
    out.parameters.push_back(std::move(*receiver));
    head.remove_prefix(member + 2);
  }
  const auto open = head.find('(');
  if (!result || open == std::string_view::npos || !head.ends_with(')')) return std::nullopt;
  auto parameters = parse_parameters(head.substr(open + 1, head.size() - open - 2));
  if (!parameters) return std::nullopt;
  out.name = head.substr(0, open);
  out.parameters.insert(out.parameters.end(), parameters->begin(), parameters->end());
  out.result = std::move(*result);
  if (out.parameters.size() > limits::arguments) return std::nullopt;
  return out;
}

std::optional<std::uint32_t> environment::declare(std::string_view name, type what) {
  if (!is_dotted_name(name) || slots_.contains(name)) return std::nullopt;
  const auto slot = static_cast<std::uint32_t>(variables_.size());
  slots_.emplace(name, slot);
  variables_.push_back({std::string{name}, std::move(what)});
  return slot;
}

bool environment::declare_function(std::string_view signature, host_function run) {
  auto found = parse_signature(signature);
  if (!found || !is_dotted_name(found->name) || standard_functions().contains(found->name)) return false;
  auto& all = functions_[found->name];
  if (all.size() >= limits::overloads) return false;
  found->run = std::make_shared<const host_function>(std::move(run));
  all.push_back(std::move(*found));
  return true;
}

std::optional<std::uint32_t> environment::slot_of(std::string_view name) const {
  const auto found = slots_.find(name);
  return found == slots_.end() ? std::nullopt : std::optional{found->second};
}

std::vector<const overload*> environment::overloads_of(std::string_view name) const {
  std::vector<const overload*> out;
  for (const auto* table : {&standard_functions(), &functions_}) {
    const auto found = table->find(name);
    if (found == table->end()) continue;
    for (const overload& o : found->second) out.push_back(&o);
  }
  return out;
}

bool environment::has_function(std::string_view name) const {
  return functions_.contains(name) || standard_functions().contains(name);
}

std::string environment::nearest_variable(std::string_view name) const {
  nearest look{name};
  for (const variable& v : variables_) look.look_at(v.name);
  return look.found;
}

std::string environment::nearest_function(std::string_view name) const {
  nearest look{name};
  for (const auto* table : {&standard_functions(), &functions_}) {
    for (const auto& [known, overloads] : *table) look.look_at(known);
  }
  return look.found;
}

}  // namespace zhuqi::dialogs::cel
