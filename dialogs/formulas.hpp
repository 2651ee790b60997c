#pragma once
// Every expression of a dialog, with the type that its place needs: the one list that linking, checking and comparing share.

#include "dialogs/program.hpp"
#include "dialogs/script.hpp"

#include <optional>

namespace zhuqi::dialogs {

/// visit(formula&, wanted type or nothing) for guards, checks, arguments, inputs of calls and placeholders of all languages.
/// `wanted` of an argument or input is left to the caller, who knows the other side.
template <class Dialog, class Visit>
void for_each_formula(Dialog& d, Visit visit) {
  const std::optional<cel::type> condition = cel::type{cel::type_kind::boolean};
  const auto text = [&](auto& words) {
    for (auto& in_language : words.by_lang) {
      for (auto& part : in_language.parts()) {
        if (!part.placeholder.source.empty()) visit(part.placeholder, std::nullopt);
      }
    }
  };
  const auto branches = [&](auto& next) {
    for (auto& b : next) {
      if (b.guard) visit(*b.guard, condition);
    }
  };
  for (auto& i : d.interrupts) text(i.say);
  for (auto& s : d.states) {
    std::visit(
        [&](auto& n) {
          if constexpr (requires { n.say; }) text(n.say);
          if constexpr (requires { n.text; }) text(n.text);
          if constexpr (requires { n.note; }) text(n.note);
          if constexpr (requires { n.next; }) branches(n.next);
          if constexpr (requires { n.args; }) {
            for (auto& a : n.args) visit(a, std::nullopt);
          }
          if constexpr (requires { n.with; }) {
            for (auto& given : n.with) visit(given.value, std::nullopt);
          }
          if constexpr (requires { n.prompt; }) {
            text(n.prompt);
            text(n.why);
            for (auto& r : n.retry) text(r);
            for (auto& c : n.checks) {
              visit(c.that, condition);
              text(c.otherwise);
            }
          }
        },
        s.what);
  }
}

}  // namespace zhuqi::dialogs
