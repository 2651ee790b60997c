// The types of variables, parameters and service fields, each with the keys of its own.
#include "dialogs/cel/regex.hpp"
#include "dialogs/dialog_yaml.hpp"
#include "dialogs/script_members.hpp"
#include "dialogs/understand.hpp"
#include "dialogs/values/canonical.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace zhuqi::dialogs {
namespace {

constexpr int max_answer_chars = 2000;
constexpr int max_file_mb = 100;
constexpr int max_files = 50;
constexpr std::string_view all_types =
    "text, choice, bool, int, decimal, percent, money, date, month, duration, phone, uscc, id_number, file, files";

/// Keys that only one family of types has.
const std::map<std::string_view, std::string_view>& own_keys() {
  static const std::map<std::string_view, std::string_view> keys{
      {"of", "choice"},
      {"aliases", "choice"},
      {"min", "text int decimal percent money date month duration"},
      {"max", "text int decimal percent money date month duration"},
      {"pattern", "text"},
      {"unit", "int decimal money"},
      {"lean", "date month"},
      {"accept", "file files"},
      {"max_mb", "file files"},
      {"max_n", "files"},
  };
  return keys;
}

bool has_word(std::string_view list, std::string_view word) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (list.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

class type_reader {
 public:
  type_reader(const yaml_findings& findings, const yaml_fields& fields) : findings_{findings}, f_{fields} {}

  void operator()(text_type& t) const {
    t.min_chars = f_.number("min", 1, max_answer_chars).value_or(t.min_chars);
    t.max_chars = f_.number("max", t.min_chars, max_answer_chars).value_or(std::max(t.min_chars, t.max_chars));
    t.pattern = f_.text("pattern");
    if (const auto error = cel::regex::error_of(t.pattern); !error.empty()) bad("pattern", "RE2: " + error);
  }
  void operator()(choice_type& t) const {
    f_.require("of");
    read_options(t);
    if (const yaml_node* aliases = f_.mapping("aliases")) read_aliases(*aliases, t);
  }
  void operator()(values::integer_type& t) const {
    t.units = f_.texts("unit");
    t.min = whole("min", t);
    t.max = whole("max", t);
  }
  void operator()(values::decimal_type& t) const {
    t.units = f_.texts("unit");
    t.min = fraction("min", t);
    t.max = fraction("max", t);
  }
  void operator()(values::percent_type& t) const {
    t.min = fraction("min", t);
    t.max = fraction("max", t);
  }
  void operator()(values::money_type& t) const {
    t.min_fen = whole("min", t);
    t.max_fen = whole("max", t);
    f_.only("unit", {"元", "万元"});
    if (f_.text("unit") == "万元") t.bare_unit_fen = 1'000'000;
  }
  void operator()(values::date_type& t) const {
    read_lean(t.year);
    read_day("min", t.min_days, t.not_before);
    read_day("max", t.max_days, t.not_after);
  }
  void operator()(values::month_type& t) const {
    read_lean(t.year);
    t.min_months = f_.number("min", -1200, 1200);
    t.max_months = f_.number("max", -1200, 1200);
  }
  void operator()(values::duration_type& t) const {
    t.min_days = f_.number("min", 0, 36'500);
    t.max_days = f_.number("max", 0, 36'500);
  }
  void operator()(file_type& t) const {
    t.accept = f_.texts("accept");
    t.max_mb = f_.number("max_mb", 1, max_file_mb).value_or(t.max_mb);
    t.max_count = t.several ? f_.number("max_n", 1, max_files).value_or(9) : 1;
  }
  void operator()(auto&) const {}

 private:
  void bad(std::string_view key, std::string wanted) const {
    findings_.add(f_.raw(key)->where, rule::bad_value, {std::string{key}, f_.text(key), std::move(wanted)});
  }

  std::optional<std::string> constant(std::string_view key, const variable_type& type) const {
    if (!f_.has(key)) return std::nullopt;
    auto value = read_constant(type, f_.text(key));
    if (!value || value->find("..") != std::string::npos) {
      bad(key, std::string{type_name_of(type)});
      return std::nullopt;
    }
    return value;
  }
  std::optional<std::int64_t> whole(std::string_view key, const variable_type& type) const {
    const auto text = constant(key, type);
    std::int64_t n = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), n).ec != std::errc{}) return std::nullopt;
    return n;
  }
  std::optional<values::decimal> fraction(std::string_view key, const variable_type& type) const {
    const auto text = constant(key, type);
    return text ? values::decimal::from_text(*text) : std::nullopt;
  }

  /// A date, "today", or days from today: "-90d".
  void read_day(std::string_view key, std::optional<int>& days, std::optional<values::civil_date>& date) const {
    if (!f_.has(key)) return;
    const std::string text = f_.text(key);
    if (text == "today") {
      days = 0;
      return;
    }
    date = values::date_from_canonical(text);
    if (date) return;
    int n = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (failure == std::errc{} && text.ends_with('d') && end == text.data() + text.size() - 1) {
      days = n;
    } else {
      bad(key, "2024-03-01, today, -90d");
    }
  }

  void read_lean(values::leaning& into) const {
    f_.only("lean", {"past", "future"});
    if (f_.text("lean") == "future") into = values::leaning::future;
  }

  void read_options(choice_type& into) const {
    const yaml_node* of = f_.mapping("of");
    if (of == nullptr) return;
    for (const auto& [id, label] : of->pairs) {
      choice_option o;
      o.id = checked_id(findings_, id);
      o.label.where = label.where;
      if (auto t = checked_text(findings_, label, "of")) o.label.in(lang::zh_cn) = std::move(*t);
      into.options.push_back(std::move(o));
    }
  }

  void read_aliases(const yaml_node& aliases, choice_type& into) const {
    const yaml_fields words{findings_, aliases, "aliases"};
    for (const auto& [id, _] : aliases.pairs) {
      const auto option = std::find_if(into.options.begin(), into.options.end(),
                                       [&, wanted = id.value](const choice_option& o) { return o.id == wanted; });
      if (option != into.options.end()) {
        option->aliases = words.texts(id.value);
        continue;
      }
      std::string known;
      for (const choice_option& o : into.options) known += (known.empty() ? "" : ", ") + o.id;
      findings_.add(id.where, rule::unknown_key, {id.value, known});
    }
  }

  const yaml_findings& findings_;
  const yaml_fields& f_;
};

}  // namespace

variable_type read_type(const yaml_findings& findings, const yaml_node& map, const std::string& id,
                        std::initializer_list<std::string_view> also) {
  const yaml_fields f{findings, map, id};
  variable_type out = yes_no_type{};
  if (!f.usable()) return out;
  f.require("type");
  const std::string name = f.text("type");
  if (f.has("type") && !set_type(out, name)) {
    findings.add(f.raw("type")->where, rule::bad_value, {"type", name, std::string{all_types}});
    return out;
  }
  for (const auto& [key, _] : map.pairs) {
    const auto own = own_keys().find(key.value);
    const bool known = key.value == "type" || std::find(also.begin(), also.end(), key.value) != also.end() ||
                       (own != own_keys().end() && has_word(own->second, name));
    if (known) continue;
    std::string allowed = "type";
    for (std::string_view a : also) allowed.append(", ").append(a);
    for (const auto& [own_key, types] : own_keys()) {
      if (has_word(types, name)) allowed.append(", ").append(own_key);
    }
    findings.add(key.where, rule::unknown_key, {key.value, allowed});
  }
  std::visit(type_reader{findings, f}, out);
  return out;
}

}  // namespace zhuqi::dialogs
