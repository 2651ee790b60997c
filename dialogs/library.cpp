// Read, check, link: the one order in which scripts become runnable.
#include "dialogs/library.hpp"

#include "dialogs/script_check.hpp"
#include "dialogs/script_json.hpp"

#include <algorithm>
#include <tuple>

namespace zhuqi::dialogs {

loaded_scripts load_scripts(std::span<const script_file> files, completeness wanted) {
  read_scripts read = read_yaml(files);
  loaded_scripts out{nullptr, std::move(read.diagnostics), {}, std::move(read.plan)};
  const bool readable = !has_errors(out.diagnostics);
  checked_scripts found = check_scripts(read.source, wanted);
  out.diagnostics.insert(out.diagnostics.end(), found.findings.begin(), found.findings.end());
  out.questions = std::move(found.questions);
  const auto place = [](const diagnostic& d) { return std::tie(d.file, d.line, d.column); };
  std::stable_sort(out.diagnostics.begin(), out.diagnostics.end(),
                   [&](const diagnostic& a, const diagnostic& b) { return place(a) < place(b); });
  const bool runnable = wanted == completeness::whole || is_whole(read.source);
  if (readable && runnable && !has_errors(out.diagnostics)) {
    if (auto linked = script_set::link(std::move(read.source))) out.scripts = *std::move(linked);
  }
  return out;
}

loaded_scripts load_library(std::span<const base::embedded_file> files) {
  std::vector<script_file> all;
  for (const base::embedded_file& f : files) all.push_back({f.name, f.bytes});
  return load_scripts(all);
}

result<script_set_ptr> load_published(std::string_view canonical) {
  auto source = script_from_json(canonical);
  if (!source) return source.error();
  auto linked = script_set::link(*std::move(source));
  if (!linked) return linked.error();
  return script_set_ptr{*std::move(linked)};
}

}  // namespace zhuqi::dialogs
