#pragma once
// What dialogs share, out of YAML documents: parameters, services, office hours, short answers.

#include "dialogs/script.hpp"
#include "dialogs/yaml_fields.hpp"

namespace zhuqi::dialogs {

void read_parameters(const yaml_findings& findings, const yaml_node& root, std::vector<parameter>& into);
void read_services(const yaml_findings& findings, const yaml_node& root, std::vector<service>& into);
void read_hours(const yaml_findings& findings, const yaml_node& root, office_hours& into);
void read_faq(const yaml_findings& findings, const yaml_node& root, std::vector<faq_entry>& into);

}  // namespace zhuqi::dialogs
