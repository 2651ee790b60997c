// How text is cut for search: pairs of characters where there are no blanks, words elsewhere.

#include "bot/base/search_words.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi::text;

TEST_CASE("a text is cut into pairs of characters and words") {
  struct row {
    const char *text, *tokens;
  };
  for (const auto& r : {
           row{"房租补贴", "房租 租补 补贴 贴"},
           row{"補貼怎麼辦", "补贴 贴怎 怎么 么办 办"},  // traditional as simplified
           row{"申请表 A-12，电话13800138000！", "申请 请表 表 a 12 电话 话 13800138000"},
           row{"ＡＢＣ１２３", "abc123"},  // full width
           row{"補助金カード", "补助 助金 金カ カー ード ド"}, row{"지원금 신청", "지원 원금 금 신청 청"},
           row{"好", "好"}, row{"……？！", ""}, row{"", ""},
           row{"\" OR NEAR * (x", "or near x"},  // no syntax of any index survives
       }) {
    CAPTURE(r.text);
    CHECK(search_tokens(r.text) == r.tokens);
  }
}

TEST_CASE("a question is cut into groups that must stand as they are") {
  const auto groups = search_groups("房租补贴 abc，税");
  REQUIRE(groups.size() == 3);
  CHECK(groups[0].tokens == std::vector<std::string>{"房租", "租补", "补贴"});
  CHECK_FALSE(groups[0].open_end);
  CHECK(groups[1].tokens == std::vector<std::string>{"abc"});
  CHECK(groups[1].open_end);
  CHECK(groups[2].tokens == std::vector<std::string>{"税"});
  CHECK(groups[2].open_end);
  SECTION("characters and words next to each other are one group") {
    const auto mixed = search_groups("第12号令");
    REQUIRE(mixed.size() == 1);
    CHECK(mixed[0].tokens == std::vector<std::string>{"第", "12", "号令"});
    CHECK_FALSE(mixed[0].open_end);
  }
  SECTION("without a letter there is no group, and there is an end to groups") {
    CHECK(search_groups(" ，。 *\"").empty());
    CHECK(search_groups("a b c d e f g h i j k l").size() == most_search_groups);
    std::string endless;
    for (int i = 0; i < 500; ++i) endless += "补贴";
    CHECK(search_groups(endless).empty());
  }
}

TEST_CASE("an excerpt marks what was found, in UTF-16 units") {
  const auto groups = search_groups("补贴 ABC");
  SECTION("in the letters of the original, not of the folded text") {
    const auto e = excerpt_of("𠮷 補貼與ａｂｃ", groups, 200);
    CHECK(e.text == "𠮷 補貼與ａｂｃ");
    CHECK(e.marks == std::vector<std::pair<std::size_t, std::size_t>>{{3, 5}, {6, 9}});
  }
  SECTION("a long text is shown from shortly before the first mark") {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "前";
    text += "补贴";
    for (int i = 0; i < 300; ++i) text += "后";
    const auto e = excerpt_of(text, groups, 120);
    CHECK(e.text.starts_with("…前"));
    CHECK(e.text.ends_with("后…"));
    REQUIRE(e.marks.size() == 1);
    CHECK(e.marks[0] == std::pair<std::size_t, std::size_t>{31, 33});
  }
  SECTION("marks that touch are one, and without a mark it is the beginning") {
    CHECK(excerpt_of("补贴补贴", groups, 50).marks == std::vector<std::pair<std::size_t, std::size_t>>{{0, 4}});
    const auto none = excerpt_of("没有", groups, 50);
    CHECK(none.text == "没有");
    CHECK(none.marks.empty());
  }
  SECTION("an excerpt never cuts a character in two") {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "𠮷";
    CHECK(excerpt_of(text, groups, 5).text == "𠮷𠮷…");
  }
}
