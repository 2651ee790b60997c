#pragma once
// Appending JSON text by hand, for what is written at every turn: no value tree, no allocation besides the output. The bytes
// are those of dump_json (raw UTF-8, compact); the caller names members in sorted order.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::dialogs {

/// A quoted string; ill-formed UTF-8 is replaced, as dump_json does.
void append_json(std::string& out, std::string_view text);
void append_json(std::string& out, std::int64_t number);
void append_json(std::string& out, const std::map<std::string, std::string>& object);
void append_json(std::string& out, const std::vector<std::string>& list);

/// One object: key() writes the comma and the name.
class json_object {
 public:
  explicit json_object(std::string& out) : out_{out} { out_ += '{'; }
  ~json_object() { out_ += '}'; }
  json_object(const json_object&) = delete;
  json_object& operator=(const json_object&) = delete;

  /// `name` needs no escaping.
  std::string& key(std::string_view name) {
    out_.append(first_ ? "\"" : ",\"").append(name).append("\":");
    first_ = false;
    return out_;
  }
  template <class Value>
  void member(std::string_view name, const Value& value) {
    append_json(key(name), value);
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace zhuqi::dialogs
