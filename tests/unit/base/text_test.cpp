#include "bot/base/text.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace zhuqi;

TEST_CASE("Only well-formed UTF-8 passes") {
  struct row {
    const char* what;
    std::string bytes;
    bool good;
  };
  const row rows[] = {
      {"ASCII", "abc", true},
      {"Chinese", "房租补贴", true},
      {"emoji outside the BMP", "👍🏽", true},
      {"empty", "", true},
      {"a NUL is well-formed", std::string("\0", 1), true},
      {"lone continuation", "\x80", false},
      {"overlong slash", "\xC0\xAF", false},
      {"overlong three bytes", "\xE0\x80\xAF", false},
      {"UTF-16 surrogate", "\xED\xA0\x80", false},
      {"above U+10FFFF", "\xF4\x90\x80\x80", false},
      {"cut in the middle", "\xE5\x8A", false},
      {"GBK bytes", "\xD6\xD0\xCE\xC4", false},
  };
  for (const auto& r : rows) {
    INFO(r.what);
    CHECK(text::is_utf8(r.bytes) == r.good);
    CHECK(text::is_utf8(text::to_valid_utf8(r.bytes)));
    if (r.good) CHECK(text::to_valid_utf8(r.bytes) == r.bytes);
  }
  CHECK(text::to_valid_utf8("a\xFF"
                            "b") ==
        "a\xEF\xBF\xBD"
        "b");
}

TEST_CASE("Truncation never cuts a character in two") {
  const std::string s = "补贴👍";
  for (std::size_t n = 0; n <= s.size() + 1; ++n) {
    const auto cut = text::truncate(s, n);
    CHECK(cut.size() <= n);
    CHECK(text::is_utf8(cut));
    CHECK(s.starts_with(cut));
  }
  CHECK(text::truncate(s, 6) == "补贴");
  CHECK(text::truncate(s, 9) == "补贴");
  CHECK(text::truncate(s, 10) == s);
}

TEST_CASE("Trimming takes ASCII and ideographic space from both ends") {
  CHECK(text::trim(" \t\r\n　人工　 ") == "人工");
  CHECK(text::trim("a b") == "a b");
  CHECK(text::trim("　 　").empty());
}

TEST_CASE("Folding makes equal what people mean equally") {
  struct row {
    std::string typed;
    std::string folded;
  };
  const row rows[] = {
      {"１", "1"},         {" １、", "1、"}, {"ＡＢＣ", "abc"},    {"YES", "yes"}, {"轉人工", "转人工"},
      {"　菜单 ", "菜单"}, {"㈱", "(株)"},   {"ﾘｾｯﾄ", "リセット"}, {"", ""},       {"\xFF", ""},
  };
  for (const auto& r : rows) {
    INFO(r.typed);
    CHECK(text::fold(r.typed) == r.folded);
    CHECK(text::fold(text::fold(r.typed)) == text::fold(r.typed));
  }
}

TEST_CASE("What XML cannot carry is stripped, the rest stays") {
  CHECK(text::strip_controls(std::string("a\0b\x01"
                                         "c\x1F",
                                         6)) == "abc");
  CHECK(text::strip_controls("tab\tline\nreturn\r") == "tab\tline\nreturn\r");
  CHECK(text::strip_controls("x\xEF\xBF\xBE\xEF\xBF\xBFy") == "xy");
  CHECK(text::strip_controls("中文🙂]]>") == "中文🙂]]>");
}
