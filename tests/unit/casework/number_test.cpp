// Numbers of cases: what is written, what is understood, and that no slip of a finger finds another case.
#include "dialogs/casework/case_number.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::dialogs::casework;

namespace {

const case_number seventeenth{"370600", day_from_text("2026-03-02").value(), 17};

std::string digits_of(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

case_number some_number() {
  return {std::to_string(*rc::gen::inRange(110000, 659999)),
          day_from_text("2000-01-01").value() + std::chrono::days{*rc::gen::inRange(0, 36'525)},
          *rc::gen::inRange(1, static_cast<int>(last_serial) + 1)};
}

}  // namespace

TEST_CASE("a number names region, day and serial") {
  const std::string text = number_text(seventeenth).value();
  CHECK(text.substr(0, 22) == "ZQ370600-260302-00017-");
  CHECK(*read_number(text) == seventeenth);
}

TEST_CASE("what people type is understood") {
  const std::string text = number_text(seventeenth).value();
  const std::string digits = digits_of(text);
  for (const std::string& typed :
       {text, digits, "zq" + digits, "ZQ " + digits.substr(0, 6) + " " + digits.substr(6, 6) + " " + digits.substr(12),
        "ＺＱ" + digits, "ZQ370600—260302—00017—" + digits.substr(17), "  " + text + "\n"}) {
    CAPTURE(typed);
    CHECK(read_number(typed).has_value());
  }
  CHECK(find_number("我的" + text + "办到哪了？") == seventeenth);
  CHECK(find_number("2026年3月2日的 " + digits + "，电话13800138000") == seventeenth);
  CHECK(find_number("1 " + digits) == seventeenth);
  CHECK_FALSE(find_number("1" + digits).has_value());
  CHECK_FALSE(find_number(digits + "0").has_value());
  CHECK_FALSE(find_number("").has_value());
  CHECK_FALSE(find_number(std::string(100'000, '7')).has_value());
}

TEST_CASE("what is no number says why") {
  CHECK(read_number("370600").error() == number_fault::shape);
  CHECK(read_number("办到哪了").error() == number_fault::shape);
  CHECK(read_number("").error() == number_fault::shape);
  std::string wrong = digits_of(number_text(seventeenth).value());
  wrong[3] = '7';
  CHECK(read_number(wrong).error() == number_fault::check);
  CHECK(number_text({"37060", seventeenth.day, 1}).has_error());
  CHECK(number_text({"37060x", seventeenth.day, 1}).has_error());
  CHECK(number_text({"370600", seventeenth.day, 0}).has_error());
  CHECK(number_text({"370600", seventeenth.day, last_serial + 1}).has_error());
  CHECK(number_text({"370600", day_from_text("1999-12-31").value(), 1}).has_error());
}

TEST_CASE("law: every number reads back, and no single wrong digit or swap of neighbours is another number") {
  const bool held = rc::check([] {
    const case_number number = some_number();
    const std::string text = number_text(number).value();
    RC_ASSERT(*read_number(text) == number);
    const std::string digits = digits_of(text);
    for (std::size_t i = 0; i < digits.size(); ++i) {
      for (char c = '0'; c <= '9'; ++c) {
        std::string slip = digits;
        slip[i] = c;
        if (slip != digits) RC_ASSERT(read_number(slip).error() == number_fault::check);
      }
      std::string swap = digits;
      if (i > 0) std::swap(swap[i], swap[i - 1]);
      if (swap != digits) RC_ASSERT(read_number(swap).error() == number_fault::check);
    }
  });
  REQUIRE(held);
}
