#include "bot/base/json.hpp"

#include "bot/base/text.hpp"

#include <utility>
#include <vector>

namespace zhuqi {
namespace {

// Builds the value like nlohmann's own SAX-DOM parser, and stops at a depth or a duplicate key.
class bounded_builder final : public nlohmann::json_sax<json> {
 public:
  json take() { return std::move(root_); }
  bool over_limit() const { return over_limit_; }

  bool null() override { return add(nullptr); }
  bool boolean(bool v) override { return add(v); }
  bool number_integer(number_integer_t v) override { return add(v); }
  bool number_unsigned(number_unsigned_t v) override { return add(v); }
  bool number_float(number_float_t v, const string_t&) override { return add(v); }
  bool string(string_t& v) override { return add(std::move(v)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& k) override {
    if (stack_.back()->contains(k)) return false;
    key_ = std::move(k);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  template <class T>
  bool add(T&& value) {
    place(json(std::forward<T>(value)));
    return true;
  }
  json* place(json value) {
    if (stack_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    json& parent = *stack_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    return &(parent[std::exchange(key_, {})] = std::move(value));
  }
  bool open(json container) {
    if (stack_.size() >= limits::json_depth) {
      over_limit_ = true;
      return false;
    }
    // Growing a parent array moves its elements, but only the innermost open container ever grows.
    stack_.push_back(place(std::move(container)));
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }

  json root_;
  std::vector<json*> stack_;
  std::string key_;
  bool over_limit_ = false;
};

}  // namespace

result<json> parse_json(std::string_view input, std::size_t max_bytes) {
  if (input.size() > max_bytes) return make_error_code(errc::too_large);
  if (!text::is_utf8(input)) return make_error_code(errc::malformed);
  bounded_builder builder;
  if (!json::sax_parse(input, &builder))
    return make_error_code(builder.over_limit() ? errc::too_large : errc::malformed);
  return builder.take();
}

std::string dump_json(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string string_or_empty(const json& object, std::string_view key) {
  if (!object.is_object()) return {};
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

std::int64_t int_or(const json& object, std::string_view key, std::int64_t fallback) {
  if (!object.is_object()) return fallback;
  const auto it = object.find(key);
  if (it == object.end() || !it->is_number_integer()) return fallback;
  if (it->is_number_unsigned() && it->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) return fallback;
  return it->get<std::int64_t>();
}

}  // namespace zhuqi
