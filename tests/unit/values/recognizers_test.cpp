// The Chinese vectors of Recognizers-Text. They extract values from sentences, so find() is judged by them, with
// parse() for yes and no. The rows that we read otherwise are listed with the reason in recognizers-misses.txt,
// and that list may only shrink.
#include "tests/unit/values/golden_file.hpp"

#include "bot/base/json.hpp"
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/types.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <iostream>
#include <map>
#include <set>

using namespace zhuqi;
using namespace zhuqi::dialogs::values;

namespace {

constexpr std::size_t allowed_misses = 5;

/// Their numbers are doubles written with 15 digits.
bool same_number(const std::string& ours, std::string theirs) {
  if (!theirs.empty() && theirs.back() == '%') theirs.pop_back();
  if (ours.empty()) return false;
  const double a = std::stod(ours);
  const double b = std::stod(theirs);
  return a == b || std::abs(a - b) <= std::abs(b) * 1e-14;
}

context about(const json& row) {
  const std::string day = string_or_empty(row, "reference").substr(0, 10);
  return {dialogs::lang::zh_cn, date_from_canonical(day).value_or(civil_date{2020, 1, 1})};
}

bool is_exact(const std::string& canonical_text) {
  const auto ends = ends_of(canonical_text);
  return ends && ends->exact() && !ends->approximate;
}

/// A vague number (二十几万) counts by the number that is said in it, as theirs does; "no value" also holds for what
/// we read as a range.
bool reads_number(value_kind kind, const json& row) {
  const auto found = find(kind, string_or_empty(row, "input"), about(row));
  const json& expect = row["expect"];
  if (expect.is_null()) {
    return std::none_of(found.begin(), found.end(), [](const found_value& v) { return is_exact(v.value); });
  }
  if (found.size() != 1 || !same_number(found[0].stated, string_or_empty(expect, "value"))) return false;
  return kind != value_kind::money || string_or_empty(expect, "iso").empty() ||
         found[0].currency == string_or_empty(expect, "iso");
}

/// Both of their readings of the year. They take a lunar day for the solar day of the same numbers; we say that
/// it is lunar.
bool reads_date(const json& row) {
  const json& expect = row["expect"];
  const bool impossible = string_or_empty(expect, "past") == "0001-01-01";
  for (const auto& [year, key] : {std::pair{leaning::past, "past"}, std::pair{leaning::future, "future"}}) {
    const auto found = find(value_kind::date, string_or_empty(row, "input"), about(row), year);
    if (impossible && found.empty()) continue;
    if (found.size() != 1) return false;
    const std::string wanted = string_or_empty(expect, key);
    if (found[0].lunar.empty() ? found[0].value != wanted : found[0].lunar != wanted.substr(5)) return false;
  }
  return true;
}

bool reads(const json& row) {
  const std::string kind = string_or_empty(row, "kind");
  if (kind == "bool") {
    const answer a = parse(boolean_type{}, string_or_empty(row, "input"), about(row));
    return a.value == (row["expect"]["value"].get<bool>() ? "true" : "false");
  }
  if (kind == "date") return reads_date(row);
  if (kind == "int_or_decimal") return reads_number(value_kind::decimal, row);
  return reads_number(kind_from_name(kind).value(), row);
}

}  // namespace

TEST_CASE("the Recognizers-Text vectors are read, but for a list with reasons that only shrinks") {
  std::set<std::string> misses;
  for (const std::string& line : golden::lines_of("recognizers-misses.txt")) {
    if (line.empty() || line[0] == '#') continue;
    const auto row = golden::cells(line);
    REQUIRE(row.size() == 2);
    REQUIRE_FALSE(row[1].empty());
    misses.insert(row[0]);
  }
  CHECK(misses.size() <= allowed_misses);

  std::map<std::string, std::pair<int, int>> counts;  // by kind: read, all
  std::size_t listed = 0;
  for (const std::string& line : golden::lines_of("recognizers.jsonl")) {
    const auto row = parse_json(line);
    REQUIRE(row);
    const std::string id = string_or_empty(*row, "id");
    INFO(line);
    const bool read = reads(*row);
    auto& [good, all] = counts[string_or_empty(*row, "kind")];
    good += read ? 1 : 0;
    ++all;
    listed += misses.count(id);
    if (misses.count(id) == 0) {
      CHECK(read);
    } else {
      CHECK_FALSE(read);  // a row that is read now leaves the list
    }
  }
  CHECK(listed == misses.size());
  int good = 0, all = 0;
  for (const auto& [kind, count] : counts) {
    std::cout << "recognizers " << kind << ": " << count.first << " of " << count.second << '\n';
    good += count.first;
    all += count.second;
  }
  std::cout << "recognizers all: " << good << " of " << all << '\n';
  CHECK(all == 307);
  CHECK(good * 100 >= all * 98);
}
