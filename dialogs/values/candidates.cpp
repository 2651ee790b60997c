#include "dialogs/values/candidates.hpp"

#include "dialogs/values/phrases.hpp"

#include <algorithm>

namespace zhuqi::dialogs::values {
namespace {

/// How well a quantity answers: 0 not at all, the more the better.
int rank(const quantity& q, const wish& w) {
  switch (w.kind) {
    case value_kind::percent:
      if (q.what == dimension::percent) return 3;
      return q.what == dimension::none ? 1 : 0;
    case value_kind::money:
      if (q.what == dimension::money) return 3;
      return q.what == dimension::none && !q.ratio ? 1 : 0;
    default: break;
  }
  if (w.units != nullptr && std::find(w.units->begin(), w.units->end(), q.unit) != w.units->end() && !q.unit.empty()) {
    return 3;
  }
  if (q.what == dimension::count) return 2;
  return q.what == dimension::none ? 2 : 0;
}

/// A number without a unit takes that of the question: 5 is 5 %, three quarters are 75 %, 350 is 350 万元.
void complete(quantity& q, const wish& w) {
  if (q.what != dimension::none) return;
  if (w.kind == value_kind::percent && q.ratio) scale(q, 100);
  if (w.kind == value_kind::money && !q.myriads) scale(q, w.bare_factor);
}

bool same(const quantity& a, const quantity& b) {
  return a.range.low == b.range.low && a.range.high == b.range.high && a.range.low_open == b.range.low_open &&
         a.range.high_open == b.range.high_open;
}

/// 50人以上100人以下 is one answer in two parts.
bool merge_bounds(std::vector<quantity>& all) {
  if (all.size() != 2) return false;
  quantity& a = all[0];
  quantity& b = all[1];
  if (a.range.low && a.range.high) return false;
  if (b.range.low && b.range.high) return false;
  if (a.range.low.has_value() == b.range.low.has_value()) return false;
  quantity& lower = a.range.low ? a : b;
  quantity& upper = a.range.low ? b : a;
  interval r{lower.range.low, upper.range.high, lower.range.low_open, upper.range.high_open};
  if (r.empty()) return false;
  a.range = r;
  a.stated.reset();
  a.approximate = a.approximate || b.approximate;
  all.pop_back();
  return true;
}

/// 第3, 2023: names something rather than measuring it.
bool is_label(std::string_view s, const quantity& q) {
  const bool year = q.range.exact() && q.range.low->is_whole() && *q.range.low >= decimal{1900} &&
                    *q.range.low <= decimal{2100} && !q.bounded && !q.approximate;
  return year || s.substr(0, q.begin).ends_with("第");
}

/// Where `s` says that what follows is part of what came before: 其中, of which.
std::size_t part_word(std::string_view s) {
  std::size_t at = std::string_view::npos;
  for (std::string_view word : {"其中", "of which", "of whom", "うち", "그중", "그 중"})
    at = std::min(at, s.find(word));
  return at;
}

/// 有3个人，其中1个兼职.
void drop_parts(std::vector<quantity>& all, std::string_view s) {
  const std::size_t at = part_word(s);
  if (all.empty() || all.front().begin > at) return;
  std::erase_if(all, [&](const quantity& q) { return q.begin > at; });
}

/// 20人以上（含20人）, 50人以下（不含50人）: says whether the end is meant.
bool merge_inclusion(std::vector<quantity>& all, std::string_view s) {
  if (all.size() != 2 || !all[0].bounded || !all[1].range.exact() || all[0].stated != all[1].range.low) return false;
  const std::string_view between = s.substr(0, all[1].begin);
  const auto said = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return between.ends_with(w); });
  };
  const bool without = said({"不含", "不包括", "不包含", "excluding ", "not including "});
  if (!without && !said({"含", "包括", "包含", "including "})) return false;
  interval& r = all[0].range;
  (r.low ? r.low_open : r.high_open) = without;
  all.pop_back();
  return true;
}

}  // namespace

void scale(quantity& q, const decimal& by) {
  if (q.range.low) q.range.low = *q.range.low * by;
  if (q.range.high) q.range.high = *q.range.high * by;
  if (q.stated) q.stated = *q.stated * by;
}

std::vector<quantity> best(const std::vector<quantity>& all, const wish& w, std::string_view s) {
  int top = 0;
  for (const quantity& q : all) top = std::max(top, rank(q, w));
  std::vector<quantity> out;
  for (quantity q : all) {
    if (rank(q, w) != top || top == 0) continue;
    const bool alone = is_noise(s.substr(0, q.begin)) && is_noise(s.substr(q.end));
    if (!q.telling && q.what == dimension::none && !alone) continue;
    complete(q, w);
    if (std::none_of(out.begin(), out.end(), [&](const quantity& o) { return same(o, q); })) out.push_back(q);
  }
  // 5% 6: a bare number beside one with the right unit may be the answer as well.
  if (top == 3) {
    for (quantity q : all) {
      if (rank(q, w) == 0 || q.what != dimension::none || !q.telling || is_label(s, q)) continue;
      complete(q, w);
      if (std::none_of(out.begin(), out.end(), [&](const quantity& o) { return same(o, q); })) out.push_back(q);
    }
  }
  // 我们是一家公司，有350人: the first is an article.
  if (out.size() > 1) {
    const auto last = std::remove_if(out.begin(), out.end(), [](const quantity& q) { return q.lone_one; });
    if (last != out.begin()) out.erase(last, out.end());
  }
  drop_parts(out, s);
  if (!merge_inclusion(out, s)) merge_bounds(out);
  return out;
}

}  // namespace zhuqi::dialogs::values
