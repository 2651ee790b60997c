// What people type, by type.
#include "bot/base/text.hpp"
#include "dialogs/values/parse.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::values;

namespace {

choice_type fruits() {
  choice_type c;
  c.options = {{"funds", {}, {}, {"资金", "funding"}},
               {"labour", {}, {}, {"用工", "staffing", "招工"}},
               {"materials", {}, {}, {text::fold("原料与零部件"), "materials and parts"}},
               {"other", {}, {}, {"其他", "other"}}};
  return c;
}

std::string chosen(const char* typed) { return parse_choice(fruits(), text::fold(typed)).value; }
std::string yes_no(const char* typed) { return parse_yes_no(text::fold(typed)).value; }

/// A code with its right check character, by the definition in GB 32100 and not by our code: brute force over the alphabet.
std::string uscc_value(const char* typed) { return parse_uscc(text::fold(typed)).value; }

}  // namespace

TEST_CASE("a choice is made by number, in any way of writing it") {
  for (const char* typed : {"2",     "２",         " 2 ",      "2.",     "２．",  "2、",    "2）",
                            "(2)",   "②",          "二",       "第二个", "第2个", "第二項", "選2",
                            "我选2", "我选第二个", "2号",      "選擇2",  "2️⃣",     "2番",    "二番目",
                            "2번",   "option 2",   "Option 2", "No. 2",  "#2",    "two",    "the second one",
                            "2吧",   "選項2"}) {
    INFO(typed);
    CHECK(chosen(typed) == "labour");
  }
}

TEST_CASE("a number that is not on the list chooses nothing") {
  for (const char* typed : {"0", "5", "99", "999", "1000", "-1", "1.5", "第五个", "12345678901234567890"}) {
    INFO(typed);
    CHECK(chosen(typed) == "");
  }
}

TEST_CASE("a choice is made by label or alias, simplified or traditional, and by the copied line") {
  CHECK(chosen("资金") == "funds");
  CHECK(chosen("資金") == "funds");
  CHECK(chosen("招工") == "labour");
  CHECK(chosen("Funding") == "funds");
  CHECK(chosen("1. 资金") == "funds");
  CHECK(chosen("3、原料与零部件") == "materials");
  CHECK(chosen("原料") == "materials");
}

TEST_CASE("a sentence chooses what it mentions, unless it mentions two or says no") {
  CHECK(chosen("我们主要是资金方面的问题") == "funds");
  CHECK(parse_choice(fruits(), text::fold("资金和用工都有问题")).why == misfit::ambiguous);
  CHECK(chosen("不是资金的问题") == "");
  CHECK(chosen("没有资金") == "");
  CHECK(chosen("天气不错") == "");
}

TEST_CASE("yes is understood in the words of the reference table and of four languages") {
  for (const char* typed : {"是",
                            "好哇",
                            "好嘞",
                            "同意",
                            "👌👌👌",
                            "对，我说了不是",
                            "同意，那很好",
                            "好的",
                            "👌🏿 可以",
                            "没问题",
                            "行",
                            "好啊",
                            "對",
                            "確認",
                            "没错",
                            "有",
                            "嗯嗯",
                            "是的呢",
                            "Yes",
                            "OK",
                            "yes!",
                            "はい",
                            "はい、お願いします",
                            "そうです",
                            "네",
                            "예",
                            "맞아요",
                            "1"}) {
    INFO(typed);
    CHECK(yes_no(typed) == "true");
  }
}

TEST_CASE("no is understood in the words of the reference table and of four languages") {
  for (const char* typed : {"不中", "不是", "不可以", "不好", "没有", "沒有", "否", "不", "不对", "不是，写错了", "No",
                            "no, thanks", "いいえ", "違います", "아니요", "없습니다", "2"}) {
    INFO(typed);
    CHECK(yes_no(typed) == "false");
  }
}

TEST_CASE("what is neither yes nor no is not guessed") {
  for (const char* typed : {"", "也许", "不清楚", "是不是呢我也不知道", "3", "明天再说", "maybe"}) {
    INFO(typed);
    CHECK_FALSE(parse_yes_no(text::fold(typed)).good());
  }
}

TEST_CASE("text is trimmed, counted in characters and cleaned of controls") {
  const text_type name{2, 4};
  CHECK(parse_text(name, "  李敏　").value == "李敏");
  CHECK(parse_text(name, "李\x01敏").value == "李敏");
  CHECK(parse_text(name, "李").why == misfit::too_short);
  CHECK(parse_text(name, "👍👍👍👍").good());
  const parsed long_one = parse_text(name, "欧阳娜娜娜");
  CHECK(long_one.why == misfit::too_long);
  CHECK(long_one.number == 5);
}

TEST_CASE("a telephone number is found in what people write around it") {
  const auto phone = [](const char* typed) { return parse_phone(text::fold(typed)).value; };
  CHECK(phone("13800138000") == "13800138000");
  CHECK(phone("138 0013 8000") == "13800138000");
  CHECK(phone("138-0013-8000") == "13800138000");
  CHECK(phone("１３８００１３８０００") == "13800138000");
  CHECK(phone("+86 138 0013 8000") == "13800138000");
  CHECK(phone("8613800138000") == "13800138000");
  CHECK(phone("我的电话是13800138000，找李敏") == "13800138000");
  CHECK(phone("0595-22345678") == "059522345678");
  CHECK(phone("(0595) 2234 5678 转 802") == "059522345678-802");
  CHECK(phone("400-800-8820") == "4008008820");
  CHECK(phone("+82 2-1234-5678") == "+82212345678");
}

TEST_CASE("an incomplete or doubtful telephone number is refused") {
  for (const char* typed : {"", "1380013800", "138001380000", "22345678", "12800138000", "没有电话",
                            "13800138000 或 13900139000", "🙂", "00000000000"}) {
    INFO(typed);
    CHECK(parse_phone(text::fold(typed)).why == misfit::phone_invalid);
  }
}

TEST_CASE("a unified social credit code is checked by GB 32100") {
  // Public codes of well-known institutions and companies.
  for (const char* code : {"91350100M000100Y43", "9144030071526726XG", "91110000802100433B"}) {
    INFO(code);
    CHECK(uscc_value(code) == code);
  }
  CHECK(uscc_value("统一社会信用代码：9144 0300 7152 6726 xg") == "9144030071526726XG");
  CHECK(uscc_value("９１４４０３００７１５２６７２６ＸＧ") == "9144030071526726XG");
}

TEST_CASE("exactly one check character fits each code") {
  const std::string body = "91440300715267261";
  int fitting = 0;
  for (char c : std::string{"0123456789ABCDEFGHJKLMNPQRTUWXY"})
    fitting += parse_uscc(text::fold(body + c)).good() ? 1 : 0;
  CHECK(fitting == 1);
}

TEST_CASE("a wrong credit code says what is wrong with it") {
  const auto why = [](const char* typed) { return parse_uscc(text::fold(typed)); };
  CHECK(why("9144030071526726XH").why == misfit::uscc_check);
  CHECK(why("9144030071526762XG").why == misfit::uscc_check);  // two digits swapped
  CHECK(why("9144030071526726X").why == misfit::uscc_length);
  CHECK(why("9144030071526726X").number == 17);
  CHECK(why("914403OO71526726XG").why == misfit::uscc_character);
  CHECK(why("914403OO71526726XG").detail == "O");
  CHECK(why("350500100012345").why == misfit::uscc_old_number);
  CHECK(why("不记得了").why == misfit::unrecognised);
}
