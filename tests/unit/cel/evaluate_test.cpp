// What expressions give: the dialog language's own types, unknowns, intervals, and the bounds of an evaluation.

#include "tests/unit/cel/expression.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace zhuqi::dialogs::cel;

TEST_CASE("money, rates and days are reckoned exactly") {
  const auto [source, expected] = GENERATE(table<std::string, std::string>({
      {"yuan(12.5)", "fen(1250)"},
      {"yuan(0.1) + yuan(0.2) == yuan(0.3)", "true"},
      {"pct(yuan(1000.50), 5.5)", "fen(5503)"},  // 55.0275
      {"pct(fen(-50), 1)", "fen(-1)"},           // half away from zero
      {"pct(fen(50), 1)", "fen(1)"},
      {"pct(fen(49), 1)", "yuan(0)"},
      {"cap(yuan(2000), yuan(1500))", "yuan(1500)"},
      {"clamp(5, 1, 3)", "3"},
      {"clamp(5, 3, 1)", "error bad-argument"},
      {"round_fen(decimal(1.005))", "fen(101)"},
      {"brackets(yuan(15000), [[0, 0.1], [10000, 0.05]])", "yuan(1250)"},
      {"brackets(yuan(-5), [[0, 0.1], [10000, 0.05]])", "yuan(0)"},
      {"brackets(yuan(15000), [[yuan(0), percent(10)], [yuan(10000), percent(5)]])", "yuan(1250)"},
      {"brackets(yuan(1), [[10, 0.1], [5, 0.05]])", "error bad-argument"},
      {"decimal('0.1') + decimal(0.2)", "decimal(0.3)"},
      {"decimal(1.5) * decimal(1.5)", "decimal(2.25)"},
      {"percent(5.5) < 5.6", "true"},
      {"string(yuan(1500)) + string(percent(5.50))", "'1500.005.5'"},
      {"date('2024-02-28') + 2 == date('2024-03-01')", "true"},
      {"date('2024-03-01') - date('2023-03-01')", "366"},
      {"date('9999-12-31') + 1", "error out-of-range"},
      {"month(date('2024-03-31')) - month('2023-12')", "3"},
      {"date(timestamp('2024-02-29T23:30:00Z'), 'Asia/Shanghai')", "date('2024-03-01')"},
      {"fen(9223372036854775807) + fen(1)", "error overflow"},
      {"yuan(9223372036854775807)", "problem bad-constant"},
  }));
  INFO(source);
  CHECK(shown(run(source)) == expected);
}

TEST_CASE("an unknown stays unknown only as long as it matters") {
  const facts given{{"a", "int", value::unknown({"a"})},
                    {"b", "bool", value::unknown({"b"})},
                    {"t", "bool", value::boolean(true)},
                    {"l", "list(int)", value::unknown({"l"})}};
  const auto [source, expected] = GENERATE(table<std::string, std::string>({
      {"a < 3 && false", "false"},
      {"b || t", "true"},
      {"b && t", "unknown b"},
      {"b || a > 3", "unknown a b"},
      {"b && 1 / 0 == 1", "unknown b"},  // unknown before error
      {"1 / 0 == 1 || b", "unknown b"},
      {"1 / 0 == 1 && b && false", "false"},
      {"a + 1 / 0", "error division-by-zero"},  // whatever a is
      {"b ? 1 : 1", "1"},
      {"b ? 'x' : 'y'", "unknown b"},
      {"b ? 1 : 1.0 == 1.0 ? 1 : 2", "1"},
      {"b ? 1 : 3", "1..3 b"},
      {"(b ? 1 : 3) < 5", "true"},
      {"1 / a > 0 ? 1 : 1", "unknown a"},  // a may be 0
      {"b ? 1 / 0 : 1 / 0", "error division-by-zero"},
      {"b ? 1 / 0 : 1", "unknown b"},
      {"[a, 1]", "unknown a"},
      {"l.exists(x, x > 1)", "unknown l"},
      {"[1, 2].exists(x, x > a)", "unknown a"},
      {"[1, 2].exists(x, x > a || x == 2)", "true"},
      {"[1, 2].all(x, x > a && x == 2)", "false"},
      {"[1, 2].map(x, x + a)", "unknown a"},
      {"cel.bind(x, a, true || x > 1)", "true"},
      {"cel.bind(x, 1 / 0, true)", "true"},
      {"a in [1, 2]", "unknown a"},
      {"dyn(a) == 'x'", "unknown a"},
  }));
  INFO(source);
  CHECK(shown(run(source, given)) == expected);
}

TEST_CASE("bounds decide what every value within them decides") {
  const facts given{{"n", "int", value::interval(kind::integer, 20, 29, {"n"})},
                    {"m", "int", value::interval(kind::integer, 100, value::open_high, {"m"})},
                    {"f", "money", value::interval(kind::money, 100'00, 200'00, {"f"})},
                    {"c", "percent", value::interval(kind::percent, 5'000'000, 6'000'000, {"c"})},
                    {"d", "date", value::interval(kind::date, 0, 10, {"d"})}};
  const auto [source, expected] = GENERATE(table<std::string, std::string>({
      {"n <= 300", "true"},
      {"n <= 25", "unknown n"},
      {"n > 29", "false"},
      {"n >= 20", "true"},
      {"n == 30", "false"},
      {"n != 30", "true"},
      {"n == 25", "unknown n"},
      {"n < 29.5", "true"},
      {"n < m", "true"},
      {"m > 50", "true"},
      {"m < 200", "unknown m"},
      {"n + 1", "21..30 n"},
      {"n - n == 0", "unknown n"},
      {"-n", "-29..-20 n"},
      {"n * -2", "-58..-40 n"},
      {"m + 1", "unknown m"},  // overflows at the far end
      {"n / 2 > 1", "unknown n"},
      {"pct(f, 50)", "yuan(50)..yuan(100) f"},
      {"cap(f, yuan(150))", "yuan(100)..yuan(150) f"},
      {"cap(f, yuan(50))", "yuan(50)"},
      {"clamp(m, 0, 150)", "100..150 m"},
      {"f + yuan(1) > yuan(100)", "true"},
      {"brackets(f, [[0, 0.1]])", "yuan(10)..yuan(20) f"},
      {"c <= 6", "true"},
      {"c <= 5.5", "unknown c"},
      {"d < date('1970-02-01')", "true"},
      {"n <= 300 || c > 100", "true"},
      {"string(n)", "unknown n"},
  }));
  INFO(source);
  CHECK(shown(run(source, given)) == expected);
}

TEST_CASE("an evaluation ends with its budget, and nothing absorbs that") {
  std::string nested = "true";
  for (int i = 0; i < 8; ++i) {
    nested = "[1,2,3,4,5,6,7,8,9,10].all(x" + std::to_string(i) + ", " + nested + ")";
  }
  CHECK(shown(run(nested)) == "error too-costly");
  CHECK(shown(run("(" + nested + ") || true")) == "error too-costly");
  CHECK(shown(run("1 + 1", {}, {2, 1000})) == "error too-costly");

  std::string doubled = "'aaaaaaaaaaaaaaaa'";
  for (int i = 0; i < 30; ++i) doubled = "cel.bind(x, " + doubled + ", x + x)";
  CHECK(shown(run(doubled)) == "error too-large");
  std::string shared = "[1]";
  for (int i = 0; i < 60; ++i) shared = "cel.bind(x, " + shared + ", [x, x])";
  CHECK(shown(run(shared)) == "error too-large");
}

TEST_CASE("no pattern takes long, and a broken one is an error") {
  const auto began = std::chrono::steady_clock::now();
  const facts given{{"s", "string", value::string(std::string(20'000, 'a') + "!")},
                    {"p", "string", value::string("(a*)*$")},
                    {"q", "string", value::string("(")},
                    {"r", "string", value::string("((a{100}){100}){100}")}};
  CHECK(shown(run("s.matches('^(a+)+$')", given)) == "false");
  CHECK(shown(run("s.matches(p)", given)) == "true");
  CHECK(shown(run("s.matches(q)", given)) == "error bad-pattern");
  CHECK(shown(run("s.matches(r)", given)) == "error bad-pattern");
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{5});
}

TEST_CASE("a host's functions are called with known values of the declared types only") {
  facts given{{"licence", "file", value::opaque("file", "h1")}, {"other", "file", value::unknown({"other"})}};
  int calls = 0;
  given.names.declare_function("svc.ocr(file) -> map(string, string)", [&](std::span<const value> a) {
    ++calls;
    return make_map({{value::string("uscc"), value::string(a[0].opaque().handle)}});
  });
  given.names.declare_function("svc.bad(file) -> int", [](std::span<const value>) { return value::string("no"); });
  given.names.declare_function("svc.down(file) -> bool",
                               [](std::span<const value>) { return value::error(fault::host_failed, 0, "ocr"); });
  CHECK(shown(run("svc.ocr(licence).uscc", given)) == "'h1'");
  CHECK(calls == 1);
  CHECK(shown(run("svc.ocr(other).uscc == 'x'", given)) == "unknown other");
  CHECK(calls == 1);
  CHECK(shown(run("svc.bad(licence)", given)) == "error host-failed");
  CHECK(shown(run("svc.down(licence) || true", given)) == "true");
  CHECK(shown(run("svc.down(licence)", given)) == "error host-failed");
}

TEST_CASE("a name without a value is an error where it is read") {
  facts given{{"a", "bool", value{}}};
  CHECK(shown(run("a", given)) == "error no-value");
  CHECK(shown(run("a || true", given)) == "true");
  CHECK(shown(run("a == true", given)) == "error no-value");
  const checked made = checked_of("a", given.names);
  CHECK(shown(evaluate(*made.runnable, {})) == "error no-value");
}

TEST_CASE("an error says where it arose") {
  CHECK(run("1 + 2 / 0").error().at == 4);
  CHECK(sentence(run("1 + 2 / 0").error(), zhuqi::dialogs::lang::zh_cn) == "除数为零");
}
