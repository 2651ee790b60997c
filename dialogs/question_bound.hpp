#pragma once
// How many questions a dialog can ask, as far as it is proved.

#include <cstddef>
#include <map>
#include <string>

namespace zhuqi::dialogs {

/// Failed tries and asking again count as one each, commands (人工, 返回, 改 …) and questions in between do not.
struct question_bound {
  std::size_t most = 0;  ///< in all, or per round
  bool rounds = false;   ///< people can go round again by an answer that says so (修改, a menu)
};

/// By dialog; one that is not proved, or that has a circle without bound, is not in it.
using question_bounds = std::map<std::string, question_bound>;

}  // namespace zhuqi::dialogs
