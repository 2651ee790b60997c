// The table of rules: id, severity, sentence and fix in Chinese and English. {0}, {1}, {2} are the diagnostic's args.
#include "dialogs/diagnostic.hpp"

#include "bot/base/placeholders.hpp"
#include "bot/base/result.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::dialogs {
namespace {

struct rule_row {
  rule what;
  std::string_view id;
  severity how_bad;
  std::string_view zh, zh_fix, en, en_fix;
};

constexpr auto error = severity::error;
constexpr auto warning = severity::warning;

constexpr std::array rules{
    rule_row{rule::yaml_syntax, "yaml-syntax", error, "不是有效的 YAML：{0}。", "请检查此处的缩进、冒号和引号。",
             "This is not valid YAML: {0}.", "Check indentation, colons and quotes here."},
    rule_row{rule::file_too_large, "file-too-large", error, "文件有 {0} 字节，超过上限 {1}。", "请拆成多个对话文件。",
             "The file has {0} bytes, over the limit of {1}.", "Split it into several dialogs."},
    rule_row{rule::nested_too_deep, "nested-too-deep", error, "嵌套超过 {0} 层。", "请减少缩进层数。",
             "Nested deeper than {0} levels.", "Flatten this part."},
    rule_row{rule::yaml_anchor, "yaml-anchor", error, "脚本中不能使用锚点或别名（& 和 *）。",
             "请把内容写全；以 & 或 * 开头的文字请加引号。", "Anchors and aliases (& and *) are not allowed.",
             "Write the content out; quote texts that begin with & or *."},
    rule_row{rule::yaml_tag, "yaml-tag", error, "脚本中不能使用标签（{0}）。", "请去掉标签；以 ! 开头的文字请加引号。",
             "Tags are not allowed ({0}).", "Remove it; quote texts that begin with !."},
    rule_row{rule::duplicate_key, "duplicate-key", error, "「{0}」在此处重复出现（首次在第 {1} 行）。",
             "请删去其中一个。", "\"{0}\" stands here twice (first in line {1}).", "Remove one of the two."},
    rule_row{rule::unknown_key, "unknown-key", error, "这里不认识「{0}」。", "可用的有：{1}。",
             "\"{0}\" is not known here.", "Known here: {1}."},
    rule_row{rule::wrong_type, "wrong-type", error, "「{0}」应当是{1}。", "请改成{1}。", "\"{0}\" must be {2}.",
             "Change it to {2}."},
    rule_row{rule::missing_key, "missing-key", error, "{0}缺少「{1}」。", "请补上「{1}」。", "{0} lacks \"{1}\".",
             "Add \"{1}\"."},
    rule_row{rule::bad_id, "bad-id", error, "「{0}」不能作编号。",
             "编号用小写英文字母开头，只含小写字母、数字和下划线，至多 64 个字符，且不能是 "
             "yes、no、on、off、null、true、false、vars、title、"
             "interrupts。",
             "\"{0}\" cannot be an id.",
             "Use lower-case letters, digits and underscores, at most 64, a letter first, and none of yes, no, on, "
             "off, null, true, "
             "false, vars, title, interrupts."},
    rule_row{rule::bad_value, "bad-value", error, "「{0}」的值「{1}」不可用。", "可用的是：{2}。",
             "\"{0}\" cannot be \"{1}\".", "Possible: {2}."},
    rule_row{rule::duplicate_id, "duplicate-id", error, "编号「{0}」已经用过（{1}）。", "请换一个编号。",
             "The id \"{0}\" is taken ({1}).", "Choose another id."},
    rule_row{rule::not_utf8, "not-utf8", error, "文件不是 UTF-8 编码。", "请另存为 UTF-8。", "The file is not UTF-8.",
             "Save it as UTF-8."},
    rule_row{rule::unknown_language, "unknown-language", error, "不支持语言「{0}」。",
             "译文文件名只能是 en.yaml、ja.yaml、ko.yaml。", "The language \"{0}\" is not supported.",
             "Translation files are named en.yaml, ja.yaml or ko.yaml."},
    rule_row{rule::kind_unclear, "kind-unclear", error, "状态「{0}」看不出是哪一种（{1}）。",
             "每个状态只能有 ask、call、handoff 之一，或只用 say／end；用 next 或 end 说明去向。",
             "The kind of state \"{0}\" is unclear ({1}).",
             "A state has exactly one of ask, call, handoff, or only say/end, and next or end says where it leads."},
    rule_row{rule::expression, "expression", error, "表达式「{0}」有误：{1}。", "{2}。",
             "In the expression \"{0}\": {3}.", "To mend it: {4}."},
    rule_row{rule::unknown_option, "unknown-option", error, "「{0}」没有「{1}」这个取值，这个比较永远不成立。",
             "请改成已有的编号：{2}。", "\"{0}\" has no value \"{1}\", so that this comparison never holds.",
             "Use one of: {2}."},
    rule_row{rule::slot_type, "slot-type", error, "档案项「{0}」在别处是{1}，这里是{2}。",
             "同一档案项在所有对话中须为同一类型。", "The slot \"{0}\" is {1} elsewhere and {2} here.",
             "Give a slot the same type in all dialogs."},
    rule_row{rule::unknown_variable, "unknown-variable", error, "没有变量「{0}」。",
             "请在 vars 中定义它，或改成已有的：{1}。", "There is no variable \"{0}\".",
             "Declare it in vars, or use one of: {1}."},
    rule_row{rule::unknown_target, "unknown-target", error, "去向「{0}」不存在。", "请改成已有的状态：{1}。",
             "There is no state \"{0}\".", "Use one of: {1}."},
    rule_row{rule::unknown_outcome, "unknown-outcome", error, "结果「{0}」没有在 outcomes 中列出。",
             "请加入 outcomes，或改成：{1}。", "The outcome \"{0}\" is not listed.",
             "Add it to outcomes, or use one of: {1}."},
    rule_row{rule::unknown_dialog, "unknown-dialog", error, "没有对话「{0}」。", "请改成已有的对话：{1}。",
             "There is no dialog \"{0}\".", "Use one of: {1}."},
    rule_row{rule::unknown_service, "unknown-service", error, "没有服务「{0}」。",
             "请在 services 中声明，或改成已有的：{1}。", "There is no service \"{0}\".",
             "Declare it under services, or use one of: {1}."},
    rule_row{rule::unknown_parameter, "unknown-parameter", error, "没有参数「{0}」。",
             "请在 parameters 中声明，或改成已有的：{1}。", "There is no parameter \"{0}\".",
             "Declare it under parameters, or use one of: {1}."},
    rule_row{rule::call_arguments, "call-arguments", error, "「{0}」的参数不对：{1}。", "应为：{2}。",
             "The arguments of \"{0}\" are wrong: {1}.", "Wanted: {2}."},
    rule_row{rule::closed_state, "closed-state", error, "「{0}」的 closed_now 须是只说话的状态。",
             "请指向 say 或 end 状态。", "closed_now of \"{0}\" must be a state that only speaks.",
             "Name a say or end state."},
    rule_row{rule::missing_otherwise, "missing-otherwise", error,
             "状态「{0}」的最后一个分支带有条件，不能证明各条件管到了所有情况。",
             "请在末尾补一个不带 if 的分支，例如转人工。",
             "The last branch of \"{0}\" has a condition, and it is not proved that one always holds.",
             "Add a last branch without if, for example to a human."},
    rule_row{rule::branch_after_otherwise, "branch-after-otherwise", error,
             "状态「{0}」中这个分支之前已有不带条件的分支，永远走不到。", "请把不带 if 的分支移到最后。",
             "This branch of \"{0}\" comes after one without a condition and is never taken.",
             "Move the branch without if to the end."},
    rule_row{rule::missing_tries, "missing-tries", error, "提问「{0}」没有尝试次数上限。",
             "请写 tries: 3，或在 defaults 中统一规定。", "The question \"{0}\" has no limit of tries.",
             "Write tries: 3, here or in defaults."},
    rule_row{rule::missing_on_fail, "missing-on-fail", error, "提问「{0}」没有说明多次答错后去哪里。",
             "请写 on_fail: 状态，例如转人工，或在 defaults 中统一规定。",
             "The question \"{0}\" does not say where to go after the last try.",
             "Write on_fail, here or in defaults, for example to a human."},
    rule_row{rule::missing_on_error, "missing-on-error", error, "服务调用「{0}」没有说明失败后去哪里。",
             "请写 on_error: 状态，例如转人工。",
             "The call of a service in \"{0}\" does not say where to go when it fails.",
             "Write on_error, for example to a human."},
    rule_row{rule::unknown_placeholder, "unknown-placeholder", error, "系统用语中的 {{0}} 无从取值。",
             "可用的有：{1}。", "Nothing fills the placeholder {{0}}.", "Known here: {1}."},
    rule_row{rule::bad_placeholder, "bad-placeholder", error, "文字「{0}」中的花括号不成对，或其中不是变量名。",
             "占位符写作 {name}；需要花括号本身时写 {{ 和 }}。", "The braces in \"{0}\" do not match or hold no name.",
             "Write {name}; for a brace itself write {{ or }}."},
    rule_row{rule::text_too_long, "text-too-long", error, "「{0}」连同选项有 {1} 字节，超过微信一条消息的 {2} 字节。",
             "请缩短文字或减少选项。", "\"{0}\" with its options has {1} bytes, over the {2} of one WeChat message.",
             "Shorten it or offer fewer options."},
    rule_row{rule::option_limit, "option-limit", error, "选项变量「{0}」超出渠道上限：{1}，上限 {2}。",
             "请减少选项，或缩短选项名称。", "The options of \"{0}\" are over a channel's limit: {1}, at most {2}.",
             "Offer fewer options, or shorten their labels."},
    rule_row{rule::empty_range, "empty-range", error, "「{0}」的最小值大于最大值（{1}），任何回答都不会被接受。",
             "请改正 min 或 max。", "The least of \"{0}\" is above its greatest ({1}): no answer fits.",
             "Correct min or max."},
    rule_row{rule::parameter_gap, "parameter-gap", error,
             "参数「{0}」自 {1} 起才有值，而对话「{2}」的其他参数自 {3} 起生效。", "请补上「{0}」自 {3} 起的值。",
             "Parameter \"{0}\" has a value only from {1}, while others of dialog \"{2}\" begin on {3}.",
             "Add the value of \"{0}\" from {3} on."},
    rule_row{rule::unused, "unused", warning, "「{0}」从未用到。", "请删去它，或用上它。", "Nothing uses \"{0}\".",
             "Remove it, or use it."},
    rule_row{rule::read_before_asked, "read-before-asked", error,
             "状态「{1}」的「{2}」用到「{0}」，但有的路径还没有问过它。",
             "请让通往此处的每条路径都先问「{0}」，或不在这里用它。",
             "\"{2}\" in state \"{1}\" reads \"{0}\", which some way here has not asked.",
             "Ask \"{0}\" on every way here, or do not read it."},
    rule_row{rule::no_result_yet, "no-result-yet", error,
             "状态「{1}」的「{2}」用到「{0}」，但有的路径在此之前没有得到它。", "请只在返回它的 do 或 call 之后使用。",
             "\"{2}\" in state \"{1}\" reads \"{0}\", which some way here has not received.",
             "Read it only after the do or call that gives it."},
    rule_row{rule::guard_gap, "guard-gap", error, "状态「{0}」没有一个分支管到：{1}。",
             "请补上这种情况的分支，或在末尾补一个不带 if 的分支。", "No branch of \"{0}\" is for {2}.",
             "Add a branch for it, or a last one without if."},
    rule_row{rule::impossible_branch, "impossible-branch", error, "状态「{0}」中的条件「{1}」在走到这里时永远不成立。",
             "请改正条件，或删去这个分支。", "In \"{0}\" the condition \"{1}\" never holds when it is reached.",
             "Correct the condition, or remove the branch."},
    rule_row{rule::shadowed_branch, "shadowed-branch", error,
             "状态「{0}」中，凡是「{1}」成立的情况都已被前面的分支取走。", "请把它移到前面，或删去它。",
             "In \"{0}\" every case of \"{1}\" is taken by branches before it.", "Move it up, or remove it."},
    rule_row{rule::overlapping_branches, "overlapping-branches", warning,
             "状态「{0}」中，「{1}」与「{2}」会同时成立，此时走前者（{3}）。", "请让两个条件互不重叠。",
             "In \"{0}\" \"{1}\" and \"{2}\" can both hold; then the first is taken (to {3}).",
             "Make the two exclude each other."},
    rule_row{rule::silent_end, "silent-end", error, "状态「{0}」在用户回答后一句话不说就结束了。",
             "请写 say，告诉用户结果和下一步。", "State \"{0}\" ends after an answer without a word.",
             "Write say: what came of it, and what happens next."},
    rule_row{rule::uncapped_loop, "uncapped-loop", error, "从「{0}」出发可以无限次绕回来（{1}）。",
             "请断开这个环；要让用户自选是否再来一遍，用一个没有 label 的选项提问。",
             "From \"{0}\" one can come round again without limit ({1}).",
             "Break the circle; to let people choose to go round, ask them by a choice without a label."},
    rule_row{rule::not_proved, "not-proved", warning, "「{0}」没有得到证明：{1}。",
             "请把条件写成变量与常数或参数的比较，或请人逐项核对。", "\"{0}\" is not proved: {2}.",
             "Compare variables with constants or parameters, or have somebody check it case by case."},
    rule_row{rule::unreachable_state, "unreachable-state", error, "状态「{0}」从起点走不到。",
             "请让某个状态指向它，或删去它。", "State \"{0}\" cannot be reached from the start.",
             "Lead to it from somewhere, or remove it."},
    rule_row{rule::no_path_to_end, "no-path-to-end", error, "从状态「{0}」出发，正常回答永远到不了结束或人工。",
             "请给它一条通往结束或转人工的路。", "From state \"{0}\" no answer ever leads to an end or a human.",
             "Give it a way to an end or a handoff."},
    rule_row{rule::endless_without_question, "endless-without-question", error, "从状态「{0}」出发会不经提问回到自己。",
             "请在这个环中放一个提问，或断开它。", "From state \"{0}\" the dialog comes back to itself without asking.",
             "Put a question into the circle, or break it."},
    rule_row{rule::recursive_call, "recursive-call", error, "对话「{0}」会经 call 调用到自己（{1}）。",
             "请去掉其中一个 call。", "Dialog \"{0}\" calls itself ({1}).", "Remove one of the calls."},
    rule_row{rule::missing_expiry, "missing-expiry", error, "对话「{0}」没有说明等多久、过期去哪里。",
             "请在 defaults 中写 expire: 3d 和 on_expire: 状态；确实不过期时写 expire: never。",
             "Dialog \"{0}\" does not say how long it waits, and where it goes then.",
             "Write expire: 3d and on_expire in defaults; expire: never if it is meant."},
    rule_row{rule::duplicate_option, "duplicate-option", error, "选项「{0}」与「{1}」有相同的说法「{2}」。",
             "请改掉其中一个的名称或别名。", "Options \"{0}\" and \"{1}\" share the word \"{2}\".",
             "Rename one of them."},
    rule_row{rule::option_clash, "option-clash", warning,
             "选项「{0}」的说法「{1}」同时是通用口令（{2}），在此处将按选项处理。", "请给选项换一种说法。",
             "The word \"{1}\" of option \"{0}\" is also a command ({2}); here the option wins.",
             "Word the option differently."},
    rule_row{rule::word_clash, "word-clash", error, "口令「{0}」同时属于 {1} 和 {2}。",
             "一个口令只能有一个意思，请删去其中一个。", "The word \"{0}\" belongs to {1} and to {2}.",
             "A command means one thing: remove one."},
    rule_row{rule::answers_too_long, "answers-too-long", error,
             "对话「{0}」的文字回答合计最多 {1} 字节，超过一次会话可保存的 {2} 字节。", "请调小各变量的 max。",
             "The text answers of dialog \"{0}\" may take {1} bytes, over the {2} that a conversation keeps.",
             "Lower max of its variables."},
    rule_row{rule::missing_translation, "missing-translation", error, "「{0}」缺少 {1} 译文。",
             "请在 i18n/{1}.yaml 中补上。", "\"{0}\" has no translation into {1}.", "Add it to i18n/{1}.yaml."},
    rule_row{rule::unknown_translation, "unknown-translation", error, "译文「{0}」在脚本中没有对应的文字。",
             "请删去，或改正键名。", "No text of the scripts is called \"{0}\".", "Remove it or correct its key."},
    rule_row{rule::placeholder_mismatch, "placeholder-mismatch", error,
             "「{0}」的 {1} 译文占位符与原文不同（原文：{2}）。", "译文须含有同样的占位符，不多不少。",
             "The {1} translation of \"{0}\" has other placeholders than the original ({2}).",
             "Use the same placeholders, no more and no fewer."},
    rule_row{rule::missing_text, "missing-text", error, "系统用语缺少「{0}」。", "请在 system 文件的 texts 中补上。",
             "The system text \"{0}\" is missing.", "Add it to texts in the system file."},
    rule_row{rule::missing_words, "missing-words", error, "系统口令缺少「{0}」。",
             "请在 system 文件的 words 中至少写一个说法。", "There is no word for the command \"{0}\".",
             "Add at least one to words in the system file."},
    rule_row{rule::missing_main_menu, "missing-main-menu", error, "没有对话「main_menu」。",
             "请提供编号为 main_menu 的主菜单对话。", "There is no dialog \"main_menu\".",
             "Provide a dialog with the id main_menu."},
};

const rule_row& row_of(rule r) {
  const auto& row = rules[static_cast<std::size_t>(r)];
  ZHUQI_ASSERT(row.what == r);
  return row;
}

}  // namespace

std::string_view rule_id(rule r) { return row_of(r).id; }
severity severity_of(rule r) { return row_of(r).how_bad; }

std::string sentence(const diagnostic& d, lang l) {
  return text::filled(l == lang::zh_cn ? row_of(d.what).zh : row_of(d.what).en, d.args);
}

std::string fix(const diagnostic& d, lang l) {
  return text::filled(l == lang::zh_cn ? row_of(d.what).zh_fix : row_of(d.what).en_fix, d.args);
}

std::string sentence(const question_bound& bound, lang l) {
  const std::string most = std::to_string(bound.most);
  if (l == lang::zh_cn) return bound.rounds ? "每轮最多 " + most + " 问（用户可自选再来一轮）" : "最多 " + most + " 问";
  return bound.rounds ? "at most " + most + " questions a round, and people can choose to go round again"
                      : "at most " + most + " questions";
}

std::string to_line(const diagnostic& d, lang l) {
  std::string out = d.file;
  if (d.line > 0) out += ':' + std::to_string(d.line) + ':' + std::to_string(d.column);
  out += ": ";
  out += rule_id(d.what);
  return out + ' ' + sentence(d, l) + ' ' + fix(d, l);
}

bool has_errors(std::span<const diagnostic> all) {
  return std::any_of(all.begin(), all.end(),
                     [](const diagnostic& d) { return severity_of(d.what) == severity::error; });
}

std::string joined_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "" : ", ") + n;
  return out.empty() ? "–" : out;
}

}  // namespace zhuqi::dialogs
