// zhuqi value parse: the typed parsers on JSON lines, so that other programs and people can judge them.
#include "bot/app/value_commands.hpp"

#include "bot/base/clock.hpp"
#include "bot/base/json.hpp"
#include "dialogs/values/calendar.hpp"
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/types.hpp"

#include <iostream>
#include <string>

namespace zhuqi::app {

using namespace dialogs::values;

const char* const value_parse_help =
    "Read what people type: JSON lines in, JSON lines out.\n"
    "  in   {\"kind\":K,\"input\":TEXT} and, if wanted,\n"
    "         \"reference\":\"2024-05-01\" (today of the answer; default: this day in China)   "
    "\"lang\":\"zh-CN\"|\"en\"|\"ja\"|\"ko\"\n"
    "         \"min\",\"max\" (canonical)   \"exact\":true (no ranges)   \"year\":\"past\"|\"future\"   "
    "\"bare_unit_fen\":1000000\n"
    "         \"options\":{\"id\":[\"label\",…],…} for choice\n"
    "       K: bool int decimal percent money date month duration ordinal id_number phone uscc text choice\n"
    "  out  {\"value\":CANONICAL,\"shown\":TEXT[,\"low\",\"high\",\"stated\",\"approximate\"]}\n"
    "       {\"error\":WHY[,\"bound\",\"detail\",\"found\"]}\n"
    "Example: echo '{\"kind\":\"int\",\"input\":\"二十多个人\"}' | zhuqi value parse\n"
    "         {\"high\":\"29\",\"low\":\"20\",\"shown\":\"20–29\",\"stated\":\"20\",\"value\":\"20..29\"}";

namespace {

constexpr std::size_t max_line_bytes = 64 * 1024;

struct request {
  value_type type;
  std::string input;
  context about;
};

/// The offices that this serves keep China time, all year UTC+8.
civil_date today_in_china() {
  constexpr std::int64_t day_ms = 86'400'000;
  constexpr std::int64_t offset_ms = 8 * 3'600'000;
  const std::int64_t epoch = day_number({1970, 1, 1});
  return from_day_number(epoch + (system_clock{}.now().value + offset_ms) / day_ms);
}

std::optional<decimal> number_member(const json& object, const char* key) {
  const auto it = object.find(key);
  if (it == object.end()) return std::nullopt;
  return decimal::from_text(it->is_string() ? it->get<std::string>() : it->dump());
}

std::optional<std::int64_t> whole_member(const json& object, const char* key) {
  const auto d = number_member(object, key);
  return d && d->is_whole() ? std::optional{d->floor()} : std::nullopt;
}

std::vector<std::string> strings_of(const json& array) {
  std::vector<std::string> out;
  if (array.is_string()) out.push_back(array.get<std::string>());
  if (array.is_array()) {
    for (const auto& item : array) {
      if (item.is_string()) out.push_back(item.get<std::string>());
    }
  }
  return out;
}

one_of_type options_of(const json& object) {
  one_of_type out;
  const auto it = object.find("options");
  if (it == object.end() || !it->is_object()) return out;
  for (const auto& [id, words] : it->items()) out.options.push_back({id, strings_of(words)});
  return out;
}

value_type type_of(value_kind kind, const json& object) {
  const auto exact_it = object.find("exact");
  const bool exact = exact_it != object.end() && exact_it->is_boolean() && exact_it->get<bool>();
  const exactness want = exact ? exactness::exact : exactness::range;
  const leaning year = string_or_empty(object, "year") == "future" ? leaning::future : leaning::past;
  std::vector<std::string> units;
  if (const auto it = object.find("units"); it != object.end()) units = strings_of(*it);
  switch (kind) {
    case value_kind::boolean: return boolean_type{};
    case value_kind::integer:
      return integer_type{whole_member(object, "min"), whole_member(object, "max"), want, units};
    case value_kind::decimal:
      return decimal_type{number_member(object, "min"), number_member(object, "max"), want, units};
    case value_kind::percent: return percent_type{number_member(object, "min"), number_member(object, "max"), want};
    case value_kind::money:
      return money_type{whole_member(object, "min"), whole_member(object, "max"), want,
                        int_or(object, "bare_unit_fen", 100)};
    case value_kind::date:
      return date_type{{},
                       {},
                       date_from_canonical(string_or_empty(object, "min")),
                       date_from_canonical(string_or_empty(object, "max")),
                       year,
                       want};
    case value_kind::month: return month_type{{}, {}, year, want};
    case value_kind::duration: return duration_type{};
    case value_kind::ordinal: return ordinal_type{};
    case value_kind::id_number: return id_number_type{};
    case value_kind::phone: return phone_number_type{};
    case value_kind::credit_code: return credit_code_type{};
    case value_kind::text: return line_type{};
    case value_kind::choice: return options_of(object);
  }
  return line_type{};
}

/// What is wrong with the line, or "".
std::string read_request(const std::string& line, request& out) {
  if (line.size() > max_line_bytes) return "line over 65536 bytes";
  const auto object = parse_json(line, max_line_bytes);
  if (!object || !object->is_object()) return "no JSON object";
  const auto kind = kind_from_name(string_or_empty(*object, "kind"));
  if (!kind) return "unknown kind";
  const auto input = object->find("input");
  if (input == object->end() || !input->is_string()) return "input must be a text";
  out.input = input->get<std::string>();
  out.about.today = today_in_china();
  if (const auto it = object->find("reference"); it != object->end()) {
    const std::string text = it->is_string() ? it->get<std::string>() : "";
    const auto day = date_from_canonical(std::string_view{text}.substr(0, 10));
    if (!day) return "reference must be a date like 2024-05-01";
    out.about.today = *day;
  }
  if (const auto it = object->find("lang"); it != object->end()) {
    const auto l = dialogs::lang_from_tag(it->is_string() ? it->get<std::string>() : "");
    if (!l) return "lang must be zh-CN, en, ja or ko";
    out.about.language = *l;
  }
  out.type = type_of(*kind, *object);
  return {};
}

json response(const request& r) {
  const answer a = parse(r.type, r.input, r.about);
  json out = json::object();
  if (!a.good()) {
    out["error"] = name_of(a.why);
    if (!a.bound.empty()) out["bound"] = a.bound;
    if (!a.detail.empty()) out["detail"] = a.detail;
    if (!a.found.empty()) out["found"] = a.found;
    return out;
  }
  const value_kind kind = kind_of(r.type);
  out["value"] = a.value;
  out["shown"] = a.masked.empty() ? shown(kind, a.value, r.about.language) : a.masked;
  if (!a.stated.empty() && a.stated != a.value) out["stated"] = a.stated;
  if (a.approximate) out["approximate"] = true;
  if (a.guessed) out["guessed"] = true;
  if (const auto ends = ends_of(a.value);
      ends && kind != value_kind::text && kind != value_kind::choice && !ends->exact()) {
    if (ends->low) out["low"] = *ends->low;
    if (ends->high) out["high"] = *ends->high;
    if (ends->low_open) out["low_open"] = true;
    if (ends->high_open) out["high_open"] = true;
  }
  return out;
}

}  // namespace

int parse_values(std::istream& in, std::ostream& out) {
  bool all_read = true;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    request r{line_type{}, {}, {}};
    json reply;
    if (const std::string wrong = read_request(line, r); !wrong.empty()) {
      reply = {{"error", "bad_request"}, {"detail", wrong}};
      all_read = false;
    } else {
      reply = response(r);
    }
    out << dump_json(reply) << '\n';
  }
  out << std::flush;
  constexpr int exit_unreadable = 2;
  return all_read ? 0 : exit_unreadable;
}

}  // namespace zhuqi::app
