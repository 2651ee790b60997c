// Yes and no, as people say it in four languages. The first clause decides (对，我说了不是 is a yes); what is in neither list is
// asked again, for a wrong guess here files or discards somebody's request.
#include "bot/base/text.hpp"
#include "dialogs/values/parse.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

namespace zhuqi::dialogs::values {
namespace {

constexpr std::array<std::string_view, 77> yes_words{"是",
                                                     "是的",
                                                     "是滴",
                                                     "对",
                                                     "对的",
                                                     "对啊",
                                                     "对呀",
                                                     "好",
                                                     "好的",
                                                     "好哇",
                                                     "好嘞",
                                                     "好啊",
                                                     "好吧",
                                                     "好呀",
                                                     "行",
                                                     "行的",
                                                     "可以",
                                                     "可以的",
                                                     "有",
                                                     "有的",
                                                     "确认",
                                                     "确定",
                                                     "同意",
                                                     "没错",
                                                     "没问题",
                                                     "没有问题",
                                                     "正确",
                                                     "属实",
                                                     "要",
                                                     "需要",
                                                     "嗯",
                                                     "嗯嗯",
                                                     "恩",
                                                     "中",
                                                     "成",
                                                     "当然",
                                                     "提交",
                                                     "确认提交",
                                                     "无误",
                                                     "确认无误",
                                                     "没有错",
                                                     "ok",
                                                     "okay",
                                                     "yes",
                                                     "y",
                                                     "yeah",
                                                     "yep",
                                                     "yup",
                                                     "sure",
                                                     "correct",
                                                     "right",
                                                     "true",
                                                     "confirm",
                                                     "i agree",
                                                     "はい",
                                                     "ええ",
                                                     "うん",
                                                     "そうです",
                                                     "そう",
                                                     "正しい",
                                                     "正しいです",
                                                     "お願いします",
                                                     "大丈夫",
                                                     "確認",
                                                     "あります",
                                                     "예",
                                                     "네",
                                                     "넵",
                                                     "응",
                                                     "맞아요",
                                                     "맞습니다",
                                                     "그렇습니다",
                                                     "확인",
                                                     "있습니다",
                                                     "좋아요",
                                                     "\xF0\x9F\x91\x8C",
                                                     "\xF0\x9F\x91\x8D"};

constexpr std::array<std::string_view, 62> no_words{"不是",       "不是的",
                                                    "不",         "不对",
                                                    "不对的",     "不好",
                                                    "不行",       "不可以",
                                                    "不中",       "不要",
                                                    "不用",       "不需要",
                                                    "不同意",     "不确认",
                                                    "不正确",     "不成",
                                                    "没有",       "没",
                                                    "没有的",     "无",
                                                    "否",         "错",
                                                    "错了",       "有误",
                                                    "有错",       "非",
                                                    "不提交",     "取消",
                                                    "算了",       "没有呢",
                                                    "暂无",       "no",
                                                    "n",          "nope",
                                                    "not",        "wrong",
                                                    "incorrect",  "false",
                                                    "no thanks",  "cancel",
                                                    "いいえ",     "いえ",
                                                    "ちがいます", "違います",
                                                    "違う",       "いらない",
                                                    "ありません", "ない",
                                                    "だめ",       "不要です",
                                                    "キャンセル", "아니요",
                                                    "아니오",     "아뇨",
                                                    "아닙니다",   "아니",
                                                    "틀려요",     "틀립니다",
                                                    "없습니다",   "없어요",
                                                    "취소",       "\xF0\x9F\x91\x8E"};

using word_set = std::unordered_set<std::string>;

/// Folded like the answers are: that turns 確認 into 确认, in Japanese words too.
template <class List>
word_set folded_set(const List& words) {
  word_set out;
  for (std::string_view w : words) out.insert(text::fold(w));
  return out;
}

bool is_yes(std::string_view s) {
  static const word_set words = folded_set(yes_words);
  return words.contains(std::string{s});
}

bool is_no(std::string_view s) {
  static const word_set words = folded_set(no_words);
  return words.contains(std::string{s});
}

/// Up to the first mark that ends a clause.
std::string_view first_clause(std::string_view s) {
  constexpr std::array<std::string_view, 13> marks{",", "。", ".", "!",  "?",  "、", ";",
                                                   "~", "\n", "…", "～", "，", "！"};
  std::size_t end = s.size();
  for (std::string_view m : marks) end = std::min(end, s.find(m));
  s = s.substr(0, end);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

/// 👌🏿 可以, 👌👌👌: the first sign alone, where it is one of ours.
std::string_view leading_sign(std::string_view s) { return s.starts_with("\xF0\x9F\x91") ? s.substr(0, 4) : s; }

/// Particles that change nothing: 是呢, 好的呀, 对吧.
std::string_view without_particle(std::string_view s) {
  constexpr std::array<std::string_view, 10> particles{"呢", "呀", "啊", "哦", "吧", "哈", "啦", "了", "です", "요"};
  for (std::string_view p : particles) {
    if (s.size() > p.size() && s.ends_with(p)) return s.substr(0, s.size() - p.size());
  }
  return s;
}

}  // namespace

parsed parse_yes_no(std::string_view folded) {
  if (folded.size() > 120) return {};
  const std::string_view clause = first_clause(folded);
  for (std::string_view s : {folded, clause, without_particle(clause), leading_sign(clause)}) {
    if (s.empty()) continue;
    if (is_yes(s)) return parsed::of("true");
    if (is_no(s)) return parsed::of("false");
  }
  switch (ordinal(folded)) {
    case 1: return parsed::of("true");
    case 2: return parsed::of("false");
    default: return {};
  }
}

}  // namespace zhuqi::dialogs::values
