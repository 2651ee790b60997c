// The stored form. Each struct's members are named once (script_members.hpp), for writing and for reading. A member that is
// empty, zero or false is not written, so that a release which adds one leaves the bytes (and so the version) of older scripts
// as they are.
#include "dialogs/script_json.hpp"

#include "bot/base/json.hpp"
#include "dialogs/script.hpp"
#include "dialogs/script_members.hpp"
#include "dialogs/values/canonical.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <type_traits>

namespace zhuqi::dialogs {
namespace {

constexpr std::string_view format_name = "dz/1";
constexpr std::size_t max_canonical_bytes = 16 * 1024 * 1024;

// --- writing ---

class writer {
 public:
  explicit writer(json& object) : out_{object} {}

  void operator()(std::string_view key, const std::string& value) {
    if (!value.empty()) at(key) = value;
  }
  template <class Number>
    requires std::is_arithmetic_v<Number>
  void operator()(std::string_view key, Number value) {
    if (value != Number{}) at(key) = value;
  }
  void operator()(std::string_view key, const localized& value) {
    for (lang l : all_langs) {
      if (!value.in(l).empty()) at(key)[std::string{tag(l)}] = value.in(l).source();
    }
  }
  void operator()(std::string_view key, const formula& value) { (*this)(key, value.source); }
  void operator()(std::string_view key, const values::decimal& value) { (*this)(key, value.text()); }
  void operator()(std::string_view key, const values::civil_date& value) { (*this)(key, values::canonical(value)); }
  template <class T>
  void operator()(std::string_view key, const std::optional<T>& value) {
    if constexpr (std::is_arithmetic_v<T>) {
      if (value) at(key) = *value;  // a bound of 0 is a bound
    } else {
      if (value) (*this)(key, *value);
    }
  }
  template <class T>
  void operator()(std::string_view key, const std::vector<T>& values) {
    if (values.empty()) return;
    json& rows = at(key) = json::array();
    for (const T& v : values) rows.push_back(element(v));
  }
  template <class T, std::size_t N>
  void operator()(std::string_view key, const std::array<T, N>& values) {
    json& rows = at(key) = json::array();
    for (const T& v : values) rows.push_back(element(v));
  }
  void operator()(std::string_view key, const variable_type& type) {
    at(key) = type_name_of(type);
    std::visit([this](const auto& t) { members(*this, t); }, type);
  }
  void operator()(std::string_view key, const node& what) {
    at(key) = kind_name_of(what);
    std::visit([this](const auto& n) { members(*this, n); }, what);
  }
  template <class T>
  void group(std::string_view key, T write) {
    json& object = at(key) = json::object();
    writer inner{object};
    write(inner);
  }
  template <class T>
  void unless(bool empty, std::string_view key, const T& value) {
    if (!empty) group(key, [&](writer& inner) { members(inner, value); });
  }
  template <class T>
    requires requires(writer& w, const T& v) { members(w, v); }
  void operator()(std::string_view key, const T& value) {
    unless(false, key, value);
  }
  template <class Enum>
  void choice(std::string_view key, Enum value, std::span<const std::string_view> names) {
    (*this)(key, std::string{names[static_cast<std::size_t>(value)]});
  }

 private:
  json& at(std::string_view key) { return out_[std::string{key}]; }

  template <class T>
  static json element(const T& v) {
    if constexpr (std::is_same_v<T, std::string> || std::is_arithmetic_v<T>) {
      return v;
    } else if constexpr (std::is_same_v<T, lang>) {
      return tag(v);
    } else {
      json row = json::object();
      writer inner{row};
      if constexpr (std::is_same_v<T, localized>) {
        inner("text", v);
      } else if constexpr (std::is_same_v<T, formula>) {
        inner("is", v);
      } else if constexpr (requires { v.begin(); }) {
        inner("rows", v);
      } else {
        members(inner, v);
      }
      return row;
    }
  }

  json& out_;
};

// --- reading: any surprise makes the whole malformed ---

class reader {
 public:
  reader(const json& object, bool& good) : in_{object}, good_{good} { good_ = good_ && object.is_object(); }

  void operator()(std::string_view key, std::string& value) {
    value.clear();
    if (const json* v = find(key)) take(v->is_string(), [&] { value = v->get<std::string>(); });
  }
  void operator()(std::string_view key, bool& value) {
    value = false;
    if (const json* v = find(key)) take(v->is_boolean(), [&] { value = v->get<bool>(); });
  }
  template <class Number>
    requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>)
  void operator()(std::string_view key, Number& value) {
    value = 0;
    const json* v = find(key);
    if (v == nullptr || !take(v->is_number_integer(), [] {})) return;
    const auto wide = v->get<std::int64_t>();
    const bool fits = wide >= std::numeric_limits<Number>::min() && wide <= std::numeric_limits<Number>::max();
    take(fits, [&] { value = static_cast<Number>(wide); });
  }
  void operator()(std::string_view key, localized& value) {
    const json* v = find(key);
    if (v == nullptr || !take(v->is_object(), [] {})) return;
    for (const auto& [name, text] : v->items()) {
      const auto l = lang_from_tag(name);
      auto parsed = text.is_string() ? text_template::parse(text.get_ref<const std::string&>()) : std::nullopt;
      take(l && parsed, [&, &text_of = parsed] { value.in(*l) = std::move(*text_of); });
    }
  }
  void operator()(std::string_view key, formula& value) { (*this)(key, value.source); }
  void operator()(std::string_view key, values::decimal& value) {
    std::string text;
    (*this)(key, text);
    const auto read = values::decimal::from_text(text);
    take(read.has_value(), [&] { value = *read; });
  }
  void operator()(std::string_view key, values::civil_date& value) {
    std::string text;
    (*this)(key, text);
    const auto read = values::date_from_canonical(text);
    take(read.has_value(), [&] { value = *read; });
  }
  template <class T>
  void operator()(std::string_view key, std::optional<T>& value) {
    if (find(key) != nullptr) (*this)(key, value.emplace());
  }
  template <class T>
  void operator()(std::string_view key, std::vector<T>& values) {
    const json* v = find(key);
    if (v == nullptr || !take(v->is_array(), [] {})) return;
    for (const json& row : *v) values.push_back(element<T>(row));
  }
  template <class T, std::size_t N>
  void operator()(std::string_view key, std::array<T, N>& values) {
    const json* v = find(key);
    if (v == nullptr) return;
    take(v->is_array() && v->size() == N, [&] {
      for (std::size_t i = 0; i < N; ++i) values[i] = element<T>((*v)[i]);
    });
  }
  void operator()(std::string_view key, variable_type& type) {
    std::string name;
    (*this)(key, name);
    take(set_type(type, name), [&] { std::visit([this](auto& t) { members(*this, t); }, type); });
  }
  void operator()(std::string_view key, node& what) {
    std::string name;
    (*this)(key, name);
    take(set_kind(what, name), [&] { std::visit([this](auto& n) { members(*this, n); }, what); });
  }
  template <class T>
  void group(std::string_view key, T read) {
    if (const json* v = find(key)) {
      reader inner{*v, good_};
      read(inner);
    }
  }
  template <class T>
  void unless(bool, std::string_view key, T& value) {
    group(key, [&](reader& inner) { members(inner, value); });
  }
  template <class T>
    requires requires(reader& r, T& v) { members(r, v); }
  void operator()(std::string_view key, T& value) {
    unless(false, key, value);
  }
  template <class Enum>
  void choice(std::string_view key, Enum& value, std::span<const std::string_view> names) {
    std::string name;
    (*this)(key, name);
    const auto found = std::find(names.begin(), names.end(), name);
    take(found != names.end(), [&] { value = static_cast<Enum>(found - names.begin()); });
  }

 private:
  const json* find(std::string_view key) const {
    if (!in_.is_object()) return nullptr;
    const auto found = in_.find(std::string{key});
    return found == in_.end() ? nullptr : &*found;
  }
  template <class Then>
  bool take(bool fits, Then then) {
    if (fits) then();
    good_ = good_ && fits;
    return fits;
  }

  template <class T>
  T element(const json& row) {
    T out{};
    if constexpr (std::is_same_v<T, std::string>) {
      take(row.is_string(), [&] { out = row.get<std::string>(); });
    } else if constexpr (std::is_arithmetic_v<T>) {
      take(row.is_number_integer(), [&] { out = row.get<T>(); });
    } else if constexpr (std::is_same_v<T, lang>) {
      const auto l = row.is_string() ? lang_from_tag(row.get_ref<const std::string&>()) : std::nullopt;
      take(l.has_value(), [&] { out = *l; });
    } else {
      reader inner{row, good_};
      if constexpr (std::is_same_v<T, localized>) {
        inner("text", out);
      } else if constexpr (std::is_same_v<T, formula>) {
        inner("is", out);
      } else if constexpr (requires { out.begin(); }) {
        inner("rows", out);
      } else {
        members(inner, out);
      }
    }
    return out;
  }

  const json& in_;
  bool& good_;
};

}  // namespace

std::string canonical_json(const script_source& source) {
  json out{{"format", format_name}};
  writer write{out};
  members(write, source);
  return dump_json(out);
}

result<script_source> script_from_json(std::string_view canonical) {
  const auto parsed = parse_json(canonical, max_canonical_bytes);
  if (!parsed) return parsed.error();
  bool good = true;
  reader read{*parsed, good};
  std::string format;
  read("format", format);
  script_source out;
  out.languages.clear();
  members(read, out);
  if (!good || format != format_name || out.languages.empty() || out.languages.front() != lang::zh_cn) {
    return errc::malformed;
  }
  return out;
}

}  // namespace zhuqi::dialogs
