#pragma once
// The inside of evaluate(): one pass over the codes with a budget. The functions below it take known values, and answer
// with an error of place 0, which the evaluator places.

#include "dialogs/cel/compare.hpp"
#include "dialogs/cel/evaluate.hpp"

#include <optional>
#include <span>
#include <vector>

namespace zhuqi::dialogs::cel {

class evaluator {
 public:
  evaluator(const program& p, std::span<const value> facts, budget allowed)
      : program_(p), facts_(facts), meter_{allowed.steps + 1, allowed.memory + 1} {
    if (p.locals > 0) locals_.resize(p.locals);
  }

  value run();

 private:
  value visit(std::uint32_t id);
  value visit_other(const code& c);
  /// The value of a part without a copy where it is a constant or has a name; else it is put in `kept`.
  const value& operand(std::uint32_t id, value& kept);
  std::uint32_t child(const code& c, std::uint32_t i) const { return program_.children[c.first + i]; }
  bool fast_comparison(const code& c, value& out);

  /// Takes a part of && or || (or of all, exists) that decides nothing into what is known so far: an unknown beats an error,
  /// the first error stays. `at` is where a part that is no condition stands.
  static void weigh(value& rest, value v, std::uint32_t at);
  value conditions(const code& c);
  value conditional(const code& c);
  value merged(const value& test, value a, value b, bool test_is_total);
  value call(const code& c, std::uint32_t id);
  value host_call(const code& c);
  value select(const code& c);
  value list(const code& c);
  value map(const code& c);

  // macros.cpp
  struct loop;
  value macro(const code& c);
  value bind(const code& c);
  value quantified(const code& c, const loop& over);
  value exactly_one(const code& c, const loop& over);
  value collected(const code& c, const loop& over);
  void enter(const code& c, const loop& over, std::size_t i);

  value unset(std::uint32_t slot, std::uint32_t at) const;
  value placed(value v, std::uint32_t at) const;
  /// Charges what a new value takes.
  value kept(value v, std::uint32_t at);
  bool exhausted() const { return meter_.steps == 0 || meter_.memory == 0; }
  value exhaustion(std::uint32_t at) const;

  const program& program_;
  std::span<const value> facts_;
  meter meter_;
  std::vector<value> locals_;
};

/// What the strict functions share: an error operand wins, then unknowns are joined. nullopt where all are known, or
/// some are intervals and none worse.
std::optional<value> not_known(std::span<const value> arguments);

/// Known arguments to a result (operators.cpp). `re` is the compiled pattern of matches() where it was constant.
value apply(builtin f, std::span<const value> arguments, meter& cost, const regex* re);
/// Of arguments where at least one is an interval: a value, an interval, or unknown (intervals.cpp).
value apply_interval(builtin f, std::span<const value> arguments, meter& cost);
/// The interval over both, or unknown, joined with further names.
value hull(const value& a, const value& b, const name_set& more);

value apply_arithmetic(builtin f, const value& a, const value& b, meter& cost);
value apply_text(builtin f, std::span<const value> arguments, meter& cost, const regex* re);
value apply_conversion(builtin f, const value& v);
value apply_time(builtin f, std::span<const value> arguments);
value apply_dialog(builtin f, std::span<const value> arguments, meter& cost);
value no_overload(std::span<const value> arguments);

}  // namespace zhuqi::dialogs::cel
