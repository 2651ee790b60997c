// Two questions one after the other: whose matter is it, and who of them has room.
#include "dialogs/casework/routing.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::casework {
namespace {

bool has_room(const official& o) { return o.load < o.capacity; }

bool speaks(const official& o, lang l) {
  return std::find(o.languages.begin(), o.languages.end(), l) != o.languages.end();
}

// By how much of the capacity is taken, compared without division.
bool before(const official& a, const official& b) {
  const auto left = std::int64_t{a.load} * b.capacity;
  const auto right = std::int64_t{b.load} * a.capacity;
  if (left != right) return left < right;
  if (a.last_given != b.last_given) return a.last_given < b.last_given;
  return a.id < b.id;
}

const competence* most_exact(const route_request& request, std::span<const competence> all) {
  const competence* best = nullptr;
  const auto weight = [](const competence& c) {
    return (c.matter.empty() ? 0 : 100) + static_cast<int>(c.region_prefix.size());
  };
  for (const competence& c : all) {
    const bool fits = (c.matter.empty() || c.matter == request.matter) &&
                      std::string_view{request.region}.substr(0, c.region_prefix.size()) == c.region_prefix;
    if (fits && (best == nullptr || weight(c) > weight(*best))) best = &c;
  }
  return best;
}

route inside(const unit& department, const route_request& request, std::span<const official> officials) {
  const official* best = nullptr;
  bool any = false, fluent = false, there = false;
  for (const official& o : officials) {
    if (o.of != department) continue;
    any = true;
    if (!speaks(o, request.language)) continue;
    fluent = true;
    if (!o.on_duty) continue;
    there = true;
    if (has_room(o) && (best == nullptr || before(o, *best))) best = &o;
  }
  if (best != nullptr) return {route_why::least_loaded, department, best->id};
  if (!any) return {route_why::queue_empty, department, {}};
  if (!fluent) return {route_why::queue_no_language, department, {}};
  return {there ? route_why::queue_full : route_why::queue_off_duty, department, {}};
}

struct why_text {
  std::string_view zh, en;
};

constexpr std::array texts{
    why_text{"由本企业的包联专员{0}办理。", "{0} is this enterprise's own liaison."},
    why_text{"按事项和地区由{1}办理，{0}在岗且当前负荷最低。",
             "{1} is competent for the matter and region; {0} is on duty and the least loaded."},
    why_text{"已进入{1}队列：会{2}的在岗人员均已满负荷，有人空出即接办。",
             "In the queue of {1}: everybody on duty who speaks {2} is at capacity; the first to be free takes it."},
    why_text{"已进入{1}队列：会{2}的人员均不在岗，上班后接办。",
             "In the queue of {1}: nobody who speaks {2} is on duty; it is taken when offices open."},
    why_text{
        "已进入{1}队列：该单位没有会{2}的人员，请派单员安排翻译或改派。",
        "In the queue of {1}: nobody there speaks {2}; the dispatcher has to find an interpreter or another unit."},
    why_text{"已进入{1}队列：该单位尚无可接办人员，请管理员设置。",
             "In the queue of {1}: the unit has no staff to take it; the administrator has to name some."},
    why_text{"没有单位登记承办此事项和地区，请受理人员指定单位。",
             "No unit is registered for this matter and region; the intake desk has to name one."},
};

std::string_view language_name(lang spoken, lang in) {
  switch (spoken) {
    case lang::zh_cn: return in == lang::zh_cn ? "中文" : "Chinese";
    case lang::en: return in == lang::zh_cn ? "英语" : "English";
    case lang::ja: return in == lang::zh_cn ? "日语" : "Japanese";
    case lang::ko: return in == lang::zh_cn ? "韩语" : "Korean";
  }
  return "";
}

std::string filled(std::string_view pattern, const std::array<std::string_view, 3>& args) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      out += pattern[i];
      continue;
    }
    out += args[static_cast<std::size_t>(pattern[i + 1] - '0')];
    i += 2;
  }
  return out;
}

}  // namespace

route find_route(const route_request& request, std::span<const official> officials,
                 std::span<const competence> competences) {
  const auto own = std::find_if(officials.begin(), officials.end(),
                                [&](const official& o) { return !request.liaison.empty() && o.id == request.liaison; });
  const bool known = own != officials.end();
  if (known && own->on_duty && has_room(*own)) return {route_why::own_liaison, own->of, own->id};
  const competence* competent = most_exact(request, competences);
  route chosen = competent == nullptr ? route{} : inside(competent->by, request, officials);
  chosen.liaison_off_duty = known && !own->on_duty;
  chosen.liaison_full = known && own->on_duty;
  return chosen;
}

std::string sentence(const route& chosen, const route_request& request, lang l) {
  const why_text& text = texts[static_cast<std::size_t>(chosen.why)];
  const std::array<std::string_view, 3> args{chosen.staff, chosen.to.department, language_name(request.language, l)};
  std::string out;
  if (chosen.liaison_full)
    out = l == lang::zh_cn ? "包联专员" + request.liaison + "已满负荷。"
                           : request.liaison + ", the own liaison, is at capacity. ";
  if (chosen.liaison_off_duty)
    out = l == lang::zh_cn ? "包联专员" + request.liaison + "不在岗。"
                           : request.liaison + ", the own liaison, is not on duty. ";
  return out + filled(l == lang::zh_cn ? text.zh : text.en, args);
}

}  // namespace zhuqi::dialogs::casework
