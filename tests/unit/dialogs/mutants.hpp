#pragma once
// One textual edit of a good script each: what kind of defect it makes, and which rule has to find it.

#include "dialogs/diagnostic.hpp"

#include <vector>

namespace zhuqi::dialogs::test {

struct mutant {
  const char* kind;
  const char* file;
  const char* find;  ///< its first occurrence is replaced
  const char* put;
  rule by;
};

const std::vector<mutant>& mutants();

}  // namespace zhuqi::dialogs::test
