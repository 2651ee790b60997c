// Diagnostics for machines.
#include "bot/base/json.hpp"
#include "dialogs/diagnostic.hpp"

namespace zhuqi::dialogs {
namespace {

json rows_of(std::span<const diagnostic> all, lang l) {
  json out = json::array();
  for (const diagnostic& d : all) {
    out.push_back({{"file", d.file},
                   {"line", d.line},
                   {"column", d.column},
                   {"rule", rule_id(d.what)},
                   {"severity", severity_of(d.what) == severity::error ? "error" : "warning"},
                   {"sentence", sentence(d, l)},
                   {"fix", fix(d, l)}});
  }
  return out;
}

}  // namespace

std::string to_json_text(std::span<const diagnostic> all, lang l) { return dump_json(rows_of(all, l)); }

std::string to_json_text(std::span<const diagnostic> all, const question_bounds& questions, lang l) {
  json bounds = json::object();
  for (const auto& [id, bound] : questions) bounds[id] = {{"most", bound.most}, {"rounds", bound.rounds}};
  return dump_json(json{{"findings", rows_of(all, l)}, {"questions", std::move(bounds)}});
}

}  // namespace zhuqi::dialogs
