#pragma once
// The set of tests/golden/script_tests/set with the shipped engine sentences: what tests of the tools are shown on.

#include "dialogs/library.hpp"
#include "tests/unit/dialogs/talk.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace zhuqi::dialogs::test {

inline const std::filesystem::path golden_folder{ZHUQI_SOURCE_DIR "/tests/golden"};

inline std::string file_text(const std::filesystem::path& p) {
  std::ifstream in{p, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

inline void expect_same_as(const std::filesystem::path& file, const std::string& actual) {
  if (std::getenv("ZHUQI_UPDATE_GOLDEN") != nullptr) std::ofstream{file, std::ios::binary} << actual;
  INFO(file.string() << " (ZHUQI_UPDATE_GOLDEN=1 rewrites it)");
  CHECK(file_text(file) == actual);
}

/// One exact replacement in one of the set's files.
struct edit {
  std::string file;
  std::string from, to;
};

inline std::vector<std::pair<std::string, std::string>> subsidy_files(const std::vector<edit>& edits = {}) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const base::embedded_file& f : library::files()) {
    if (f.name == "system.yaml" || f.name == "choose_language.yaml") out.emplace_back(f.name, f.bytes);
  }
  for (const std::string name : {"job_subsidy.yaml", "main_menu.yaml", "tables.yaml"}) {
    out.emplace_back(name, file_text(golden_folder / "script_tests" / "set" / name));
  }
  for (const edit& e : edits) {
    const auto file = std::find_if(out.begin(), out.end(), [&](const auto& f) { return f.first == e.file; });
    REQUIRE(file != out.end());
    const std::size_t at = file->second.find(e.from);
    INFO(e.from);
    REQUIRE(at != std::string::npos);
    file->second.replace(at, e.from.size(), e.to);
  }
  return out;
}

inline script_set_ptr load(const std::vector<std::pair<std::string, std::string>>& texts) {
  const std::vector<script_file> files = views_of(texts);
  const loaded_scripts loaded = load_scripts(files);
  for (const diagnostic& d : loaded.diagnostics) UNSCOPED_INFO(to_line(d, lang::en));
  REQUIRE(loaded.scripts != nullptr);
  return loaded.scripts;
}

inline script_set_ptr subsidy(const std::vector<edit>& edits = {}) { return load(subsidy_files(edits)); }

}  // namespace zhuqi::dialogs::test
