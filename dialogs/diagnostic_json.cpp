// Diagnostics for machines.
#include "bot/base/json.hpp"
#include "dialogs/diagnostic.hpp"

namespace zhuqi::dialogs {

std::string to_json_text(std::span<const diagnostic> all, lang l) {
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
  return dump_json(out);
}

}  // namespace zhuqi::dialogs
