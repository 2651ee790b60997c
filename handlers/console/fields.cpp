#include "handlers/console/fields.hpp"

#include "bot/base/crypto.hpp"
#include "bot/base/text.hpp"
#include "bot/runtime/http.hpp"

#include <algorithm>
#include <charconv>

namespace zhuqi::console {
namespace {

constexpr std::int64_t ahead_ms = 10 * 60'000;  // clocks of offices
constexpr std::int64_t behind_ms =
    24 * 3'600'000;  // an act kept over a night without network; below the keys' retention
constexpr std::size_t most_texts = 20;
constexpr std::size_t most_members = 32;
constexpr std::size_t time_digits = 12;  // hex digits of a version 7 UUID that are its time

bool is_uuid_v7(std::string_view id) {
  if (id.size() != 36 || id[14] != '7' || std::string_view{"89ab"}.find(id[19]) == std::string_view::npos) return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f');
    if (dash ? id[i] != '-' : !hex) return false;
  }
  return true;
}

std::int64_t time_of(std::string_view uuid) {
  std::string digits{uuid.substr(0, 8)};
  digits.append(uuid.substr(9, time_digits - 8));
  std::int64_t ms = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), ms, 16);
  return ms;
}

bool is_row_id(std::string_view digits) {
  std::int64_t value = 0;
  const auto [rest, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return ec == std::errc{} && rest == digits.data() + digits.size() && value > 0 && digits.front() != '0';
}

/// Cleans it as well. An empty one does not fill a required member.
bool fits_text(json& value, const field& f) {
  if (!value.is_string()) return false;
  auto& text = value.get_ref<std::string&>();
  if (text.size() > f.most) return false;
  if (f.kind == field_kind::text) text = std::string{text::trim(text::strip_controls(text))};
  return f.how == presence::optional || !text.empty();
}

bool fits(json& value, const field& f, unix_ms now);

bool fits_each(json& value, const field& f, std::size_t most, unix_ms now) {
  if (!value.is_array() || value.size() > most) return false;
  return std::ranges::all_of(value, [&](json& one) {
    if (f.kind == field_kind::texts) return fits_text(one, {f.name, field_kind::text, presence::required, f.most});
    return one.is_object() && !misfit(one, f.members, now);
  });
}

bool fits(json& value, const field& f, unix_ms now) {
  switch (f.kind) {
    case field_kind::text:
    case field_kind::secret: return fits_text(value, f);
    case field_kind::number:
      return value.is_number_unsigned() && value.get<std::uint64_t>() <= static_cast<std::uint64_t>(f.most);
    case field_kind::boolean: return value.is_boolean();
    case field_kind::row_id: return value.is_string() && is_row_id(value.get_ref<const std::string&>());
    case field_kind::act_id: {
      if (!value.is_string() || !is_uuid_v7(value.get_ref<const std::string&>())) return false;
      const auto at = time_of(value.get_ref<const std::string&>());
      return at <= now.value + ahead_ms && at >= now.value - behind_ms;
    }
    case field_kind::texts: return fits_each(value, f, most_texts, now);
    case field_kind::objects: return fits_each(value, f, f.most, now);
    case field_kind::object: return value.is_object() && !misfit(value, f.members, now);
    case field_kind::any_object:
      return value.is_object() && value.size() <= most_members && std::ranges::all_of(value, [&](json& one) {
               return !one.is_string() || fits_text(one, {f.name, field_kind::text, presence::optional, f.most});
             });
  }
  return false;
}

bool is_number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [rest, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return ec == std::errc{} && rest == digits.data() + digits.size() && digits.front() != '-';
}

/// A parameter is text; an empty one is as good as none.
bool fits_query(json& value, const field& f) {
  const auto& given = value.get_ref<const std::string&>();
  if (f.kind == field_kind::row_id) return given.empty() || is_row_id(given);
  if (f.kind == field_kind::number) return given.empty() || is_number(given);
  return text::is_utf8(given) && fits_text(value, {f.name, field_kind::text, presence::optional, f.most});
}

}  // namespace

std::optional<std::string> misfit(json& object, const std::vector<field>& fields, unix_ms now) {
  for (const auto& [name, value] : object.items()) {
    if (std::ranges::find(fields, name, &field::name) == fields.end()) return name.substr(0, 40);
  }
  for (const field& f : fields) {
    const auto found = object.find(f.name);
    const bool absent = found == object.end();
    if (absent ? f.how == presence::required : !fits(*found, f, now)) return std::string{f.name};
  }
  return std::nullopt;
}

std::optional<std::string> read_query(std::string_view query, const std::vector<field>& fields, json& into) {
  into = json::object();
  std::size_t given = query.empty() ? 0 : static_cast<std::size_t>(std::ranges::count(query, '&')) + 1;
  for (const field& f : fields) {
    const auto value = http::query_param(query, f.name);
    if (!value) continue;
    --given;
    json as_typed = *value;
    if (!fits_query(as_typed, f)) return std::string{f.name};
    into[std::string{f.name}] = std::move(as_typed);
  }
  if (given != 0) return "query";
  for (const field& f : fields) {
    if (f.how == presence::required && !into.contains(f.name)) return std::string{f.name};
  }
  return std::nullopt;
}

storage::inbox_key key_of(std::string_view id) {
  storage::inbox_key key;
  key.created_s = time_of(id) / 1000;
  const auto digest = crypto::sha256(id);
  std::copy_n(digest.begin(), key.digest.size(), key.digest.begin());
  return key;
}

}  // namespace zhuqi::console
