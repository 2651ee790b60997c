#include "dialogs/values/phrases.hpp"

#include "dialogs/values/lexicon.hpp"

namespace zhuqi::dialogs::values {
namespace {

const lexicon<int>& dont_know_words() {
  static const auto words = lexicon<int>::of_rows({{0,
                                                    "不知道|不清楚|不太清楚|不了解|不确定|不太确定|不晓得|说不准|"
                                                    "说不好|说不清|不好说|没统计|没有统计|没算过|没有算过|忘了|忘记了|"
                                                    "不记得|记不清|记不得|记不住|搞不清|弄不清|没概念|待定|未知|不详|"
                                                    "不明|没底|不会算|不懂|还没定|拿不准|没数|不太记得|不曉得|"
                                                    "don't know|dont know|do not know|don't remember|do not "
                                                    "remember|can't remember|cannot remember|no idea|not sure|"
                                                    "unsure|unknown|idk|not certain|uncertain|no clue|haven't "
                                                    "counted|can't say|cannot say|hard to say|don't recall|"
                                                    "don't really know|not known|tbd|n/a|"
                                                    "わかりません|分かりません|わからない|分からない|わからん|"
                                                    "知りません|知らない|存じません|不明です|忘れました|忘れた|"
                                                    "覚えていません|覚えてない|未定|不確か|はっきりしません|"
                                                    "모르겠어요|모르겠습니다|모르겠네요|모르겠음|모릅니다|몰라요|몰라|"
                                                    "모름|모르겠다|잘 모르|기억이 안|기억 안|기억나지|미정|"
                                                    "확실하지 않|확실치 않|불명|모르"}});
  return words;
}

const lexicon<int>& noise_words() {
  static const auto words = lexicon<int>::of_rows(
      {{0,
        "我们|我|我司|我公司|我厂|我店|公司|企业|单位|厂|店|咱们|咱|本公司|本企业|本单位|员工|职工|人数|现有|目前|现在|"
        "共|一共|总共|"
        "合计|共计|总计|有|是|为|在|的|了|吧|啊|呢|呀|哦|嗯|哈|啦|吗|额|呃|这个|那个|就|也|都|大概|大约|差不多|左右|"
        "应该|可能|"
        "答|回答|回复|答案|您好|你好|谢谢|人|个|总|全|年|去年|今年|上年|营收|收入|营业收入|注册资本|资本|金额|贷款|"
        "税率|比例|占|占比|"
        "于|成立|成立于|注册|是在|从|自|开始|日期|时间|生日|"
        "we|have|has|had|i|our|my|company|it|it's|is|are|was|were|about|the|a|an|of|in|on|at|total|there|currently|now|"
        "employees|staff|people|around|since|founded|established|registered|started|that|would|be|answer|please|thanks|"
        "since|for|us|to|and|so|well|um|er|in total|altogether|all|together|"
        "です|ます|でした|だ|人です|は|が|に|で|の|と|約|当社|弊社|会社|従業員|現在|合計|全部で|おります|います|"
        "ございます|設立|"
        "입니다|이에요|예요|요|이요|우리|저희|회사|직원|은|는|이|가|총|모두|현재|약|정도|있습니다|있어요|이다|의|에|"
        "설립"}});
  return words;
}

const lexicon<int>& negations_before() {
  static const auto words = lexicon<int>::of_rows(
      {{0, "不是|并不是|并非|不再是|没有|不|非|别|没|不要|not|isn't|wasn't|aren't|never|no longer"}});
  return words;
}

const lexicon<int>& negations_behind() {
  static const auto words = lexicon<int>::of_rows({{0,
                                                    "ではない|ではありません|じゃない|じゃありません|이 아닙니다|가 "
                                                    "아닙니다|이 아니|가 아니|도 아니|はない|もいない|は無い"}});
  return words;
}

bool is_punctuation(char32_t c) {
  constexpr std::u32string_view marks = U" \n.,;:!?~-()[]{}\"'/*#、。「」『』【】《》〈〉…·・“”‘’;@&=|";
  return marks.find(c) != std::u32string_view::npos || c == 0x20E3 || c >= 0x1F000;
}

}  // namespace

bool says_dont_know(std::string_view s) {
  if (s.find_first_not_of("? ") == std::string_view::npos && s.find('?') != std::string_view::npos) return true;
  return dont_know_words().occurs_in(s);
}

bool says_none(std::string_view s) {
  static const auto words = lexicon<int>::of_rows({{0,
                                                    "没有|无|没|暂无|没有员工|没有收入|没有的|none|nothing|nil|nobody|"
                                                    "no one|no employees|no income|なし|無し|ありません|"
                                                    "ないです|ゼロ|없음|없습니다|없어요|없다"}});
  for (std::size_t at = 0; at < s.size(); at += character_bytes(s, at)) {
    if (!starts_word(s, at)) continue;
    if (const auto word = words.match(s, at)) return is_noise(s.substr(0, at)) && is_noise(s.substr(at + word.length));
  }
  return false;
}

bool is_noise(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    if (const auto word = noise_words().match(s, i)) {
      i += word.length;
    } else if (is_punctuation(code_point(s, i))) {
      i += character_bytes(s, i);
    } else {
      return false;
    }
  }
  return true;
}

bool is_negated(std::string_view s, std::size_t at, std::size_t end) {
  std::size_t from = at;
  while (from > 0 && s[from - 1] == ' ') --from;
  if (from > 0 && negations_before().match_before(s, from)) return true;
  const std::size_t behind = end < s.size() && s[end] == ' ' ? end + 1 : end;
  return static_cast<bool>(negations_behind().match(s, behind));
}

}  // namespace zhuqi::dialogs::values
