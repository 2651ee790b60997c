#include "dialogs/cel/value_json.hpp"

#include "bot/base/crypto.hpp"
#include "dialogs/cel/civil.hpp"
#include "dialogs/cel/compare.hpp"
#include "dialogs/cel/fixed.hpp"
#include "dialogs/cel/numbers.hpp"

#include <cmath>
#include <utility>

namespace zhuqi::dialogs::cel {
namespace {

constexpr std::string_view tags[] = {"int",      "uint",  "double", "bytes",   "timestamp",
                                     "duration", "type",  "money",  "percent", "decimal",
                                     "date",     "month", "map",    "opaque",  "interval"};

bool is_tag(const std::string& word) {
  for (const std::string_view t : tags) {
    if (t == word) return true;
  }
  return false;
}

json tagged(const char* tag, json of) {
  json out = json::object();
  out[tag] = std::move(of);
  return out;
}

json map_to_json(const map_data& map, json_form form) {
  bool plain =
      !(map.entries.size() == 1 && map.entries[0].first.is(kind::string) && is_tag(map.entries[0].first.text()));
  for (const auto& [key, item] : map.entries) plain = plain && key.is(kind::string);
  json out = plain ? json::object() : json::array();
  for (const auto& [key, item] : map.entries) {
    if (plain) {
      out[key.text()] = to_json(item, form);
    } else {
      out.push_back(json::array({to_json(key, form), to_json(item, form)}));
    }
  }
  return plain ? out : tagged("map", std::move(out));
}

json double_to_json(double d, json_form form) {
  if (form == json_form::plain && std::isfinite(d)) return d;
  return tagged("double", double_to_text(d));
}

std::optional<value> fixed_value(kind k, const std::string& text, int places) {
  const auto n = fixed::parse(text, places);
  return n ? std::optional{value::scalar(k, *n)} : std::nullopt;
}

std::optional<value> text_value(const std::string& tag, const std::string& text) {
  const auto made = [](kind k, const std::optional<std::int64_t>& n) {
    return n ? std::optional{value::scalar(k, *n)} : std::nullopt;
  };
  if (tag == "int") return made(kind::integer, text_to_int(text));
  if (tag == "uint") {
    const auto n = text_to_uint(text);
    return n ? std::optional{value::unsigned_integer(*n)} : std::nullopt;
  }
  if (tag == "double") {
    const auto d = text_to_double(text);
    return d ? std::optional{value::floating(*d)} : std::nullopt;
  }
  if (tag == "bytes") {
    auto octets = crypto::base64_decode(text);
    return octets ? std::optional{value::bytes(std::move(*octets))} : std::nullopt;
  }
  if (tag == "timestamp") {
    const auto t = civil::parse_timestamp(text);
    return t ? std::optional{value::timestamp(t->seconds, t->nanos)} : std::nullopt;
  }
  if (tag == "duration") return made(kind::duration, civil::parse_duration(text));
  if (tag == "type") return value::type_named(text);
  if (tag == "money") return fixed_value(kind::money, text, 2);
  if (tag == "percent") return fixed_value(kind::percent, text, 6);
  if (tag == "decimal") return fixed_value(kind::decimal, text, 6);
  if (tag == "date") return made(kind::date, civil::parse_date(text));
  if (tag == "month") return made(kind::month, civil::parse_month(text));
  return std::nullopt;
}

std::optional<value> map_from_pairs(const json& pairs, const std::string& name) {
  std::vector<std::pair<value, value>> entries;
  for (const json& pair : pairs) {
    if (!pair.is_array() || pair.size() != 2) return std::nullopt;
    auto key = value_from_json(pair[0], name);
    auto item = value_from_json(pair[1], name);
    if (!key || !item) return std::nullopt;
    entries.emplace_back(std::move(*key), std::move(*item));
  }
  value out = make_map(std::move(entries));
  return out.is(kind::map) ? std::optional{std::move(out)} : std::nullopt;
}

std::optional<value> interval_from_json(const json& j, const std::string& name) {
  if (!j.is_object()) return std::nullopt;
  const std::string of = string_or_empty(j, "of");
  kind k = kind::unset;
  std::int64_t ends[] = {value::open_low, value::open_high};
  for (int i = 0; i < 2; ++i) {
    const auto found = j.find(i == 0 ? "low" : "high");
    if (found == j.end()) continue;
    const std::string text = found->is_number_integer() ? found->dump()
                             : found->is_string()       ? found->get<std::string>()
                                                        : "";
    const auto end = text_value(of, text);
    if (!end || !has_intervals(end->kind())) return std::nullopt;
    k = end->kind();
    ends[i] = end->number();
  }
  if (k == kind::unset) return std::nullopt;
  value out = value::interval(k, ends[0], ends[1], {name});
  return out.is(kind::error) ? std::nullopt : std::optional{std::move(out)};
}

std::optional<value> tagged_value(const std::string& tag, const json& of, const std::string& name) {
  if (tag == "map") return of.is_array() ? map_from_pairs(of, name) : std::nullopt;
  if (tag == "interval") return interval_from_json(of, name);
  if (tag == "opaque") {
    const bool good = of.is_array() && of.size() == 2 && of[0].is_string() && of[1].is_string();
    return good ? std::optional{value::opaque(of[0].get<std::string>(), of[1].get<std::string>())} : std::nullopt;
  }
  if (of.is_number()) return text_value(tag, of.dump());
  return of.is_string() ? text_value(tag, of.get<std::string>()) : std::nullopt;
}

std::optional<value> object_value(const json& j, const std::string& name) {
  if (j.size() == 1 && is_tag(j.begin().key())) return tagged_value(j.begin().key(), j.begin().value(), name);
  std::vector<std::pair<value, value>> entries;
  for (const auto& [key, item] : j.items()) {
    auto v = value_from_json(item, name);
    if (!v) return std::nullopt;
    entries.emplace_back(value::string(key), std::move(*v));
  }
  return make_map(std::move(entries));
}

}  // namespace

json to_json(const value& v, json_form form) {
  const bool plain = form == json_form::plain;
  switch (v.kind()) {
    case kind::boolean: return v.is_true();
    case kind::integer: return plain ? json(v.number()) : tagged("int", std::to_string(v.number()));
    case kind::unsigned_integer: return tagged("uint", std::to_string(v.as_unsigned()));
    case kind::floating: return double_to_json(v.as_double(), form);
    case kind::string: return v.text();
    case kind::bytes: return tagged("bytes", crypto::base64_encode(v.text()));
    case kind::list: {
      json out = json::array();
      for (const value& item : v.list().items) out.push_back(to_json(item, form));
      return out;
    }
    case kind::map: return map_to_json(v.map(), form);
    case kind::type: return tagged("type", v.text());
    case kind::timestamp: return tagged("timestamp", civil::timestamp_to_text({v.number(), v.nanos()}));
    case kind::duration: return tagged("duration", civil::duration_to_text(v.number()));
    case kind::money: return tagged("money", fixed::money_to_text(v.number()));
    case kind::percent: return tagged("percent", fixed::to_text(v.number()));
    case kind::decimal: return tagged("decimal", fixed::to_text(v.number()));
    case kind::date: return tagged("date", civil::date_to_text(v.number()));
    case kind::month: return tagged("month", civil::month_to_text(v.number()));
    case kind::opaque: return tagged("opaque", json::array({v.opaque().type_name, v.opaque().handle}));
    case kind::interval: {
      const interval_data& i = v.interval();
      json out{{"of", type_name(value::scalar(i.of, 0))}};
      const auto end = [&](std::int64_t n) {
        return to_json(value::scalar(i.of, n), json_form::tagged).begin().value();
      };
      if (i.low != value::open_low) out["low"] = end(i.low);
      if (i.high != value::open_high) out["high"] = end(i.high);
      return tagged("interval", std::move(out));
    }
    default: return nullptr;
  }
}

std::optional<value> value_from_json(const json& j, const std::string& name) {
  switch (j.type()) {
    case json::value_t::null: return value::null();
    case json::value_t::boolean: return value::boolean(j.get<bool>());
    case json::value_t::number_integer: return value::integer(j.get<std::int64_t>());
    case json::value_t::number_unsigned: {
      const auto n = j.get<std::uint64_t>();
      return n > INT64_MAX ? std::nullopt : std::optional{value::integer(static_cast<std::int64_t>(n))};
    }
    case json::value_t::number_float: return value::floating(j.get<double>());
    case json::value_t::string: return value::string(j.get<std::string>());
    case json::value_t::array: {
      std::vector<value> items;
      for (const json& item : j) {
        auto v = value_from_json(item, name);
        if (!v) return std::nullopt;
        items.push_back(std::move(*v));
      }
      return value::list(std::move(items));
    }
    case json::value_t::object: return object_value(j, name);
    default: return std::nullopt;
  }
}

type type_of(const value& v) {
  const auto common = [](std::optional<type>& so_far, type next) {
    if (!so_far) {
      so_far = std::move(next);
    } else if (!(*so_far == next)) {
      so_far = type{type_kind::dyn};
    }
  };
  if (v.is(kind::interval)) return type_of(value::scalar(v.interval().of, 0));
  if (v.is(kind::list)) {
    std::optional<type> item;
    for (const value& i : v.list().items) common(item, type_of(i));
    return list_of(item.value_or(type{}));
  }
  if (v.is(kind::map)) {
    std::optional<type> key;
    std::optional<type> item;
    for (const auto& [k, i] : v.map().entries) {
      common(key, type_of(k));
      common(item, type_of(i));
    }
    return map_of(key.value_or(type{}), item.value_or(type{}));
  }
  return parse_type(type_name(v)).value_or(type{});
}

}  // namespace zhuqi::dialogs::cel
