// What the members of scripts are called in sentences about changes.
#include "dialogs/script_diff_fields.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs::diff {
namespace {

struct key_name {
  std::string_view key, zh, en;
};
constexpr std::array key_names{
    key_name{"accept", "文件种类", "kinds of file"},
    key_name{"aliases", "别名", "alias"},
    key_name{"approximate", "可答范围", "ranges are answers"},
    key_name{"args", "参数", "arguments"},
    key_name{"ask", "提问", "question"},
    key_name{"attach", "附件", "attachment"},
    key_name{"bare_unit", "默认单位（分）", "unit without a word (fen)"},
    key_name{"call", "调用的对话", "called dialog"},
    key_name{"checks", "校验", "check"},
    key_name{"cite", "依据", "citation"},
    key_name{"closed_now", "非工作时间的状态", "state outside office hours"},
    key_name{"do", "调用的服务", "service"},
    key_name{"done", "结束口令", "closing word"},
    key_name{"end", "结果", "outcome"},
    key_name{"expire_ms", "过期时间", "expiry"},
    key_name{"fresh_ms", "有效期", "time that it stays known"},
    key_name{"holidays", "节假日", "holiday"},
    key_name{"inputs", "入参", "input"},
    key_name{"into", "存入变量", "variable"},
    key_name{"keep_ms", "文件保存期", "time that files are kept"},
    key_name{"kind", "种类", "kind"},
    key_name{"label", "名称", "label"},
    key_name{"lean", "年份倾向", "leaning"},
    key_name{"max", "上限", "maximum"},
    key_name{"max_count", "文件数上限", "most files"},
    key_name{"max_days", "上限（天）", "maximum (days)"},
    key_name{"max_mb", "文件大小上限（MB）", "largest file (MB)"},
    key_name{"max_months", "上限（月）", "maximum (months)"},
    key_name{"min", "下限", "minimum"},
    key_name{"min_days", "下限（天）", "minimum (days)"},
    key_name{"min_months", "下限（月）", "minimum (months)"},
    key_name{"min_percent", "相似度下限（%）", "least similarity (%)"},
    key_name{"next", "分支", "branch"},
    key_name{"not_after", "最晚日期", "latest day"},
    key_name{"not_before", "最早日期", "earliest day"},
    key_name{"note", "给工作人员的说明", "note to the official"},
    key_name{"of", "选项", "option"},
    key_name{"on_error", "服务失败的去向", "where a failed service leads"},
    key_name{"on_expire", "过期的去向", "where expiry leads"},
    key_name{"on_fail", "多次答错的去向", "where the last failed try leads"},
    key_name{"on_human", "要人工的去向", "where asking for a human leads"},
    key_name{"on_unknown", "答「不清楚」的去向", "where not knowing leads"},
    key_name{"once", "不可重复调用", "must not be repeated"},
    key_name{"outcomes", "结果", "outcome"},
    key_name{"outputs", "出参", "output"},
    key_name{"params", "引用的参数", "parameter read"},
    key_name{"pattern", "格式", "pattern"},
    key_name{"pii", "个人信息", "personal data"},
    key_name{"queue", "队列", "queue"},
    key_name{"remind_ms", "提醒", "reminder"},
    key_name{"retry", "重问", "retry"},
    key_name{"returns", "返回值", "returned field"},
    key_name{"save", "保存", "saving"},
    key_name{"say", "文字", "text"},
    key_name{"several", "可传多份", "several files"},
    key_name{"sla_ms", "应答时限", "time to answer"},
    key_name{"slot", "档案项", "slot"},
    key_name{"source", "来源文件", "source document"},
    key_name{"start", "起点", "start"},
    key_name{"take", "取回", "taken output"},
    key_name{"then", "之后", "then"},
    key_name{"timeout_ms", "超时", "timeout"},
    key_name{"title", "标题", "title"},
    key_name{"to", "去向", "target"},
    key_name{"tries", "尝试次数", "tries"},
    key_name{"type", "类型", "type"},
    key_name{"units", "单位", "unit"},
    key_name{"utc_offset_min", "时区（分钟）", "UTC offset (minutes)"},
    key_name{"when", "口令", "word"},
    key_name{"why", "为什么", "why"},
    key_name{"with", "传入", "given input"},
    key_name{"workdays", "调休上班日", "worked weekend day"},
};

}  // namespace

words name_of(std::string_view key) {
  const auto found = std::find_if(key_names.begin(), key_names.end(), [&](const key_name& k) { return k.key == key; });
  if (found == key_names.end()) return same(std::string{key});
  return {std::string{found->zh}, std::string{found->en}};
}

}  // namespace zhuqi::dialogs::diff
