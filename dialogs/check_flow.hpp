#pragma once
// The proof obligations of a set: what walking each dialog in the abstract shows, as findings, and the bound on its questions.

#include "dialogs/check_walk.hpp"
#include "dialogs/diagnostic.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zhuqi::dialogs {

/// Walks every dialog, called ones first, and adds what it finds. Dialogs whose names or expressions are broken are not walked.
called_dialogs check_flow(const script_source& source, std::vector<diagnostic>& out);

/// The questions of one dialog, those of dialogs that it calls included. A failed try and asking again count as one each, commands
/// (人工, 返回, 改 …) and questions in between do not. nullopt where the dialog is not proved or some circle of it has no bound.
std::optional<question_bound> questions_of(const script_source& source, const dialog& d);

/// The most questions that any run can take; nullopt also where people can choose to go round again.
std::optional<std::size_t> most_questions(const script_source& source, const dialog& d);

}  // namespace zhuqi::dialogs
