// The signatures of the language's own functions and operators. CEL's come from its language definition's list of
// standard definitions, less those on messages; the rest is the dialog language's.

#include "dialogs/cel/environment.hpp"

#include "bot/base/result.hpp"

namespace zhuqi::dialogs::cel {
namespace {

struct row {
  builtin code;
  std::string_view signature;
};

constexpr row rows[] = {
    {builtin::equal, "==(A, A) -> bool"},
    {builtin::unequal, "!=(A, A) -> bool"},
    {builtin::in, "in(A, list(A)) -> bool"},
    {builtin::in, "in(A, map(A, B)) -> bool"},
    {builtin::index, "[](list(A), int) -> A"},
    {builtin::index, "[](map(A, B), A) -> B"},
    {builtin::negated, "!(bool) -> bool"},

    {builtin::add, "+(int, int) -> int"},
    {builtin::add, "+(uint, uint) -> uint"},
    {builtin::add, "+(double, double) -> double"},
    {builtin::add, "+(string, string) -> string"},
    {builtin::add, "+(bytes, bytes) -> bytes"},
    {builtin::add, "+(list(A), list(A)) -> list(A)"},
    {builtin::add, "+(duration, duration) -> duration"},
    {builtin::add, "+(timestamp, duration) -> timestamp"},
    {builtin::add, "+(duration, timestamp) -> timestamp"},
    {builtin::add, "+(money, money) -> money"},
    {builtin::add, "+(percent, percent) -> percent"},
    {builtin::add, "+(decimal, decimal) -> decimal"},
    {builtin::add, "+(date, int) -> date"},
    {builtin::add, "+(month, int) -> month"},

    {builtin::subtract, "-(int, int) -> int"},
    {builtin::subtract, "-(uint, uint) -> uint"},
    {builtin::subtract, "-(double, double) -> double"},
    {builtin::subtract, "-(timestamp, timestamp) -> duration"},
    {builtin::subtract, "-(timestamp, duration) -> timestamp"},
    {builtin::subtract, "-(duration, duration) -> duration"},
    {builtin::subtract, "-(money, money) -> money"},
    {builtin::subtract, "-(percent, percent) -> percent"},
    {builtin::subtract, "-(decimal, decimal) -> decimal"},
    {builtin::subtract, "-(date, date) -> int"},
    {builtin::subtract, "-(date, int) -> date"},
    {builtin::subtract, "-(month, month) -> int"},
    {builtin::subtract, "-(month, int) -> month"},

    {builtin::multiply, "*(int, int) -> int"},
    {builtin::multiply, "*(uint, uint) -> uint"},
    {builtin::multiply, "*(double, double) -> double"},
    {builtin::multiply, "*(money, int) -> money"},
    {builtin::multiply, "*(int, money) -> money"},
    {builtin::multiply, "*(decimal, decimal) -> decimal"},
    {builtin::divide, "/(int, int) -> int"},
    {builtin::divide, "/(uint, uint) -> uint"},
    {builtin::divide, "/(double, double) -> double"},
    {builtin::modulo, "%(int, int) -> int"},
    {builtin::modulo, "%(uint, uint) -> uint"},
    {builtin::negate, "-(int) -> int"},
    {builtin::negate, "-(double) -> double"},
    {builtin::negate, "-(money) -> money"},
    {builtin::negate, "-(percent) -> percent"},
    {builtin::negate, "-(decimal) -> decimal"},

    {builtin::size, "size(string) -> int"},
    {builtin::size, "size(bytes) -> int"},
    {builtin::size, "size(list(A)) -> int"},
    {builtin::size, "size(map(A, B)) -> int"},
    {builtin::size, "string::size() -> int"},
    {builtin::size, "bytes::size() -> int"},
    {builtin::size, "list(A)::size() -> int"},
    {builtin::size, "map(A, B)::size() -> int"},
    {builtin::contains, "string::contains(string) -> bool"},
    {builtin::starts_with, "string::startsWith(string) -> bool"},
    {builtin::ends_with, "string::endsWith(string) -> bool"},
    {builtin::matches, "matches(string, string) -> bool"},
    {builtin::matches, "string::matches(string) -> bool"},

    {builtin::to_int, "int(int) -> int"},
    {builtin::to_int, "int(uint) -> int"},
    {builtin::to_int, "int(double) -> int"},
    {builtin::to_int, "int(string) -> int"},
    {builtin::to_int, "int(timestamp) -> int"},
    {builtin::to_uint, "uint(uint) -> uint"},
    {builtin::to_uint, "uint(int) -> uint"},
    {builtin::to_uint, "uint(double) -> uint"},
    {builtin::to_uint, "uint(string) -> uint"},
    {builtin::to_double, "double(double) -> double"},
    {builtin::to_double, "double(int) -> double"},
    {builtin::to_double, "double(uint) -> double"},
    {builtin::to_double, "double(string) -> double"},
    {builtin::to_string, "string(string) -> string"},
    {builtin::to_string, "string(bool) -> string"},
    {builtin::to_string, "string(int) -> string"},
    {builtin::to_string, "string(uint) -> string"},
    {builtin::to_string, "string(double) -> string"},
    {builtin::to_string, "string(bytes) -> string"},
    {builtin::to_string, "string(timestamp) -> string"},
    {builtin::to_string, "string(duration) -> string"},
    {builtin::to_string, "string(money) -> string"},
    {builtin::to_string, "string(percent) -> string"},
    {builtin::to_string, "string(decimal) -> string"},
    {builtin::to_string, "string(date) -> string"},
    {builtin::to_string, "string(month) -> string"},
    {builtin::to_bytes, "bytes(bytes) -> bytes"},
    {builtin::to_bytes, "bytes(string) -> bytes"},
    {builtin::to_bool, "bool(bool) -> bool"},
    {builtin::to_bool, "bool(string) -> bool"},
    {builtin::to_timestamp, "timestamp(timestamp) -> timestamp"},
    {builtin::to_timestamp, "timestamp(string) -> timestamp"},
    {builtin::to_timestamp, "timestamp(int) -> timestamp"},
    {builtin::to_duration, "duration(duration) -> duration"},
    {builtin::to_duration, "duration(string) -> duration"},
    {builtin::type_of, "type(A) -> type(A)"},
    {builtin::to_dyn, "dyn(A) -> dyn"},

    {builtin::get_hours, "duration::getHours() -> int"},
    {builtin::get_minutes, "duration::getMinutes() -> int"},
    {builtin::get_seconds, "duration::getSeconds() -> int"},
    {builtin::get_milliseconds, "duration::getMilliseconds() -> int"},

    {builtin::yuan, "yuan(int) -> money"},
    {builtin::yuan, "yuan(decimal) -> money"},
    {builtin::fen, "fen(int) -> money"},
    {builtin::percent, "percent(int) -> percent"},
    {builtin::percent, "percent(decimal) -> percent"},
    {builtin::decimal, "decimal(int) -> decimal"},
    {builtin::decimal, "decimal(decimal) -> decimal"},
    {builtin::decimal, "decimal(string) -> decimal"},
    {builtin::date, "date(string) -> date"},
    {builtin::date, "date(timestamp, string) -> date"},
    {builtin::month, "month(string) -> month"},
    {builtin::month, "month(date) -> month"},
    {builtin::pct, "pct(money, int) -> money"},
    {builtin::pct, "pct(money, percent) -> money"},
    {builtin::round_fen, "round_fen(decimal) -> money"},
    {builtin::brackets, "brackets(money, list(list(dyn))) -> money"},
};

constexpr row ordered[] = {
    {builtin::less, "<"}, {builtin::less_equal, "<="}, {builtin::greater, ">"}, {builtin::greater_equal, ">="}};
constexpr std::string_view ordered_types[] = {"bool",     "int",   "uint",    "double",  "string", "bytes", "timestamp",
                                              "duration", "money", "percent", "decimal", "date",   "month"};
constexpr std::string_view number_types[] = {"int", "uint", "double"};
constexpr std::string_view capped_types[] = {"int", "double", "money", "percent", "decimal", "date", "month"};

constexpr row getters[] = {{builtin::get_full_year, "getFullYear"},
                           {builtin::get_month, "getMonth"},
                           {builtin::get_date, "getDate"},
                           {builtin::get_day_of_month, "getDayOfMonth"},
                           {builtin::get_day_of_year, "getDayOfYear"},
                           {builtin::get_day_of_week, "getDayOfWeek"},
                           {builtin::get_hours, "getHours"},
                           {builtin::get_minutes, "getMinutes"},
                           {builtin::get_seconds, "getSeconds"},
                           {builtin::get_milliseconds, "getMilliseconds"}};

using table = std::map<std::string, std::vector<overload>, std::less<>>;

void add(table& all, builtin code, const std::string& signature) {
  auto found = parse_signature(signature);
  ZHUQI_ASSERT(found.has_value());
  found->code = code;
  all[found->name].push_back(std::move(*found));
}

void add_comparisons(table& all) {
  for (const row& r : ordered) {
    const std::string sign{r.signature};
    for (const std::string_view t : ordered_types) {
      add(all, r.code, sign + "(" + std::string{t} + ", " + std::string{t} + ") -> bool");
    }
    for (const std::string_view a : number_types) {
      for (const std::string_view b : number_types) {
        if (a != b) add(all, r.code, sign + "(" + std::string{a} + ", " + std::string{b} + ") -> bool");
      }
    }
  }
}

table build() {
  table all;
  for (const row& r : rows) add(all, r.code, std::string{r.signature});
  add_comparisons(all);
  for (const row& r : getters) {
    const std::string name{r.signature};
    add(all, r.code, "timestamp::" + name + "() -> int");
    add(all, r.code, "timestamp::" + name + "(string) -> int");
  }
  for (const std::string_view view : capped_types) {
    const std::string t{view};
    add(all, builtin::cap, "cap(" + t + ", " + t + ") -> " + t);
    add(all, builtin::clamp, "clamp(" + t + ", " + t + ", " + t + ") -> " + t);
  }
  return all;
}

}  // namespace

const std::map<std::string, std::vector<overload>, std::less<>>& standard_functions() {
  static const table all = build();
  return all;
}

}  // namespace zhuqi::dialogs::cel
