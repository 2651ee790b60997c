#include "bot/app/script_layout.hpp"

#include "bot/app/script_files.hpp"
#include "bot/base/json.hpp"
#include "dialogs/script_yaml.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>

namespace zhuqi::app {
namespace {

using dialogs::diagnostic;
using dialogs::rule;

constexpr std::size_t layout_bytes = 4 * 1024 * 1024;

/// Line and column of a key: JSON libraries keep no places, so the key is looked for from where its parent stands.
class places {
 public:
  explicit places(std::string_view text) : text_{text} {}

  std::size_t key(const std::string& name, std::size_t from) const {
    const std::size_t at = text_.find(dump_json(name), from);
    return at == std::string_view::npos ? from : at;
  }
  diagnostic at(std::string_view file, std::size_t offset, rule what, std::vector<std::string> args) const {
    const std::string_view before = text_.substr(0, offset);
    const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    int column = 1;
    for (const char c : before.substr(begin)) column += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return {std::string{file}, line, column, what, std::move(args)};
  }

 private:
  std::string_view text_;
};

bool is_point(const json& p) {
  return p.is_object() && p.size() == 2 && p.contains("x") && p.contains("y") && p["x"].is_number() &&
         p["y"].is_number();
}

}  // namespace

std::vector<diagnostic> check_layout(std::string_view file, std::string_view text,
                                     std::span<const dialogs::dialog> dialogs) {
  std::vector<diagnostic> out;
  const places where{text};
  const auto parsed = parse_json(text, layout_bytes);
  const std::vector<std::string> shape{"layout", "JSON {对话: {状态: {\"x\": 数, \"y\": 数}}}",
                                       "JSON {dialog: {state: {\"x\": number, \"y\": number}}}"};
  if (!parsed || !parsed->is_object()) {
    out.push_back(where.at(file, 0, rule::wrong_type, shape));
    return out;
  }
  for (const auto& [dialog_id, states] : parsed->items()) {
    const std::size_t at = where.key(dialog_id, 0);
    const auto d =
        std::find_if(dialogs.begin(), dialogs.end(), [&id = dialog_id](const auto& x) { return x.id == id; });
    if (d == dialogs.end()) {
      out.push_back(where.at(file, at, rule::unknown_dialog, {dialog_id, ids_of(dialogs)}));
    } else if (!states.is_object()) {
      out.push_back(where.at(file, at, rule::wrong_type, shape));
    } else {
      for (const auto& [state_id, point] : states.items()) {
        const std::size_t here = where.key(state_id, at + dialog_id.size() + 2);
        if (!d->find_state(state_id)) {
          out.push_back(where.at(file, here, rule::unknown_target, {state_id, ids_of(d->states)}));
        } else if (!is_point(point)) {
          out.push_back(where.at(file, here, rule::wrong_type, shape));
        }
      }
    }
  }
  return out;
}

bool check_layouts(const std::vector<std::string>& paths, std::vector<diagnostic>& findings) {
  std::vector<std::string> folders;
  std::error_code error;
  for (const auto& p : paths) {
    if (std::filesystem::is_directory(p, error)) folders.push_back(p);
  }
  const auto layouts = read_files(folders, ".ui.json");
  if (!layouts) return false;
  if (layouts->empty()) return true;
  const auto texts = read_files(paths, ".yaml");
  if (!texts) return false;
  const dialogs::read_scripts read = dialogs::read_yaml(views_of(*texts));
  for (const auto& layout : *layouts) {
    auto found = check_layout(layout.name, layout.text, read.source.dialogs);
    findings.insert(findings.end(), found.begin(), found.end());
  }
  std::stable_sort(findings.begin(), findings.end(), [](const diagnostic& a, const diagnostic& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
  return true;
}

}  // namespace zhuqi::app
