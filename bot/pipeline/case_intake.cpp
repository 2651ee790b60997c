#include "bot/pipeline/case_intake.hpp"

#include "bot/base/text.hpp"
#include "dialogs/values/canonical.hpp"

#include <array>

namespace zhuqi::pipeline {
namespace {

using dialogs::values::value_kind;

constexpr std::size_t title_bytes = 120;

struct label_row {
  std::string_view arg, label;
  value_kind kind = value_kind::text;
};

// In the order in which an official reads them. Contact and company have columns of their own.
constexpr std::array labels{
    label_row{"kind", "申请类别"},
    label_row{"topic", "协调事项"},
    label_row{"matter", "事项描述"},
    label_row{"code", "统一社会信用代码"},
    label_row{"district", "所在区县"},
    label_row{"address", "经营地址"},
    label_row{"house", "房屋"},
    label_row{"region", "涉及地区"},
    label_row{"partner", "对方单位"},
    label_row{"period_from", "起始月份", value_kind::month},
    label_row{"period_to", "截止月份", value_kind::month},
    label_row{"amount", "金额", value_kind::money},
    label_row{"wanted", "希望解决日期", value_kind::date},
    label_row{"resume_on", "计划复工日期", value_kind::date},
    label_row{"staff", "首批返岗人数", value_kind::integer},
    label_row{"outside", "其中外地返岗人数", value_kind::integer},
    label_row{"ready", "复工准备齐全", value_kind::boolean},
    label_row{"licence", "营业执照（文件）"},
    label_row{"papers", "证明材料（文件）"},
    label_row{"plan", "复工方案（文件）"},
};

struct word_row {
  std::string_view arg, id, word;
};
constexpr std::array words{
    word_row{"kind", "rent", "房租补贴"},
    word_row{"kind", "utility", "水电费补贴"},
    word_row{"kind", "both", "房租和水电费补贴"},
    word_row{"topic", "transport", "货物运输通行"},
    word_row{"topic", "staff", "员工跨区返岗"},
    word_row{"topic", "supply", "上下游企业配套"},
    word_row{"topic", "qualification", "资质、许可异地认可"},
    word_row{"topic", "other", "其他跨区事项"},
};

/// A choice's name where its id is a known one; the value itself else (a script may name its choices anew).
std::string in_words(std::string_view arg, const std::string& value) {
  for (const auto& row : words) {
    if (row.arg == arg && row.id == value) return std::string{row.word};
  }
  return value;
}

}  // namespace

std::string argument(const dialogs::effect::call& call, const std::string& name) {
  const auto found = call.args.find(name);
  return found == call.args.end() ? std::string{} : found->second;
}

std::optional<case_intake> intake_of(const dialogs::effect::call& call) {
  case_intake out;
  const std::string company = argument(call, "company");
  if (call.service == "case_create") {
    out.matter = "subsidy";
    out.title = in_words("kind", argument(call, "kind")) + "申请";
  } else if (call.service == "coordination_create") {
    out.matter = "coordination";
    out.title = in_words("topic", argument(call, "topic")) + "：" + argument(call, "matter");
  } else if (call.service == "filing_create") {
    out.matter = "filing";
    out.title = "复工备案";
  } else {
    return std::nullopt;
  }
  out.title = text::truncate(out.title, title_bytes);
  out.company = company;
  out.contact = argument(call, "contact") + " " + argument(call, "phone");
  for (const auto& row : labels) {
    const std::string value = argument(call, std::string{row.arg});
    if (value.empty()) continue;
    const std::string shown = row.kind == value_kind::text
                                  ? in_words(row.arg, value)
                                  : dialogs::values::shown(row.kind, value, dialogs::lang::zh_cn);
    out.summary.append(row.label).append("：").append(shown).append("\n");
  }
  return out;
}

}  // namespace zhuqi::pipeline
