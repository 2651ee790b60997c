#pragma once
// A YAML text as a plain tree with places, restricted to what scripts may use: no anchors, aliases, tags or duplicate keys,
// bounded in size and depth. The only door to yaml-cpp; readers above see this tree.

#include "dialogs/diagnostic.hpp"
#include "dialogs/text_template.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

struct yaml_pair;

struct yaml_node {
  enum class kind : std::uint8_t { nothing, scalar, list, mapping };
  kind what = kind::nothing;
  source_mark where;
  std::string value;             ///< of a scalar, as written; its type is the reader's business
  std::vector<yaml_node> items;  ///< of a list
  std::vector<yaml_pair> pairs;  ///< of a mapping, in order; keys are scalars, each once

  const yaml_node* find(std::string_view key) const;
};

struct yaml_pair {
  yaml_node key;
  yaml_node value;
};

/// The documents of a file. Diagnostics are appended; after a syntax error the documents before it are still given.
std::vector<yaml_node> parse_yaml(std::string_view file, std::string_view text, std::vector<diagnostic>& diagnostics);

}  // namespace zhuqi::dialogs
