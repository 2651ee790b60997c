// Expressions as bytes from an editor: reading, checking and evaluating with a small budget never crash and soon end;
// every problem can be worded; what is read prints to source that reads back and prints alike; whatever is known with
// everything unknown is what the facts give.
#include "bot/base/result.hpp"
#include "dialogs/cel/check.hpp"
#include "dialogs/cel/compare.hpp"
#include "dialogs/cel/evaluate.hpp"

#include <cstdint>

using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::cel;

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr budget small{5'000, 64 * 1024};

struct subject {
  environment names;
  std::vector<value> facts;
  std::vector<value> open;
};

const subject& things() {
  static const subject made = [] {
    subject out;
    const auto add = [&](const char* name, const char* what, value v) {
      out.names.declare(name, *parse_type(what));
      out.facts.push_back(std::move(v));
      out.open.push_back(value::unknown({name}));
    };
    add("x", "int", value::integer(7));
    add("s", "string", value::string("人a"));
    add("b", "bool", value::boolean(true));
    add("l", "list(int)", value::list({value::integer(1), value::integer(2)}));
    add("m", "map(string, dyn)", make_map({{value::string("k"), value::floating(0.5)}}));
    add("fee", "money", value::money(150'00));
    add("cut", "percent", value::percent(5'500'000));
    add("since", "date", value::date(19'000));
    add("p.small", "int", value::integer(30));
    add("any", "dyn", value::bytes("\xff"));
    out.names.declare_function("svc.f(dyn) -> int", [](std::span<const value>) { return value::integer(1); });
    return out;
  }();
  return made;
}

void word(const std::vector<problem>& all, std::size_t size) {
  for (const problem& p : all) {
    ZHUQI_ASSERT(!sentence(p, lang::zh_cn).empty() && !sentence(p, lang::en).empty() && !fix(p, lang::en).empty());
    ZHUQI_ASSERT(p.begin <= p.end && p.end <= size);
  }
}

void run(const checked& made) {
  const value known = evaluate(*made.runnable, things().facts, small);
  const value open = evaluate(*made.runnable, things().open, small);
  if (known.is(kind::error)) ZHUQI_ASSERT(!sentence(known.error(), lang::zh_cn).empty());
  const bool spent = known.is(kind::error) && known.error().what >= fault::too_costly;
  if (!open.known() || spent) return;
  meter cost{100'000, 0};
  ZHUQI_ASSERT(identical(known, open, cost));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source{reinterpret_cast<const char*>(data), size};
  const parsed read = parse(source);
  word(read.problems, size);
  if (!read.good()) return 0;
  const std::string printed = to_source(read.tree);
  const parsed again = parse(printed);
  // Escapes and parentheses may make the canonical source longer than the bound on sources.
  ZHUQI_ASSERT(again.good() ? to_source(again.tree) == printed : again.problems[0].what == rule::too_long);
  for (const strictness how : {strictness::typed, strictness::dynamic}) {
    const checked made = check(read.tree, things().names, {how, {}});
    word(made.problems, size);
    if (made.good()) run(made);
  }
  return 0;
}
