// Laws over random expressions: printing and reading are inverse, and what is known under unknowns and bounds never
// contradicts what full facts give.

#include "tests/unit/cel/expression.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <random>

using namespace zhuqi::dialogs::cel;

namespace {

// Typed random expressions over the names of `declared()`. The same seed gives the same expression.
class generator {
 public:
  explicit generator(std::uint32_t seed) : random_(seed) {}

  int below(int n) { return std::uniform_int_distribution<int>{0, n - 1}(random_); }
  std::string pick(std::initializer_list<const char*> all) {
    return *(all.begin() + below(static_cast<int>(all.size())));
  }

  std::string boolean(int depth) {
    if (depth == 0) return pick({"b", "c", "true", "false", "i < 3", "m >= yuan(2)", "q <= 5.5", "s == 'a'"});
    const auto b = [&] { return boolean(depth - 1); };
    switch (below(14)) {
      case 0: return "(" + b() + " && " + b() + ")";
      case 1: return b() + " && " + b() + " && " + b();
      case 2: return "(" + b() + " || " + b() + ")";
      case 3: return "!(" + b() + ")";
      case 4: return "(" + b() + " ? " + b() + " : " + b() + ")";
      case 5: return compared(integer(depth - 1), integer(depth - 1));
      case 6: return compared(money(depth - 1), money(depth - 1));
      case 7: return compared("q", pick({"5", "5.5", "-1", "q"}));
      case 8: return compared("d", pick({"date('2024-01-01')", "d + 1", "d"}));
      case 9: return text(depth - 1) + pick({" == ", " != ", " < "}) + text(depth - 1);
      case 10: return integer(depth - 1) + " in " + list(depth - 1);
      case 11:
        return list(depth - 1) + pick({".all(x, ", ".exists(x, ", ".exists_one(x, "}) +
               compared("x", integer(depth - 1)) + ")";
      case 12: return "cel.bind(y, " + integer(depth - 1) + ", " + compared("y", integer(depth - 1)) + ")";
      default: return list(depth - 1) + " == " + list(depth - 1);
    }
  }

  std::string integer(int depth) {
    if (depth == 0) return pick({"i", "j", "0", "1", "-2", "7", "9223372036854775807"});
    const auto n = [&] { return integer(depth - 1); };
    switch (below(7)) {
      case 0: return "(" + n() + pick({" + ", " - ", " * ", " / ", " % "}) + n() + ")";
      case 1: return "-(" + n() + ")";
      case 2: return "(" + boolean(depth - 1) + " ? " + n() + " : " + n() + ")";
      case 3: return "size(" + text(depth - 1) + ")";
      case 4: return list(depth - 1) + "[" + n() + "]";
      case 5: return pick({"cap(", "cap("}) + n() + ", " + n() + ")";
      default: return "clamp(" + n() + ", " + pick({"0", "i", "-5"}) + ", " + pick({"10", "j"}) + ")";
    }
  }

  std::string money(int depth) {
    if (depth == 0) return pick({"m", "yuan(1)", "fen(250)", "yuan(-3.5)"});
    const auto y = [&] { return money(depth - 1); };
    switch (below(8)) {
      case 0: return "(" + y() + pick({" + ", " - "}) + y() + ")";
      case 1: return "(" + y() + " * " + integer(depth - 1) + ")";
      case 2: return "pct(" + y() + ", " + pick({"50", "5.5", "-10", "q"}) + ")";
      case 3: return "cap(" + y() + ", " + y() + ")";
      case 4: return "brackets(" + y() + ", [[0, 0.1], [2, " + pick({"0.05", "-0.5", "0"}) + "]])";
      case 5: return "(" + boolean(depth - 1) + " ? " + y() + " : " + y() + ")";
      case 6: return "-(" + y() + ")";
      default: return "clamp(" + y() + ", yuan(0), " + pick({"yuan(2)", "m"}) + ")";
    }
  }

  std::string text(int depth) {
    if (depth == 0) return pick({"s", "'a'", "'b'", "''", "'人\\n'"});
    if (below(3) == 0) return "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
    if (below(2) == 0) return "(" + boolean(depth - 1) + " ? " + text(depth - 1) + " : " + text(depth - 1) + ")";
    return "string(" + integer(depth - 1) + ")";
  }

  std::string list(int depth) {
    if (depth == 0) return pick({"[1, 2]", "[i]", "[0, i, j]", "[3].map(x, x + 1)"});
    if (below(3) == 0) return "(" + list(depth - 1) + " + " + list(depth - 1) + ")";
    if (below(2) == 0) return list(depth - 1) + ".filter(x, x " + pick({"<", ">"}) + " " + integer(depth - 1) + ")";
    return list(depth - 1) + ".map(x, " + integer(depth - 1) + ")";
  }

  std::string any(int depth) {
    switch (below(4)) {
      case 0: return integer(depth);
      case 1: return money(depth);
      case 2: return text(depth);
      default: return boolean(depth);
    }
  }

  value whole(std::int64_t low, std::int64_t high, kind k) {
    return value::scalar(k, std::uniform_int_distribution<std::int64_t>{low, high}(random_));
  }

 private:
  std::string compared(const std::string& a, const std::string& b) {
    return "(" + a + pick({" < ", " <= ", " > ", " >= ", " == ", " != "}) + b + ")";
  }

  std::mt19937 random_;
};

struct name {
  const char* text;
  const char* type_text;
  kind k;
  std::int64_t low;
  std::int64_t high;
};
constexpr name names[] = {{"i", "int", kind::integer, -4, 9},        {"j", "int", kind::integer, -2, 2},
                          {"m", "money", kind::money, -300, 500},    {"q", "percent", kind::percent, 0, 11'000'000},
                          {"d", "date", kind::date, 19'720, 19'725}, {"b", "bool", kind::boolean, 0, 1},
                          {"c", "bool", kind::boolean, 0, 1},        {"s", "string", kind::string, 0, 2}};

environment declared() {
  environment out;
  for (const name& n : names) out.declare(n.text, *parse_type(n.type_text));
  return out;
}

value of(const name& n, generator& make, std::int64_t low, std::int64_t high) {
  if (n.k != kind::string) return make.whole(low, high, n.k);
  return value::string(std::string(static_cast<std::size_t>(make.below(3)), 'a'));
}

bool is_within(const value& v, const interval_data& bounds) {
  return v.kind() == bounds.of && v.number() >= bounds.low && v.number() <= bounds.high;
}

// Whether a completion agrees with what was said before all facts were known.
bool agrees(const value& before, const value& after) {
  if (before.is(kind::unknown)) return true;
  if (before.is(kind::interval)) return is_within(after, before.interval());
  if (before.is(kind::error)) return after.is(kind::error);
  meter cost{100'000, 0};
  return identical(before, after, cost);
}

// Some names unknown, some within bounds, the others given; then all given, several times.
void check_completions(std::uint32_t seed) {
  generator make{seed};
  const environment e = declared();
  const std::string source = make.any(1 + make.below(4));
  const checked made = checked_of(source, e);
  if (!made.good()) RC_FAIL(source + ": " + sentence(made.problems[0], zhuqi::dialogs::lang::en));
  std::vector<value> partial;
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
  for (const name& n : names) {
    auto& [low, high] = ranges.emplace_back(n.low, n.high);
    const int how = make.below(3);
    if (how == 0) {
      partial.push_back(value::unknown({n.text}));
    } else if (how == 1 && has_intervals(n.k)) {
      low = make.whole(n.low, n.high, n.k).number();
      high = make.whole(low, n.high, n.k).number();
      partial.push_back(value::interval(n.k, low, high, {n.text}));
    } else {
      partial.push_back(of(n, make, n.low, n.high));
    }
  }
  const value before = evaluate(*made.runnable, partial);
  for (int round = 0; round < 12; ++round) {
    std::vector<value> full = partial;
    for (std::size_t i = 0; i < full.size(); ++i) {
      if (!full[i].known()) full[i] = of(names[i], make, ranges[i].first, ranges[i].second);
    }
    const value after = evaluate(*made.runnable, full);
    if (after.is(kind::unknown) || after.is(kind::interval) || !agrees(before, after)) {
      RC_FAIL(source + "\nbefore " + shown(before) + "\nafter " + shown(after));
    }
  }
}

// Alike but for places: the same shape, names, operators and constants.
bool alike(const syntax_tree& a, node_id x, const syntax_tree& b, node_id y) {
  const node& m = a[x];
  const node& n = b[y];
  meter cost{100'000, 0};
  const bool same_constant = m.kind != node_kind::literal || identical(m.constant, n.constant, cost);
  const bool number = m.kind == node_kind::literal;  // its text is spelling
  if (m.kind != n.kind || m.op != n.op || m.macro != n.macro || m.absolute != n.absolute || m.member != n.member ||
      (!number && m.text != n.text) || m.second != n.second || !same_constant ||
      m.children.size() != n.children.size()) {
    return false;
  }
  for (std::size_t i = 0; i < m.children.size(); ++i) {
    if (!alike(a, m.children[i], b, n.children[i])) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a known result under unknowns and bounds is the result of every completion") {
  CHECK(rc::check([](std::uint32_t seed) {
    for (std::uint32_t i = 0; i < 50; ++i) check_completions(seed * 1000 + i);
  }));
}

TEST_CASE("printing and reading again gives the same tree, and printing is stable") {
  CHECK(rc::check([](std::uint32_t seed) {
    for (std::uint32_t i = 0; i < 50; ++i) {
      const std::string source = generator{seed * 1000 + i}.any(5);
      const parsed first = parse(source);
      RC_ASSERT(first.good());
      const std::string printed = to_source(first.tree);
      const parsed second = parse(printed);
      RC_ASSERT(second.good());
      RC_ASSERT(alike(first.tree, first.tree.root_id(), second.tree, second.tree.root_id()));
      RC_ASSERT(to_source(second.tree) == printed);
    }
  }));
}

TEST_CASE("canonical source drops what does not matter and keeps what does") {
  const auto [source, expected] = GENERATE(table<std::string, std::string>({
      {"a&&(b&&c)", "a && (b && c)"},
      {"(a && b) || c", "a && b || c"},
      {"a && (b || c)", "a && (b || c)"},
      {"1-(2-3)", "1 - (2 - 3)"},
      {"(1-2)-3", "1 - 2 - 3"},
      {"-(5)", "-(5)"},
      {"- 5", "-5"},
      {"!(!(a))", "!!a"},
      {"(a ? b : c) ? d : e ? f : g", "(a ? b : c) ? d : e ? f : g"},
      {"\"it's\"", "'it\\'s'"},
      {"r'\\d'", "'\\\\d'"},
      {"b'\\xff'", "b'\\xff'"},
      {"0x10", "16"},
      {"1e3", "1000.0"},
      {"5.50", "5.5"},
      {"{'a' : 1,}", "{'a': 1}"},
      {"m.`content-type`", "m.`content-type`"},
      {"has( m.x )", "has(m.x)"},
      {"l.map(x,x>1,x*2)", "l.map(x, x > 1, x * 2)"},
      {"l.transformList(i,v,i+v)", "l.transformList(i, v, i + v)"},
      {"cel.bind(x,1,x)", "cel.bind(x, 1, x)"},
      {".a.b(c)[d]", ".a.b(c)[d]"},
      {"a // why\n + b", "a + b"},
      {"(a + b).c", "(a + b).c"},
      {"参保人数<=30", "参保人数 <= 30"},
  }));
  INFO(source);
  const parsed read = parse(source);
  REQUIRE(read.good());
  CHECK(to_source(read.tree) == expected);
  CHECK(to_source(parse(expected).tree) == expected);
}
