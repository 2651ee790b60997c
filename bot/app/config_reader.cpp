#include "bot/app/config_reader.hpp"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace zhuqi::app {
namespace {

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }

}  // namespace

std::optional<config_node> config_reader::parse(std::string_view yaml) {
  try {
    config_node root = YAML::Load(std::string{yaml});
    if (root.IsNull()) return std::nullopt;  // an empty file means the defaults
    if (root.IsMap()) return root;
    problem(root, "the file must be a list of 'key: value' lines");
  } catch (const YAML::Exception& e) {
    problems_.push_back(
        {file_name_ + ":" + std::to_string(e.mark.line + 1) + ":" + std::to_string(e.mark.column + 1), e.msg});
  }
  return std::nullopt;
}

std::vector<std::pair<std::string, config_node>> config_reader::entries(const config_node& map) {
  std::vector<std::pair<std::string, config_node>> out;
  if (!map.IsMap()) {
    problem(map, "must be 'key: value' lines");
    return out;
  }
  std::set<std::string> seen;
  for (const auto& entry : map) {
    std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string{};
    if (!seen.insert(key).second) problem(entry.first, "the key '" + key + "' stands here twice");
    out.emplace_back(std::move(key), entry.second);
  }
  return out;
}

std::vector<config_node> config_reader::items(const config_node& list) {
  if (!list.IsSequence()) {
    problem(list, "must be a list ('- …' lines)");
    return {};
  }
  return {list.begin(), list.end()};
}

std::string config_reader::member_text(const config_node& map, const char* key) {
  if (!map.IsMap() || !map[key] || !map[key].IsScalar()) return {};
  return map[key].Scalar();
}

std::string config_reader::text(const config_node& n) {
  if (!n.IsScalar()) {
    problem(n, "must be a text");
    return {};
  }
  const std::string& raw = n.Scalar();
  if (raw.starts_with("${") && raw.ends_with("}")) {
    const std::string variable = raw.substr(2, raw.size() - 3);
    if (const char* value = std::getenv(variable.c_str())) return value;
    problem(n, "the environment variable " + variable + " is not set");
    return {};
  }
  if (raw.starts_with("file:")) return from_file(n, raw.substr(5));
  return raw;
}

std::string config_reader::from_file(const config_node& n, const std::string& path) {
  std::ifstream in{std::filesystem::path{base_dir_} / path, std::ios::binary};
  if (!in) {
    problem(n, "the file " + path + " cannot be read");
    return {};
  }
  std::string value{std::istreambuf_iterator<char>{in}, {}};
  while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
  return value;
}

std::string config_reader::name(const config_node& n) {
  std::string value = text(n);
  bool good = !value.empty() && value.size() <= 32;
  for (char c : value) good = good && is_name_char(c);
  if (!good) problem(n, "must be 1–32 of a–z, 0–9, '-' and '_'");
  return value;
}

std::string config_reader::path(const config_node& n) {
  const std::filesystem::path given = text(n);
  return given.is_absolute() ? given.string() : (std::filesystem::path{base_dir_} / given).lexically_normal().string();
}

std::int64_t config_reader::number(const config_node& n, std::int64_t least, std::int64_t most) {
  const std::string value = text(n);
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out);
  if (error == std::errc{} && end == value.data() + value.size() && out >= least && out <= most) return out;
  problem(n, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return least;
}

bool config_reader::flag(const config_node& n) {
  const std::string value = text(n);
  if (value != "true" && value != "false") problem(n, "must be true or false");
  return value == "true";
}

std::string config_reader::one_of(const config_node& n, std::initializer_list<std::string_view> words) {
  std::string value = text(n);
  std::string list;
  for (std::string_view word : words) {
    if (value == word) return value;
    list.append(list.empty() ? "" : ", ").append(word);
  }
  problem(n, "must be one of " + list);
  return std::string{*words.begin()};
}

std::vector<std::string> config_reader::texts(const config_node& list) {
  std::vector<std::string> out;
  for (const config_node& item : items(list)) out.push_back(text(item));
  return out;
}

void config_reader::problem(const config_node& n, std::string what) {
  const YAML::Mark mark = n.Mark();
  problems_.push_back(
      {file_name_ + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1), std::move(what)});
}

}  // namespace zhuqi::app
