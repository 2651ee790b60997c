#pragma once
// Typed reading of the YAML configuration with places for every complaint. The only user is config.cpp.

#include "bot/app/config.hpp"

#include <yaml-cpp/yaml.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhuqi::app {

using config_node = YAML::Node;

/// Every accessor reports a problem and gives a harmless value where the node is not what it should be.
class config_reader {
 public:
  config_reader(std::string_view file_name, std::string_view base_dir, std::vector<config_problem>& problems)
      : file_name_{file_name}, base_dir_{base_dir}, problems_{problems} {}

  std::optional<config_node> parse(std::string_view yaml);
  std::vector<std::pair<std::string, config_node>> entries(const config_node& map);
  std::vector<config_node> items(const config_node& list);
  std::string member_text(const config_node& map, const char* key);

  /// A scalar with ${ENV} and file:PATH resolved.
  std::string text(const config_node& n);
  secret secret_text(const config_node& n) { return secret{text(n)}; }
  /// Lower-case letters, digits, '-' and '_', at most 32 of them: it becomes part of a URL.
  std::string name(const config_node& n);
  /// A path, relative ones from the folder of the configuration file.
  std::string path(const config_node& n);
  std::int64_t number(const config_node& n, std::int64_t least, std::int64_t most);
  bool flag(const config_node& n);
  std::string one_of(const config_node& n, std::initializer_list<std::string_view> words);
  std::vector<std::string> texts(const config_node& list);

  void problem(const config_node& n, std::string what);
  /// Calls `read`; problems that it reports without naming `key` get its name in front.
  template <class Read>
  void under(const std::string& key, Read read) {
    const std::size_t before = problems_.size();
    read();
    for (std::size_t i = before; i < problems_.size(); ++i) {
      if (problems_[i].what.find(key) == std::string::npos) problems_[i].what.insert(0, key + ": ");
    }
  }

 private:
  std::string from_file(const config_node& n, const std::string& path);

  std::string file_name_;
  std::string base_dir_;
  std::vector<config_problem>& problems_;
};

}  // namespace zhuqi::app
