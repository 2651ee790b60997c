#pragma once
// Running a program over facts. Pure: the same facts give the same value. Never throws for what facts and expression
// hold.
//
//   &&, ||   false (true) wins over everything, then unknown over error
//   ?:       an unknown test gives the common result of both branches where there is one; two results of one scale give
//            the interval that spans them; else unknown
//   others   an error operand is the result, else an unknown one (names joined), else bounds decide where they can

#include "dialogs/cel/program.hpp"

#include <cstdint>
#include <span>

namespace zhuqi::dialogs::cel {

/// One step is roughly one part looked at, one list member, or 16 characters; memory is what values would take if
/// nothing were shared.
struct budget {
  std::uint64_t steps = 100'000;
  std::uint64_t memory = 1 << 20;
};

/// `facts` by slot of the environment; one that is unset or beyond the end has no value, which is an error where it is
/// read. May be known, unknown, an interval, or an error.
value evaluate(const program& p, std::span<const value> facts, budget allowed = {});

}  // namespace zhuqi::dialogs::cel
