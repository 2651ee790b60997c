// The words for every rule and fault. {0}, {1}, {2} stand for the arguments.

#include "dialogs/cel/problem.hpp"

#include "bot/base/placeholders.hpp"

#include <array>
#include <iterator>

namespace zhuqi::dialogs::cel {
namespace {

struct wording {
  std::string_view id;
  std::string_view zh;
  std::string_view zh_fix;
  std::string_view en;
  std::string_view en_fix;
};

constexpr wording rules[] = {
    {"not-utf8", "表达式不是 UTF-8 文字", "请以 UTF-8 保存", "the expression is not UTF-8", "save it as UTF-8"},
    {"too-long", "表达式太长", "请拆成几个条件", "the expression is too long", "split it into several conditions"},
    {"too-deep", "括号或嵌套层数太多", "请拆成几个条件", "the expression is nested too deeply", "split it"},
    {"too-many-parts", "表达式的组成部分太多", "请拆成几个条件", "the expression has too many parts", "split it"},
    {"bad-character", "不认识的字符“{0}”", "请使用半角符号，例如 && || == <=", "the character '{0}' means nothing here",
     "use plain signs such as && || == <="},
    {"open-text", "文字没有写结束引号", "请补上引号", "the text has no closing quote", "add the quote"},
    {"bad-escape", "不认识的转义“{0}”", "反斜杠本身请写成 \\\\", "'{0}' is no escape", "write \\\\ for a backslash"},
    {"bad-number", "“{0}”不是数字", "请检查数字的写法", "'{0}' is no number", "check how the number is written"},
    {"number-too-large", "数字“{0}”太大", "整数最多约 9×10^18", "the number {0} is too large",
     "integers end at about 9e18"},
    {"unexpected", "这里不应出现“{0}”", "请检查前面是否缺少运算符或括号", "'{0}' is not expected here",
     "look for a missing operator or bracket before it"},
    {"unfinished", "表达式没有写完", "请补上后半部分", "the expression ends too early", "add what is missing"},
    {"reserved-word", "“{0}”是保留字，不能作名称", "请换一个名称", "'{0}' is reserved and no name",
     "choose another name"},
    {"macro-variable", "{0}() 的第一个参数必须是一个新名称", "例如 list.{0}(x, x > 1)",
     "the first argument of {0}() must be a plain name", "for example list.{0}(x, x > 1)"},
    {"has-argument", "has() 里只能写“名称.字段”", "例如 has(user.name)", "has() takes one selection",
     "for example has(user.name)"},
    {"unknown-name", "没有叫“{0}”的变量", "{1}", "nothing is called '{0}'", "{1}"},
    {"unknown-function", "没有叫“{0}”的函数", "{1}", "no function is called '{0}'", "{1}"},
    {"not-a-value", "“{0}”不是一个值", "请写完整的名称", "'{0}' is no value", "write the whole name"},
    {"operator-mismatch", "“{0}”不能用于{1}{2}", "请让两边类型一致", "'{0}' does not take {1}{2}",
     "make both sides the same type"},
    {"compared-mismatch", "{1}与{2}不能比较（{0}）", "请让两边类型一致", "{1} is compared with {2} ({0})",
     "make both sides the same type"},
    {"money-needs-unit", "金额不能直接与数字 {1} 运算（{0}）", "请写 yuan({1})",
     "money meets the bare number {1} ({0})", "write yuan({1})"},
    {"number-not-exact", "{1} 作为{0}小数位数太多", "金额最多两位小数，比例最多六位",
     "{1} has too many decimal places for {0}", "money has two places, rates have six"},
    {"arguments-mismatch", "函数 {0} 不能接受参数（{1}）", "需要：{2}", "{0} does not take ({1})", "it takes {2}"},
    {"no-fields", "{0}没有字段“{1}”", "只有映射才有字段", "{0} has no field '{1}'", "only maps have fields"},
    {"not-a-collection", "{0}() 只能用于列表或映射，这里是{1}", "请检查前面的名称",
     "{0}() needs a list or map, not {1}", "check the name before it"},
    {"condition-not-bool", "“{0}”的条件必须是真假值，这里是{1}", "请写成比较，例如 x == 1",
     "the condition of {0} is {1}, not bool", "write a comparison, for example x == 1"},
    {"branches-differ", "“?:”两个结果的类型不同：{0}与{1}", "请让两个结果类型一致",
     "the two results of ?: differ: {0} and {1}", "make both the same type"},
    {"bad-key-type", "{0}不能作映射的键", "键只能是文字、整数或真假值", "{0} is no map key",
     "keys are strings, integers or bools"},
    {"bad-pattern", "正则表达式“{0}”有误", "请检查括号和重复次数", "the pattern '{0}' does not compile",
     "check its brackets and repetitions"},
    {"bad-constant", "{0}() 不能识别“{1}”", "日期写 date(\"2024-03-01\")，月份写 month(\"2024-03\")",
     "{0}() cannot read '{1}'", "dates are date(\"2024-03-01\"), months month(\"2024-03\")"},
    {"brackets-form", "brackets() 的第二个参数必须是 [[起点, 比率], …]，起点递增",
     "例如 brackets(x, [[0, 0.1], [10000, 0.05]])",
     "the second argument of brackets() must be [[from, rate], …], ascending",
     "for example brackets(x, [[0, 0.1], [10000, 0.05]])"},
    {"wrong-result", "这里需要{0}，表达式给出{1}", "请写成{0}的表达式", "{0} is needed here, the expression gives {1}",
     "write an expression of type {0}"},
};
static_assert(std::size(rules) == static_cast<std::size_t>(rule::wrong_result) + 1);

struct fault_wording {
  std::string_view id;
  std::string_view zh;
  std::string_view en;
};

constexpr fault_wording faults[] = {
    {"no-value", "“{0}”还没有值", "'{0}' has no value"},
    {"no-overload", "运算不适用于这些类型（{0}）", "the operation does not take these types ({0})"},
    {"overflow", "结果超出范围", "the result is out of range"},
    {"division-by-zero", "除数为零", "division by zero"},
    {"no-such-key", "没有键“{0}”", "no such key: {0}"},
    {"index-out-of-range", "列表没有第 {0} 项", "index out of range: {0}"},
    {"bad-key", "{0}不能作映射的键", "{0} is no map key"},
    {"duplicate-key", "映射的键重复", "a map key is given twice"},
    {"bad-conversion", "不能转换“{0}”", "cannot convert '{0}'"},
    {"bad-argument", "参数无效（{0}）", "invalid argument ({0})"},
    {"bad-pattern", "正则表达式“{0}”有误", "the pattern '{0}' does not compile"},
    {"out-of-range", "时间超出范围", "the time is out of range"},
    {"unknown-function", "没有叫“{0}”的函数", "no function is called '{0}'"},
    {"unknown-name", "没有叫“{0}”的变量", "nothing is called '{0}'"},
    {"too-costly", "计算步骤太多", "the evaluation takes too many steps"},
    {"too-large", "结果占用内存太多", "the evaluation takes too much memory"},
    {"host-failed", "查询失败（{0}）", "the lookup failed ({0})"},
};
static_assert(std::size(faults) == static_cast<std::size_t>(fault::host_failed) + 1);

struct type_word {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};
constexpr type_word type_words[] = {
    {"bool", "真假值", "yes/no"},
    {"int", "整数", "a whole number"},
    {"uint", "无符号整数", "an unsigned number"},
    {"double", "小数", "a number"},
    {"string", "文字", "text"},
    {"bytes", "字节", "bytes"},
    {"money", "金额", "money"},
    {"percent", "百分比", "a percentage"},
    {"decimal", "定点小数", "a decimal"},
    {"date", "日期", "a date"},
    {"month", "月份", "a month"},
    {"timestamp", "时刻", "a point in time"},
    {"duration", "时长", "a duration"},
    {"null_type", "空值", "null"},
};

std::string in_words(std::string_view argument, lang l) {
  for (const type_word& w : type_words) {
    if (w.name == argument) return std::string{l == lang::zh_cn ? w.zh : w.en};
  }
  if (l == lang::zh_cn && argument.starts_with("list(")) return "列表";
  if (l == lang::zh_cn && argument.starts_with("map(")) return "映射";
  return std::string{argument};
}

bool speaks_of_types(rule r) {
  return r >= rule::operator_mismatch && r != rule::money_needs_unit && r != rule::bad_pattern;
}

std::vector<std::string> worded(const problem& p, lang l) {
  std::vector<std::string> out = p.args;
  const bool zh = l == lang::zh_cn;
  if (speaks_of_types(p.what)) {
    for (std::string& a : out) a = in_words(a, l);
  }
  if (p.what == rule::operator_mismatch && out.size() > 2 && !out[2].empty()) out[2] = (zh ? "和" : " and ") + out[2];
  if ((p.what == rule::unknown_name || p.what == rule::unknown_function) && out.size() > 1) {
    if (out[1].empty()) {
      out[1] = zh ? "请先声明它，或检查拼写" : "declare it first, or check the spelling";
    } else {
      out[1] = zh ? "是不是“" + out[1] + "”？" : "did you mean '" + out[1] + "'?";
    }
  }
  return out;
}

const wording& words_of(rule r) { return rules[static_cast<std::size_t>(r)]; }

}  // namespace

std::string_view rule_id(rule r) { return words_of(r).id; }

std::string sentence(const problem& p, lang l) {
  return text::filled(l == lang::zh_cn ? words_of(p.what).zh : words_of(p.what).en, worded(p, l));
}

std::string fix(const problem& p, lang l) {
  return text::filled(l == lang::zh_cn ? words_of(p.what).zh_fix : words_of(p.what).en_fix, worded(p, l));
}

std::string_view fault_id(fault f) { return faults[static_cast<std::size_t>(f)].id; }

std::string sentence(const error_data& e, lang l) {
  const fault_wording& w = faults[static_cast<std::size_t>(e.what)];
  return text::filled(l == lang::zh_cn ? w.zh : w.en, {&e.detail, 1});
}

}  // namespace zhuqi::dialogs::cel
