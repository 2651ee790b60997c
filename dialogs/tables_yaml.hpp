#pragma once
// What stands beside dialogs, out of YAML documents: parameters, services, office hours, short answers, how to publish.

#include "dialogs/publish_plan.hpp"
#include "dialogs/script.hpp"
#include "dialogs/yaml_fields.hpp"

#include <optional>
#include <vector>

namespace zhuqi::dialogs {

void read_parameters(const yaml_findings& findings, const yaml_node& root, std::vector<parameter>& into);
void read_services(const yaml_findings& findings, const yaml_node& root, std::vector<service>& into);
void read_hours(const yaml_findings& findings, const yaml_node& root, office_hours& into);
void read_faq(const yaml_findings& findings, const yaml_node& root, std::vector<faq_entry>& into);
/// `dialogs` are all of the set: the place that people are sent to must be one of theirs.
void read_publish(const yaml_findings& findings, const yaml_node& root, const std::vector<dialog>& dialogs,
                  std::optional<publish_plan>& into);

}  // namespace zhuqi::dialogs
