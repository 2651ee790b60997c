// What the checker says about expressions, in both languages.

#include "tests/unit/cel/expression.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::cel;

namespace {

environment names() {
  environment out;
  for (const auto& [name, what] : std::initializer_list<std::pair<const char*, const char*>>{{"staff", "int"},
                                                                                             {"cut", "percent"},
                                                                                             {"rate", "decimal"},
                                                                                             {"fee", "money"},
                                                                                             {"reg", "string"},
                                                                                             {"since", "date"},
                                                                                             {"paid", "month"},
                                                                                             {"arrears", "bool"},
                                                                                             {"p.small", "int"},
                                                                                             {"licence", "file"},
                                                                                             {"any", "dyn"},
                                                                                             {"参保人数", "int"}}) {
    out.declare(name, *parse_type(what));
  }
  out.declare_function("svc.ocr(file) -> map(string, string)", [](std::span<const value>) { return value{}; });
  out.declare_function("file::pages() -> int", [](std::span<const value>) { return value::integer(2); });
  return out;
}

std::string first_rule(std::string_view source, std::optional<type> wanted = {}) {
  const parsed read = parse(source);
  if (!read.good()) return std::string{rule_id(read.problems[0].what)};
  const checked made = check(read.tree, names(), {strictness::typed, std::move(wanted)});
  return made.good() ? to_text(made.result) : std::string{rule_id(made.problems[0].what)};
}

}  // namespace

TEST_CASE("the checker gives every expression its type, or names the rule it breaks") {
  const auto [source, expected] = GENERATE(table<std::string, std::string>({
      {"staff <= 300 && cut <= 5.5", "bool"},
      {"参保人数 + staff", "int"},
      {"cut + 1", "percent"},
      {"rate * 0.5", "decimal"},
      {"fee + yuan(100)", "money"},
      {"fee * 3", "money"},
      {"3 * fee", "money"},
      {"-fee", "money"},
      {"since + 30", "date"},
      {"since - date('2024-01-01')", "int"},
      {"paid + 1 <= month('2024-03')", "bool"},
      {"month(since)", "month"},
      {"pct(fee, 90)", "money"},
      {"pct(fee, 5.5)", "money"},
      {"pct(fee, cut)", "money"},
      {"cap(fee, yuan(1500))", "money"},
      {"clamp(cut, 0, 100)", "percent"},
      {"round_fen(rate)", "money"},
      {"brackets(fee, [[0, 0.1], [10000, 0.05]])", "money"},
      {"svc.ocr(licence).uscc == reg", "bool"},
      {"licence.pages() + 1", "int"},
      {"[staff, 1].exists(x, x > p.small)", "bool"},
      {"any.thing", "dyn"},
      {"arrears ? fee : yuan(0)", "money"},

      {"fee > 300", "money-needs-unit"},
      {"fee + 1.5", "money-needs-unit"},
      {"fee == staff", "money-needs-unit"},
      {"cap(fee, 1500)", "money-needs-unit"},
      {"pct(5000, 90)", "money-needs-unit"},
      {"fee == reg", "compared-mismatch"},
      {"cut <= staff", "compared-mismatch"},
      {"staff + 1.0", "operator-mismatch"},
      {"1 == 1.0", "compared-mismatch"},  // as in CEL; no number turns into a rate by itself
      {"cap(1, 2.5)", "arguments-mismatch"},
      {"-reg", "operator-mismatch"},
      {"fee * fee", "operator-mismatch"},
      {"staf > 1", "unknown-name"},
      {"p.smal > 1", "unknown-name"},
      {"p > 1", "unknown-name"},
      {"svc.ocrs(licence)", "unknown-function"},
      {"sizeof(reg)", "unknown-function"},
      {"size == 1", "not-a-value"},
      {"svc.ocr(reg)", "arguments-mismatch"},
      {"staff.field", "no-fields"},
      {"staff.all(x, x)", "not-a-collection"},
      {"staff && arrears", "condition-not-bool"},
      {"reg ? 1 : 2", "condition-not-bool"},
      {"arrears ? 1 : 'a'", "branches-differ"},
      {"{1.5: 2}", "bad-key-type"},
      {"reg.matches('(')", "bad-pattern"},
      {"date('2024-02-30')", "bad-constant"},
      {"yuan(1.005)", "bad-constant"},
      {"cut <= 0.1234567", "number-not-exact"},
      {"brackets(fee, [[0, 0.1, 1]])", "brackets-form"},
      {"brackets(fee, [[0, 'x']])", "brackets-form"},
  }));
  INFO(source);
  CHECK(first_rule(source) == expected);
}

TEST_CASE("reading stops at the first mistake of spelling") {
  const auto [source, expected] = GENERATE(table<std::string, std::string>({
      {"", "unfinished"},
      {"staff <=", "unfinished"},
      {"(staff", "unfinished"},
      {"staff <= 300）", "bad-character"},
      {"'open", "open-text"},
      {"'\\q'", "bad-escape"},
      {"12abc", "bad-number"},
      {"9223372036854775808", "number-too-large"},
      {"1 2", "unexpected"},
      {"f(1,)", "unexpected"},
      {"a.in", "unexpected"},
      {"if > 1", "reserved-word"},
      {"[1].all(1, true)", "macro-variable"},
      {"has(staff)", "has-argument"},
      {"\xff", "not-utf8"},
      {std::string(70'000, ' '), "too-long"},
  }));
  CHECK(first_rule(source) == expected);
}

TEST_CASE("what does not end is refused quickly: nesting, length, parts") {
  for (const char* open : {"(", "[", "-", "!", "{1:", "a.b(", "a[", "true?true:"}) {
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += open;
    INFO(open);
    CHECK_FALSE(parse(deep).good());
  }
  CHECK_FALSE(parse(std::string(1'000'000, '(')).good());
  std::string sum = "1";
  for (int i = 0; i < 1'000; ++i) sum += "+1";
  CHECK(first_rule(sum) == "too-deep");
  std::string list = "[1";
  for (int i = 0; i < 12'000; ++i) list += ",1";
  CHECK(first_rule(list + "]") == "too-many-parts");
  std::string both = "arrears";
  for (int i = 0; i < 1'000; ++i) both += "&&arrears";
  CHECK(first_rule(both) == "bool");
}

TEST_CASE("a place that needs a type says so") {
  CHECK(first_rule("staff", type{type_kind::boolean}) == "wrong-result");
  CHECK(first_rule("any", type{type_kind::boolean}) == "dyn");
}

TEST_CASE("a problem has its place, a sentence and a way to mend it, in Chinese and English") {
  const parsed read = parse("arrears && fee >= 300");
  const checked made = check(read.tree, names());
  REQUIRE(made.problems.size() == 1);
  const problem& p = made.problems[0];
  CHECK(p.begin == 11);
  CHECK(p.end == 21);
  CHECK(sentence(p, lang::zh_cn) == "金额不能直接与数字 300 运算（>=）");
  CHECK(fix(p, lang::zh_cn) == "请写 yuan(300)");
  CHECK(sentence(p, lang::en) == "money meets the bare number 300 (>=)");
  CHECK(fix(p, lang::en) == "write yuan(300)");
  const problem spelled = checked_of("staf > 1", names()).problems.at(0);
  CHECK(fix(spelled, lang::en) == "did you mean 'staff'?");
  const problem mixed = checked_of("fee == reg", names()).problems.at(0);
  CHECK(sentence(mixed, lang::en) == "money is compared with text (==)");
  CHECK(sentence(mixed, lang::zh_cn) == "金额与文字不能比较（==）");
}

TEST_CASE("all mistakes are reported at once, in their order") {
  const checked made = checked_of("fee > 1 && staf > 2 && reg == 3", names());
  REQUIRE(made.problems.size() == 3);
  CHECK(made.problems[0].what == rule::money_needs_unit);
  CHECK(made.problems[1].what == rule::unknown_name);
  CHECK(made.problems[2].what == rule::compared_mismatch);
}

TEST_CASE("a check lists what is read, what is called, and the conditions") {
  const parsed read =
      parse("cut <= 5 || (30 >= staff && cut <= 20) || !arrears && reg in ['a', 'b'] && staff < p.small");
  const checked made = check(read.tree, names());
  REQUIRE(made.good());
  CHECK(made.reads == std::vector<std::string>{"arrears", "cut", "p.small", "reg", "staff"});
  REQUIRE(made.atoms.size() == 6);
  CHECK(made.atoms[0].name == "cut");
  CHECK(made.atoms[0].constant.number() == 5'000'000);
  CHECK(made.atoms[1].name == "staff");
  CHECK(made.atoms[1].op == operation::less_equal);  // 30 >= staff, read from the other side
  CHECK(read.tree.text_of(made.atoms[1].part) == "30 >= staff");
  CHECK(made.atoms[3].how == atom::form::truth);
  CHECK(made.atoms[4].how == atom::form::one_of);
  CHECK(made.atoms[4].constant.list().items.size() == 2);
  CHECK(made.atoms[5].how == atom::form::compared_name);
  CHECK(made.atoms[5].other_name == "p.small");
  CHECK(checked_of("svc.ocr(licence).uscc == reg", names()).calls == std::vector<std::string>{"svc.ocr"});
}

TEST_CASE("a name is declared once, and only if it is one") {
  environment e;
  CHECK(e.declare("a", {}) == 0U);
  CHECK(e.declare("p.b", {}) == 1U);
  CHECK_FALSE(e.declare("a", {}));
  CHECK_FALSE(e.declare("1a", {}));
  CHECK_FALSE(e.declare("a..b", {}));
  CHECK_FALSE(e.declare("true", {}));
  CHECK_FALSE(e.declare_function("size(int) -> int", nullptr));
  CHECK_FALSE(e.declare_function("broken(", nullptr));
}
