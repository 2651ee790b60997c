#pragma once
// What a dialog collected, as a case: matter, title, and a summary that an official can read. Pure.

#include "dialogs/effect.hpp"
#include "dialogs/lang.hpp"

#include <optional>
#include <string>

namespace zhuqi::pipeline {

struct case_intake {
  std::string matter;   ///< what competences are registered for: "subsidy", "coordination", "filing"
  std::string title;    ///< Chinese: for officials
  std::string summary;  ///< "标签：值" in lines
  std::string company;
  std::string contact;  ///< name and phone
};

/// nullopt for services that create no case.
std::optional<case_intake> intake_of(const dialogs::effect::call& call);

/// The argument's value, "" where it is absent.
std::string argument(const dialogs::effect::call& call, const std::string& name);

}  // namespace zhuqi::pipeline
