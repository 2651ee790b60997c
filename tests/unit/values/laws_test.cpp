// Laws that hold for every number: each way of writing it is read back, what is shown is read back, and nothing
// crashes or dawdles.
#include "dialogs/values/calendar.hpp"
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/durations.hpp"
#include "dialogs/values/types.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <array>
#include <chrono>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::values;

namespace {

constexpr civil_date today{2024, 5, 15};
context in(lang l) { return {l, today}; }

std::string read(const value_type& type, const std::string& typed, lang l = lang::zh_cn) {
  const answer a = parse(type, typed, in(l));
  return a.good() ? a.value : "!" + std::string{name_of(a.why)};
}

using digits = std::array<std::string_view, 10>;
struct numerals {
  digits ones;
  std::array<std::string_view, 4> places;   ///< "", 十, 百, 千
  std::array<std::string_view, 3> myriads;  ///< "", 万, 亿
};
constexpr numerals simplified{
    {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"", "十", "百", "千"}, {"", "万", "亿"}};
constexpr numerals traditional{
    {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"", "十", "百", "千"}, {"", "萬", "億"}};
constexpr numerals financial{
    {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}, {"", "拾", "佰", "仟"}, {"", "万", "亿"}};
constexpr numerals financial_traditional{
    {"零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"}, {"", "拾", "佰", "仟"}, {"", "萬", "億"}};
constexpr numerals korean{
    {"영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"}, {"", "십", "백", "천"}, {"", "만", "억"}};

/// By the rules of writing, not by our reader's: groups of four digits, one 零 for any gap (in Chinese only).
std::string written(std::uint64_t n, const numerals& how, bool zeros) {
  if (n == 0) return std::string{how.ones[0]};
  std::string out;
  bool gap = false;
  for (int place = 11; place >= 0; --place) {
    std::uint64_t unit = 1;
    for (int i = 0; i < place; ++i) unit *= 10;
    const auto digit = static_cast<std::size_t>(n / unit % 10);
    const auto within = static_cast<std::size_t>(place % 4);
    const auto group = static_cast<std::size_t>(place / 4);
    if (digit == 0) {
      gap = gap || !out.empty();
    } else {
      if (gap && zeros) out += how.ones[0];
      gap = false;
      out += how.ones[digit];
      out += how.places[within];
    }
    const std::uint64_t group_value = n / (unit) % 10'000;
    if (within == 0 && group > 0 && group_value != 0) out += how.myriads[group];
  }
  return out;
}

std::string english(std::uint64_t n) {
  constexpr std::array<std::string_view, 20> small{
      "zero", "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
      "ten",  "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  constexpr std::array<std::string_view, 10> tens{"",      "",      "twenty",  "thirty", "forty",
                                                  "fifty", "sixty", "seventy", "eighty", "ninety"};
  if (n < 20) return std::string{small[n]};
  if (n < 100) return std::string{tens[n / 10]} + (n % 10 != 0 ? '-' + std::string{small[n % 10]} : "");
  if (n < 1000) return english(n / 100) + " hundred" + (n % 100 != 0 ? " and " + english(n % 100) : "");
  if (n < 1'000'000) return english(n / 1000) + " thousand" + (n % 1000 != 0 ? " " + english(n % 1000) : "");
  return english(n / 1'000'000) + " million" + (n % 1'000'000 != 0 ? " " + english(n % 1'000'000) : "");
}

std::string grouped(std::uint64_t n) {
  std::string s = std::to_string(n);
  for (std::size_t i = s.size(); i > 3; i -= 3) s.insert(i - 3, ",");
  return s;
}

std::string full_width(std::string_view ascii) {
  std::string out;
  for (char c : ascii) {  // U+FF00 + (c - 0x20)
    const int low = c - 0x20;
    out += '\xEF';
    out += static_cast<char>(0xBC + (low >= 0x40 ? 1 : 0));
    out += static_cast<char>(0x80 + (low & 0x3F));
  }
  return out;
}

/// Every size equally often, and many round numbers, for round numbers are what breaks.
rc::Gen<std::uint64_t> numbers() {
  return rc::gen::exec([] {
    const int size = *rc::gen::inRange(0, 9);
    std::uint64_t n = 0;
    for (int i = 0; i < size; ++i) n = n * 10 + static_cast<std::uint64_t>(*rc::gen::element(0, 0, 1, 2, 3, 5, 8, 9));
    return n;
  });
}

void all_ways(std::uint64_t n) {
  const std::string want = std::to_string(n);
  const integer_type type;
  RC_ASSERT(read(type, want) == want);
  RC_ASSERT(read(type, grouped(n)) == want);
  RC_ASSERT(read(type, full_width(want)) == want);
  RC_ASSERT(read(type, full_width(grouped(n))) == want);
  RC_ASSERT(read(type, written(n, simplified, true)) == want);
  RC_ASSERT(read(type, written(n, traditional, true)) == want);
  RC_ASSERT(read(type, written(n, financial, true)) == want);
  RC_ASSERT(read(type, written(n, financial_traditional, true)) == want);
  RC_ASSERT(read(type, written(n, korean, false), lang::ko) == want);
  RC_ASSERT(read(type, english(n), lang::en) == want);
  RC_ASSERT(read(type, "我们有" + written(n, simplified, true) + "人") == want);
}

}  // namespace

TEST_CASE("every number from 0 to 20,000 is read in every way of writing it") {
  for (std::uint64_t n = 0; n <= 20'000; n += n < 1300 ? 1 : 7) {
    INFO(n);
    const std::string want = std::to_string(n);
    REQUIRE(read(integer_type{}, written(n, simplified, true)) == want);
    REQUIRE(read(integer_type{}, written(n, financial, true)) == want);
    REQUIRE(read(integer_type{}, english(n)) == want);
    REQUIRE(read(integer_type{}, written(n, korean, false)) == want);
    REQUIRE(read(integer_type{}, grouped(n)) == want);
  }
}

TEST_CASE("numbers up to 10^8 are read in every way of writing them") {
  CHECK(
      rc::check("Chinese, financial, traditional, Korean, English, Arabic, full width", [] { all_ways(*numbers()); }));
}

TEST_CASE("amounts are read in every way of writing them") {
  CHECK(rc::check("yuan and fen", [] {
    const std::uint64_t yuan = *numbers();
    const int fen = *rc::gen::inRange(0, 100);
    const std::string want = std::to_string(yuan * 100 + static_cast<std::uint64_t>(fen));
    const std::string decimals = (fen < 10 ? "0" : "") + std::to_string(fen);
    const money_type type;
    RC_ASSERT(read(type, std::to_string(yuan) + '.' + decimals) == want);
    RC_ASSERT(read(type, "¥" + grouped(yuan) + '.' + decimals) == want);
    RC_ASSERT(read(type, full_width(grouped(yuan) + '.' + decimals) + "元") == want);
    RC_ASSERT(read(type, "人民币" + grouped(yuan) + '.' + decimals + "元整") == want);
    std::string parts = written(yuan, financial, true) + "元";
    if (fen / 10 != 0) parts += std::string{financial.ones[static_cast<std::size_t>(fen / 10)]} + "角";
    if (fen / 10 == 0 && fen != 0) parts += "零";
    if (fen % 10 != 0) parts += std::string{financial.ones[static_cast<std::size_t>(fen % 10)]} + "分";
    RC_ASSERT(read(type, parts) == want);
    if (fen == 0) RC_ASSERT(read(type, written(yuan, financial_traditional, true) + "圓整") == want);
    if (fen == 0) RC_ASSERT(read(type, grouped(yuan) + " yuan", lang::en) == want);
  }));
}

namespace {

void shows_and_reads(value_kind kind, const value_type& type, const std::string& value) {
  for (lang l : all_langs) {
    const std::string text = shown(kind, value, l);
    const answer a = parse(type, text, in(l));
    RC_LOG() << value << " → " << text << " → " << a.value << name_of(a.why) << '\n';
    RC_ASSERT(a.value == value);
  }
}

/// All forms of a range over whole numbers from `low` to `high`.
std::vector<std::string> ranges(std::int64_t low, std::int64_t high) {
  const std::string a = std::to_string(low);
  const std::string b = std::to_string(high);
  std::vector<std::string> out{a, a + "..", ".." + b, "~" + a + "..", "~.." + b};
  if (low < high) out.push_back(a + ".." + b);
  if (low < high) out.push_back("~" + a + ".." + b);
  return out;
}

}  // namespace

TEST_CASE("what is shown in a language is read back to the same value") {
  CHECK(rc::check("whole numbers", [] {
    const auto low = *rc::gen::inRange<std::int64_t>(-100'000, 100'000'000);
    const auto high = low + *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    for (const std::string& value : ranges(low, high)) shows_and_reads(value_kind::integer, integer_type{}, value);
  }));
  CHECK(rc::check("money", [] {
    const auto step = *rc::gen::element<std::int64_t>(1, 10, 100, 1'000'000, 100'000'000, 10'000'000'000);
    const auto low = step * *rc::gen::inRange<std::int64_t>(0, 100'000);
    const auto high = low + step * *rc::gen::inRange<std::int64_t>(1, 10'000);
    for (const std::string& value : ranges(low, high)) shows_and_reads(value_kind::money, money_type{}, value);
  }));
  CHECK(rc::check("decimals and percents", [] {
    const decimal low = decimal::scaled(*rc::gen::inRange<std::int64_t>(0, 1'000'000), *rc::gen::inRange(-4, 1));
    const decimal high = low + decimal::scaled(*rc::gen::inRange<std::int64_t>(1, 10'000), -2);
    const std::string a = low.text();
    const std::string b = high.text();
    for (const std::string& value :
         {a, a + ".." + b, a + "<..", "..<" + b, a + "..<" + b, a + "<.." + b, a + "<..<" + b}) {
      shows_and_reads(value_kind::decimal, decimal_type{}, value);
      shows_and_reads(value_kind::percent, percent_type{}, value);
    }
  }));
  CHECK(rc::check("guesses", [] {
    const auto centre = std::to_string(*rc::gen::inRange(1, 1'000'000));
    const answer whole = parse(integer_type{}, "大概" + centre, in(lang::zh_cn));
    RC_ASSERT(whole.approximate && whole.stated == centre);
    shows_and_reads(value_kind::integer, integer_type{}, whole.value);
    const answer money = parse(money_type{}, centre + "万左右", in(lang::zh_cn));
    RC_ASSERT(money.approximate);
    shows_and_reads(value_kind::money, money_type{}, money.value);
    RC_ASSERT(shown(value_kind::integer, whole.value, lang::zh_cn).starts_with("约"));
  }));
  CHECK(rc::check("dates and months", [] {
    const civil_date d = plus_days({1950, 1, 1}, *rc::gen::inRange(0, 40'000));
    const civil_date later = plus_days(d, *rc::gen::inRange(1, 4000));
    date_type any;
    any.want = exactness::range;
    const std::string a = canonical(d);
    for (const std::string& value : {a, "~" + a, a + ".." + canonical(later), a + "..", ".." + a}) {
      shows_and_reads(value_kind::date, any, value);
    }
    month_type month;
    month.want = exactness::range;
    const std::string m = a.substr(0, 7);
    const std::string n = canonical(plus_months(d, 5)).substr(0, 7);
    for (const std::string& value : {m, "~" + m, m + ".." + n, m + "..", ".." + m}) {
      shows_and_reads(value_kind::month, month, value);
    }
  }));
  CHECK(rc::check("durations", [] {
    duration d;
    for (auto& part : d.parts) part = *rc::gen::element(0, 0, 1, 2, 30);
    shows_and_reads(value_kind::duration, duration_type{}, canonical(d));
  }));
  for (const char* value : {"true", "false"}) shows_and_reads(value_kind::boolean, boolean_type{}, value);
  for (const char* value : {"1", "3", "21"}) shows_and_reads(value_kind::ordinal, ordinal_type{}, value);
}

namespace {

std::vector<value_type> all_types() {
  return {boolean_type{},      integer_type{},
          decimal_type{},      percent_type{},
          money_type{},        date_type{},
          month_type{},        duration_type{},
          ordinal_type{},      id_number_type{},
          phone_number_type{}, credit_code_type{},
          line_type{},         one_of_type{{{"a", {"资金", "funds"}}, {"b", {"用工"}}}}};
}

}  // namespace

TEST_CASE("no input crashes a parser, and an answer is either a value or a reason") {
  static const std::vector<std::string> pieces{
      "三", "百",   "万",      "亿",   "1",        "2,3",  ".5",   "%",     "折",   "年",   "月",   "日",
      "到", "-",    "~",       "多",   "几",       "来",   "以上", "不到",  "大概", "元",   "块",   "$",
      "/",  "分之", "又",      " ",    "十",       "零",   "点",   "第",    "初",   "半",   "上",   "周",
      "一", "the",  "hundred", "and",  "a",        "half", "last", "March", "삼",   "백",   "만",   " 명",
      "여", "천",   "😀",      "\xFF", "\xE4\xB8", "\n",   "e9",   "^9",    "Q1",   "令和", "から", "、"};
  CHECK(rc::check("pieces of the grammar in any order", [] {
    std::string typed;
    const int count = *rc::gen::inRange(0, 40);
    for (int i = 0; i < count; ++i) typed += *rc::gen::elementOf(pieces);
    for (const value_type& type : all_types()) {
      const answer a = parse(type, typed, in(*rc::gen::element(lang::zh_cn, lang::en, lang::ja, lang::ko)));
      RC_ASSERT(a.good() == !a.value.empty());
      for (lang l : all_langs) RC_ASSERT(!a.good() || !shown(kind_of(type), a.value, l).empty());
      const auto ends = a.good() ? ends_of(a.value) : std::nullopt;
      if (a.good() && kind_of(type) != value_kind::text) RC_ASSERT(ends.has_value());
    }
  }));
  CHECK(rc::check("any bytes", [](const std::string& bytes) {
    for (const value_type& type : all_types()) RC_ASSERT(!name_of(parse(type, bytes, in(lang::zh_cn)).why).empty());
  }));
}

TEST_CASE("long inputs are refused unread, and inputs at the bound are answered at once") {
  for (const char* unit : {"1", "一", "十", "9,", "一百", "삼", "a hundred ", "1-", "大概", "年", "😀", "1月", "几",
                           "第", "1/", "10万 ", "\xFF"}) {
    std::string typed;
    while (typed.size() + std::string_view{unit}.size() <= max_answer_bytes) typed += unit;
    INFO(unit);
    const auto start = std::chrono::steady_clock::now();
    for (const value_type& type : all_types()) parse(type, typed, in(lang::zh_cn));
    const auto took = std::chrono::steady_clock::now() - start;
    CHECK(took < std::chrono::milliseconds{1500});  // a debug build with sanitizers; release takes a hundredth
    std::string longer;
    while (longer.size() < 10'240) longer += unit;
    for (const value_type& type : all_types()) {
      const problem why = parse(type, longer, in(lang::zh_cn)).why;
      CHECK((why == problem::too_long_input || why == problem::text_too_long));
    }
  }
}
