// What comes with a reason, and the parts that typed answers are built of.
#include "dialogs/values/calendar.hpp"
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/durations.hpp"
#include "dialogs/values/near.hpp"
#include "dialogs/values/types.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::values;

namespace {

const context today{lang::zh_cn, {2024, 5, 15}};
using texts = std::vector<std::string>;

one_of_type registration() {
  return {{{"local", {"本市注册", "Local registration"}},
           {"other", {"外地注册", "Registered elsewhere"}},
           {"abroad", {"境外企业", "Foreign enterprise"}}}};
}

std::string chosen(const char* typed) {
  const answer a = parse(registration(), typed, today);
  return a.good() ? a.value + (a.guessed ? "?" : "") : "!" + std::string{name_of(a.why)};
}

}  // namespace

TEST_CASE("an ambiguous answer lists what it could be") {
  CHECK(parse(integer_type{}, "50人和60人", today).found == texts{"50", "60"});
  CHECK(parse(money_type{}, "500万和600万", today).found == texts{"500000000", "600000000"});
  CHECK(parse(date_type{}, "3/4/2023", today).found == texts{"2023-03-04", "2023-04-03"});
  CHECK(parse(duration_type{}, "3年或5年", today).found == texts{"P3Y", "P5Y"});
}

TEST_CASE("an answer out of range comes with the bound and with what was understood") {
  const answer high = parse(integer_type{1, 100, exactness::range, {}}, "三百五十人", today);
  CHECK(high.why == problem::above_max);
  CHECK(high.bound == "100");
  CHECK(high.found == texts{"350"});
  const answer money = parse(money_type{0, 100'000, exactness::range, 100}, "2000元", today);
  CHECK(money.bound == "100000");
  CHECK(money.found == texts{"200000"});
  date_type past;
  past.max_days = 0;
  const answer late = parse(past, "明天", today);
  CHECK(late.why == problem::too_late);
  CHECK(late.bound == "2024-05-15");
  CHECK(late.found == texts{"2024-05-16"});
  CHECK(parse(past, "今天", today).value == "2024-05-15");
  month_type month;
  month.max_months = 0;
  month.year = leaning::future;
  CHECK(parse(month, "2024年6月", today).bound == "2024-05");
}

TEST_CASE("where one value is wanted, a range comes back as what was said") {
  CHECK(parse(integer_type{{}, {}, exactness::exact, {}}, "二十多个人", today).found == texts{"20..29"});
  CHECK(parse(date_type{}, "去年三月", today).found == texts{"2023-03"});
  CHECK(parse(month_type{}, "2019年", today).found == texts{"2019"});
}

TEST_CASE("a vague number keeps the number that was said") {
  CHECK(parse(integer_type{}, "二十多个人", today).stated == "20");
  CHECK(parse(integer_type{}, "二十几个", today).stated == "20");
  CHECK(parse(integer_type{}, "50人以上", today).stated == "50");
  CHECK(parse(money_type{}, "五百万左右", today).stated == "500000000");
  CHECK(parse(integer_type{}, "三四十", today).stated.empty());
}

TEST_CASE("a type may name units of its own") {
  const integer_type tonnes{{}, {}, exactness::range, {"吨"}};
  CHECK(parse(tonnes, "500吨", today).value == "500");
  CHECK(parse(tonnes, "30人，500吨", today).value == "500");
  CHECK(parse(integer_type{}, "500吨", today).why == problem::wrong_unit);
}

TEST_CASE("an ID number is shown masked, whatever comes") {
  const answer a = parse(id_number_type{}, "11010519491231002x", today);
  CHECK(a.value == "11010519491231002X");
  CHECK(a.masked == "110105********002X");
  for (lang l : all_langs) CHECK(shown(value_kind::id_number, a.value, l) == "110105********002X");
  CHECK(shown(value_kind::id_number, "12345", lang::en) == "*****");
}

TEST_CASE("the check character of an ID number catches every single wrong digit") {
  const std::string good = "11010519491231002X";
  for (std::size_t i = 0; i < 17; ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      if (good[i] == c) continue;
      std::string bad = good;
      bad[i] = c;
      INFO(bad);
      CHECK_FALSE(parse(id_number_type{}, bad, today).good());
    }
  }
}

TEST_CASE("a label with one slip is understood as a guess, and never where the slip is the point") {
  CHECK(chosen("本市注册") == "local");
  CHECK(chosen("2") == "other");
  CHECK(chosen("境外企叶") == "abroad?");
  CHECK(chosen("境外企") == "abroad?");
  CHECK(chosen("境企外业") == "abroad?");
  CHECK(chosen("local registraton") == "local?");
  CHECK(chosen("foreign entreprise") == "abroad?");
  CHECK(chosen("境内企业") == "!unrecognised");
  CHECK(chosen("外市注册") == "other?");  // never 本市注册, which is as near in letters
  CHECK(chosen("不是境外企业") == "!unrecognised");
  CHECK(chosen("不清楚") == "!dont_know");
  CHECK(is_near("有限公司", "有限公可"));
  CHECK_FALSE(is_near("有限责任", "无限责任"));
  CHECK_FALSE(is_near("三年以上", "五年以上"));
  CHECK_FALSE(is_near("10人以下", "20人以下"));
  CHECK_FALSE(is_near("资金", "资本"));
  CHECK_FALSE(is_near("employed", "unemployed"));
  CHECK_FALSE(is_near("legal entity", "illegal entity"));
  CHECK_FALSE(is_near("增加投资", "减加投资"));
}

TEST_CASE("a near miss of two options is none") {
  const one_of_type twins{{{"a", {"张江园区"}}, {"b", {"漳江园区"}}}};
  CHECK(parse(twins, "章江园区", today).why == problem::unrecognised);
  CHECK(parse(twins, "漳江园区", today).value == "b");
}

TEST_CASE("decimals are exact, and say so when they cannot be") {
  CHECK((decimal::scaled(1, -1) + decimal::scaled(2, -1)).text() == "0.3");
  CHECK((decimal{1} / decimal{3}).text() == "0.333333333333333");
  CHECK((decimal{2} / decimal{3}).text() == "0.666666666666667");
  CHECK((decimal{-1} / decimal{8}).text() == "-0.125");
  CHECK_FALSE((decimal{1} / decimal{0}).valid());
  CHECK_FALSE((decimal::scaled(1, 18) * decimal{10}).valid());
  CHECK_FALSE((decimal::scaled(1, 18) * decimal{10} + decimal{1}).valid());
  CHECK(decimal::scaled(-25, -1).floor() == -3);
  CHECK(decimal::scaled(-25, -1).ceiling() == -2);
  CHECK(decimal::scaled(25, -1).floor() == 2);
  CHECK(decimal::from_text("1.50")->text() == "1.5");
  for (const char* bad : {"", "-", ".", "1.", ".5", "1e5", "1,000", "1.2.3", "１", "1234567890123456789"}) {
    INFO(bad);
    CHECK_FALSE(decimal::from_text(bad).has_value());
  }
}

TEST_CASE("canonical texts are taken apart and put together again") {
  for (const char* text :
       {"350", "20..29", "..99", "501..", "5.5<..", "..<5.5", "2<..<3", "~450..550", "~..99", "-5..-3"}) {
    INFO(text);
    const auto ends = ends_of(text);
    REQUIRE(ends);
    CHECK(canonical(*ends) == text);
  }
  for (const char* bad : {"", "~", "..", "<..", "..<", "~.."}) {
    INFO(bad);
    CHECK_FALSE(ends_of(bad).has_value());
  }
  CHECK(shown(value_kind::date, "2024-13-01", lang::en) == "2024-13-01");
  CHECK(shown(value_kind::money, "1200000000", lang::zh_cn) == "1,200万元");
  CHECK(shown(value_kind::money, "1200000000", lang::en) == "12,000,000 yuan");
  CHECK(shown(value_kind::money, "35050", lang::ko) == "350.50 위안");
  CHECK(shown(value_kind::integer, "20..29", lang::ja) == "20–29");
  CHECK(shown(value_kind::integer, "~450..550", lang::en) == "about 500");
  CHECK(shown(value_kind::duration, "P1Y6M", lang::en) == "1 year 6 months");
}

TEST_CASE("durations are read from their canonical text only in order and once each") {
  CHECK(duration_from_canonical("P1Y6M10DT2H")->days() == 365 + 180 + 10);
  for (const char* bad : {"P", "1Y", "P1M1Y", "P1Y1Y", "PT1Y", "P1H", "P1", "PT", "P-1Y", "P1.5Y"}) {
    INFO(bad);
    CHECK_FALSE(duration_from_canonical(bad).has_value());
  }
}

TEST_CASE("the calendar agrees with known days") {
  CHECK(weekday({2024, 5, 15}) == 3);
  CHECK(weekday({1949, 10, 1}) == 6);
  CHECK(plus_days({2024, 2, 28}, 2) == civil_date{2024, 3, 1});
  CHECK(plus_days({2023, 2, 28}, 1) == civil_date{2023, 3, 1});
  CHECK(plus_months({2024, 1, 31}, 1) == civil_date{2024, 2, 29});
  CHECK(plus_months({2024, 1, 15}, -13) == civil_date{2022, 12, 15});
  for (std::int64_t n = 1; n < 3'652'059; n += 997) CHECK(day_number(from_day_number(n)) == n);
  CHECK(from_day_number(3'652'059) == civil_date{9999, 12, 31});
}

TEST_CASE("every kind and problem has a name, and the names lead back") {
  for (int k = 0; k < 14; ++k) {
    const auto kind = static_cast<value_kind>(k);
    CHECK(kind_from_name(name_of(kind)) == kind);
  }
  for (int p = 0; p <= static_cast<int>(problem::text_too_long); ++p)
    CHECK_FALSE(name_of(static_cast<problem>(p)).empty());
}
