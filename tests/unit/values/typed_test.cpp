// What people type into form questions, row by row: tests/golden/values/typed.txt.
#include "tests/unit/values/golden_file.hpp"

#include "dialogs/values/canonical.hpp"
#include "dialogs/values/types.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace zhuqi;
using namespace zhuqi::dialogs::values;

namespace {

const context today{dialogs::lang::zh_cn, {2024, 5, 15}};

/// "int{min=1,exact}" → the name and its bounds.
struct asked {
  value_kind kind = value_kind::integer;
  std::map<std::string, std::string> with;

  std::optional<std::int64_t> whole(const char* key) const {
    const auto it = with.find(key);
    return it == with.end() ? std::nullopt : std::optional<std::int64_t>{std::stoll(it->second)};
  }
  std::optional<int> days(const char* key) const {
    const auto n = whole(key);
    return n ? std::optional{static_cast<int>(*n)} : std::nullopt;
  }
  std::optional<decimal> number(const char* key) const {
    const auto n = whole(key);
    return n ? std::optional{decimal{*n}} : std::nullopt;
  }
  std::optional<civil_date> date(const char* key) const {
    const auto it = with.find(key);
    return it == with.end() ? std::nullopt : date_from_canonical(it->second);
  }
};

asked asked_in(const std::string& cell) {
  asked out;
  const std::size_t brace = cell.find('{');
  const auto kind = kind_from_name(cell.substr(0, brace));
  REQUIRE(kind);
  out.kind = *kind;
  if (brace == std::string::npos) return out;
  std::string rest = cell.substr(brace + 1, cell.size() - brace - 2);
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string item = rest.substr(0, comma);
    const std::size_t equals = item.find('=');
    out.with[item.substr(0, equals)] = equals == std::string::npos ? "" : item.substr(equals + 1);
    rest.erase(0, comma + 1);
  }
  return out;
}

value_type type_of(const asked& a) {
  const bool calendar = a.kind == value_kind::date || a.kind == value_kind::month;
  const bool ranges = calendar ? a.with.count("range") > 0 : a.with.count("exact") == 0;
  const exactness want = ranges ? exactness::range : exactness::exact;
  const leaning year = a.with.count("future") > 0 ? leaning::future : leaning::past;
  switch (a.kind) {
    case value_kind::boolean: return boolean_type{};
    case value_kind::integer: return integer_type{a.whole("min"), a.whole("max"), want, {}};
    case value_kind::decimal: return decimal_type{a.number("min"), a.number("max"), want, {}};
    case value_kind::percent: return percent_type{a.number("min"), a.number("max"), want};
    case value_kind::money: return money_type{a.whole("min"), a.whole("max"), want, a.whole("unit").value_or(100)};
    case value_kind::date: return date_type{{}, {}, a.date("min"), a.date("max"), year, want};
    case value_kind::month: return month_type{{}, {}, year, want};
    case value_kind::duration: return duration_type{a.days("min"), a.days("max")};
    case value_kind::ordinal: return ordinal_type{};
    case value_kind::id_number: return id_number_type{};
    case value_kind::phone: return phone_number_type{};
    case value_kind::credit_code: return credit_code_type{};
    case value_kind::text: return line_type{};
    case value_kind::choice: return one_of_type{};
  }
  return line_type{};
}

}  // namespace

TEST_CASE("what people type has the meaning of the golden table") {
  std::size_t rows = 0;
  for (const std::string& line : golden::lines_of("typed.txt")) {
    if (line.empty() || line[0] == '#') continue;
    const auto row = golden::cells(line);
    INFO(line);
    REQUIRE(row.size() == 3);
    const answer a = parse(type_of(asked_in(row[0])), row[1], today);
    const std::string& expected = row[2];
    ++rows;
    if (expected[0] != '!') {
      CHECK(a.value + (a.good() ? "" : "!" + std::string{name_of(a.why)}) == expected);
      CHECK(a.approximate == (expected[0] == '~'));
      continue;
    }
    std::string got = a.good() ? a.value : "!" + std::string{name_of(a.why)};
    if (!a.good() && expected.find(' ') != std::string::npos) got += ' ' + a.detail;
    CHECK(got == expected);
  }
  CHECK(rows > 600);
}
