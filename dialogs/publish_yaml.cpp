// The reader of `publish:` documents.
#include "dialogs/tables_yaml.hpp"
#include "dialogs/yaml_fields.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

bool is_version(std::string_view s) {
  return s.size() == 64 && s.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

void read_publish(const yaml_findings& findings, const yaml_node& root, const std::vector<dialog>& dialogs,
                  std::optional<publish_plan>& into) {
  const yaml_fields f{findings, root, "publish", {"publish", "running", "to", "versions"}};
  if (into) {
    findings.add(root.where, rule::duplicate_id, {"publish", findings.file});
    return;
  }
  f.only("running", {"stay", "move", "withdraw"});
  publish_plan& plan = into.emplace();
  plan.where = root.where;
  plan.why = f.text("publish");
  const std::string running = f.text("running");
  if (running == "move") plan.under_way = publish_plan::running::move;
  if (running == "withdraw") plan.under_way = publish_plan::running::withdraw;
  plan.versions = f.texts("versions");
  for (const std::string& hash : plan.versions) {
    if (!is_version(hash))
      findings.add(f.raw("versions")->where, rule::bad_value, {"versions", hash, "SHA-256 (64 × 0-9a-f)"});
  }
  if (plan.under_way != publish_plan::running::withdraw) return;
  f.require("to");
  if (!f.has("to")) return;
  const std::string to = f.text("to");
  const std::size_t dot = std::min(to.find('.'), to.size());
  plan.dialog = to.substr(0, dot);
  plan.state = to.substr(std::min(dot + 1, to.size()));
  const auto d = std::find_if(dialogs.begin(), dialogs.end(), [&](const dialog& x) { return x.id == plan.dialog; });
  if (d == dialogs.end()) {
    findings.add(f.raw("to")->where, rule::unknown_dialog, {plan.dialog, ids_of(dialogs)});
  } else if (std::none_of(d->states.begin(), d->states.end(), [&](const state& x) { return x.id == plan.state; })) {
    findings.add(f.raw("to")->where, rule::unknown_target, {plan.state, ids_of(d->states)});
  }
}

}  // namespace zhuqi::dialogs
