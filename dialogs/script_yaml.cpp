// Files to one script_source: which reader a document belongs to, the engine's own words, and translations, which are laid over
// at the end, when all keys are known.
#include "dialogs/script_yaml.hpp"

#include "dialogs/dialog_yaml.hpp"
#include "dialogs/tables_yaml.hpp"
#include "dialogs/yaml_fields.hpp"

#include <algorithm>
#include <map>

namespace zhuqi::dialogs {
namespace {

void read_system(const yaml_findings& findings, const yaml_node& root, system_script& into) {
  const yaml_fields f{findings, root, "system", {"system", "queue", "texts", "words"}};
  if (!into.file.empty()) {
    findings.add(root.where, rule::duplicate_id, {"system", into.file});
    return;
  }
  into.file = findings.file;
  into.where = root.where;
  into.queue = f.text("queue");
  for (std::string_view key : {"queue", "texts", "words"}) f.require(key);
  if (const yaml_node* texts = f.mapping("texts")) {
    for (const auto& [key, value] : texts->pairs) {
      std::size_t i = 0;
      while (i < into.texts.size() && system_text_name(static_cast<system_text>(i)) != key.value) ++i;
      if (i == into.texts.size()) {
        findings.add(key.where, rule::unknown_key, {key.value, "greeting, help, media, …"});
      } else if (auto t = checked_text(findings, value, key.value)) {
        into.texts[i].where = value.where;
        into.texts[i].in(lang::zh_cn) = std::move(*t);
      }
    }
  }
  if (const yaml_node* words = f.mapping("words")) {
    for (const auto& [key, value] : words->pairs) {
      std::size_t i = 0;
      while (i < into.words.size() && interrupt_name(static_cast<interrupt>(i)) != key.value) ++i;
      if (i == into.words.size()) {
        findings.add(key.where, rule::unknown_key,
                     {key.value, "human, back, restart, language, help, why, keep, withdraw"});
        continue;
      }
      if (value.what != yaml_node::kind::list) wrong_type(findings, value.where, key.value, a_list);
      for (const yaml_node& w : value.items) into.words[i].push_back(w.value);
    }
  }
}

std::optional<lang> translation_language(std::string_view file, bool& is_translation) {
  const std::size_t folder = file.rfind("i18n/");
  is_translation = folder != std::string_view::npos && (folder == 0 || file[folder - 1] == '/');
  if (!is_translation) return std::nullopt;
  const std::string_view name = file.substr(folder + 5);
  const auto l = lang_from_tag(name.substr(0, name.find('.')));
  return l && *l != lang::zh_cn ? l : std::nullopt;
}

using text_index = std::map<std::string, localized*, std::less<>>;

void lay_over(const yaml_findings& findings, const yaml_node& root, lang l, const text_index& texts) {
  if (root.what != yaml_node::kind::mapping) {
    wrong_type(findings, root.where, "i18n", a_mapping);
    return;
  }
  const auto put = [&](const std::string& key, source_mark where, const yaml_node& value) {
    auto at = texts.find(key);
    if (at == texts.end() && !texts.contains(key + "[1]")) at = texts.find(key + "[0]");  // a list of one
    if (at == texts.end()) {
      findings.add(where, rule::unknown_translation, {key});
    } else if (auto t = checked_text(findings, value, key)) {
      at->second->in(l) = std::move(*t);
    }
  };
  for (const auto& [key, value] : root.pairs) {
    if (value.what != yaml_node::kind::list) {
      put(key.value, key.where, value);
      continue;
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      put(key.value + '[' + std::to_string(i) + ']', value.items[i].where, value.items[i]);
    }
  }
}

void read_one_dialog(const yaml_findings& findings, const yaml_node& root, std::vector<dialog>& into) {
  dialog d = read_dialog(findings, root);
  const auto taken = std::find_if(into.begin(), into.end(), [&](const dialog& other) { return other.id == d.id; });
  if (taken != into.end()) {
    findings.add(root.where, rule::duplicate_id, {d.id, taken->file});
  } else if (!d.id.empty()) {
    into.push_back(std::move(d));
  }
}

/// Documents that name what other files hold, read when all of these are.
using late_documents = std::vector<std::pair<std::string_view, yaml_node>>;

void read_file(const script_file& file, read_scripts& out, late_documents& late) {
  const yaml_findings findings{std::string{file.name}, out.diagnostics};
  for (const yaml_node& root : parse_yaml(file.name, file.text, out.diagnostics)) {
    const auto is = [&](std::string_view key) { return root.find(key) != nullptr; };
    if (is("dialog")) {
      read_one_dialog(findings, root, out.source.dialogs);
    } else if (is("system")) {
      read_system(findings, root, out.source.system);
    } else if (is("parameters")) {
      read_parameters(findings, root, out.source.parameters);
    } else if (is("services")) {
      read_services(findings, root, out.source.services);
    } else if (is("hours")) {
      read_hours(findings, root, out.source.hours);
    } else if (is("faq")) {
      read_faq(findings, root, out.source.faq);
    } else if (is("publish")) {
      late.emplace_back(file.name, root);
    } else {
      findings.add(root.where, rule::missing_key,
                   {"file", "dialog, system, parameters, services, hours, faq, publish"});
    }
  }
}

}  // namespace

read_scripts read_yaml(std::span<const script_file> files) {
  read_scripts out;
  late_documents late;
  bool is_translation = false;
  for (const script_file& file : files) {
    translation_language(file.name, is_translation);
    if (!is_translation) read_file(file, out, late);
  }
  for (const auto& [file, root] : late) {
    read_publish({std::string{file}, out.diagnostics}, root, out.source.dialogs, out.plan);
  }
  text_index texts;
  for_each_text(out.source, [&](const std::string& key, localized& text) { texts.emplace(key, &text); });
  for (const script_file& file : files) {
    const auto l = translation_language(file.name, is_translation);
    if (!is_translation) continue;
    const yaml_findings findings{std::string{file.name}, out.diagnostics};
    if (!l) {
      findings.add({}, rule::unknown_language, {std::string{file.name}});
      continue;
    }
    for (const yaml_node& root : parse_yaml(file.name, file.text, out.diagnostics)) {
      // A file that cannot be read is one finding, not one per text that it would have translated.
      if (out.source.languages.back() != *l) out.source.languages.push_back(*l);
      lay_over(findings, root, *l, texts);
    }
  }
  auto& languages = out.source.languages;
  std::sort(languages.begin(), languages.end());
  languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
  return out;
}

}  // namespace zhuqi::dialogs
