#include "dialogs/values/numeral_words.hpp"

namespace zhuqi::dialogs::values {
namespace {

using enum number_word;

struct rows {
  number_word kind;
  int value;
  number_script script;
  std::string_view words;
};

}  // namespace

const lexicon<number_mark>& number_words() {
  constexpr auto han = number_script::han;
  constexpr auto hangul = number_script::hangul;
  constexpr auto latin = number_script::latin;
  static const auto words = lexicon<number_mark>::of_rows({
      {{digit, 0, han}, "零|〇|〇"},
      {{digit, 1, han}, "一|壹|壱|弌|幺|ひとつ|一つ"},
      {{digit, 2, han}, "二|两|贰|弐|俩|ふたつ|二つ"},
      {{digit, 3, han}, "三|叁|参|参|仨|みっつ|三つ"},
      {{digit, 4, han}, "四|肆|よっつ|四つ"},
      {{digit, 5, han}, "五|伍|いつつ|五つ"},
      {{digit, 6, han}, "六|陆|むっつ|六つ"},
      {{digit, 7, han}, "七|柒|漆|ななつ|七つ"},
      {{digit, 8, han}, "八|捌|やっつ|八つ"},
      {{digit, 9, han}, "九|玖|ここのつ|九つ"},
      {{ten, 20, han}, "廿"},
      {{ten, 30, han}, "卅"},
      {{place, 1, han}, "十|拾"},
      {{place, 2, han}, "百|佰"},
      {{place, 3, han}, "千|仟"},
      {{myriad, 4, han}, "万"},
      {{myriad, 8, han}, "亿|億"},
      {{myriad, 12, han}, "兆"},
      {{dozen, 12, han}, "打|ダース"},
      {{point, 0, han}, "点"},
      {{few, 0, han}, "几|好几"},
      {{several, 0, han}, "数|好几"},
      {{more, 0, han}, "多|余"},
      {{about, 0, han}, "来"},
      {{count, 0, han}, "个"},
      {{digit, 0, hangul}, "영|공"},
      {{digit, 1, hangul}, "일|하나"},
      {{digit, 2, hangul}, "이|둘"},
      {{digit, 3, hangul}, "삼|셋"},
      {{digit, 4, hangul}, "사|넷"},
      {{digit, 5, hangul}, "오|다섯"},
      {{digit, 6, hangul}, "육|륙|여섯"},
      {{digit, 7, hangul}, "칠|일곱"},
      {{digit, 8, hangul}, "팔|여덟"},
      {{digit, 9, hangul}, "구|아홉"},
      {{attributive, 1, hangul}, "한"},
      {{attributive, 2, hangul}, "두"},
      {{attributive, 3, hangul}, "세"},
      {{attributive, 4, hangul}, "네"},
      {{ten, 10, hangul}, "열"},
      {{ten, 20, hangul}, "스물|스무"},
      {{ten, 30, hangul}, "서른"},
      {{ten, 40, hangul}, "마흔"},
      {{ten, 50, hangul}, "쉰"},
      {{ten, 60, hangul}, "예순"},
      {{ten, 70, hangul}, "일흔"},
      {{ten, 80, hangul}, "여든"},
      {{ten, 90, hangul}, "아흔"},
      {{place, 1, hangul}, "십"},
      {{place, 2, hangul}, "백"},
      {{place, 3, hangul}, "천"},
      {{myriad, 4, hangul}, "만"},
      {{myriad, 8, hangul}, "억"},
      {{myriad, 12, hangul}, "조"},
      {{point, 0, hangul}, "점"},
      {{few, 0, hangul}, "몇"},
      {{several, 0, hangul}, "수"},
      {{more, 0, hangul}, "여|몇"},
      {{digit, 0, latin}, "zero"},
      {{digit, 1, latin}, "one"},
      {{digit, 2, latin}, "two"},
      {{digit, 3, latin}, "three"},
      {{digit, 4, latin}, "four"},
      {{digit, 5, latin}, "five"},
      {{digit, 6, latin}, "six"},
      {{digit, 7, latin}, "seven"},
      {{digit, 8, latin}, "eight"},
      {{digit, 9, latin}, "nine"},
      {{teen, 10, latin}, "ten"},
      {{teen, 11, latin}, "eleven"},
      {{teen, 12, latin}, "twelve"},
      {{teen, 13, latin}, "thirteen"},
      {{teen, 14, latin}, "fourteen"},
      {{teen, 15, latin}, "fifteen"},
      {{teen, 16, latin}, "sixteen"},
      {{teen, 17, latin}, "seventeen"},
      {{teen, 18, latin}, "eighteen"},
      {{teen, 19, latin}, "nineteen"},
      {{ten, 20, latin}, "twenty"},
      {{ten, 30, latin}, "thirty"},
      {{ten, 40, latin}, "forty|fourty"},
      {{ten, 50, latin}, "fifty"},
      {{ten, 60, latin}, "sixty"},
      {{ten, 70, latin}, "seventy"},
      {{ten, 80, latin}, "eighty"},
      {{ten, 90, latin}, "ninety"},
      {{place, 2, latin}, "hundred|hundreds"},
      {{myriad, 3, latin}, "thousand|thousands"},
      {{myriad, 6, latin}, "million|millions|mln|mio"},
      {{myriad, 9, latin}, "billion|billions|bn"},
      {{myriad, 12, latin}, "trillion"},
      {{letter, 3, latin}, "k"},
      {{letter, 4, latin}, "w"},
      {{letter, 6, latin}, "m|mm"},
      {{letter, 7, latin}, "kw"},
      {{letter, 9, latin}, "b"},
      {{dozen, 12, latin}, "dozen|dozens"},
      {{point, 0, latin}, "point"},
      {{few, 0, latin}, "a few|several|some"},
      {{more, 0, latin}, "odd|something|plus"},
      {{article, 1, latin}, "a|an"},
  });
  return words;
}

}  // namespace zhuqi::dialogs::values
