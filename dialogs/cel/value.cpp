#include "dialogs/cel/value.hpp"

#include <algorithm>
#include <bit>
#include <iterator>

namespace zhuqi::dialogs::cel {
namespace {

constexpr std::uint64_t scalar_weight = 16;

std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t most = std::uint64_t{1} << 60U;  // far over every budget, and two of it still add up
  return a >= most || b >= most - a ? most : a + b;
}

type_kind type_kind_of(kind k) {
  switch (k) {
    case kind::null: return type_kind::null;
    case kind::boolean: return type_kind::boolean;
    case kind::integer: return type_kind::integer;
    case kind::unsigned_integer: return type_kind::unsigned_integer;
    case kind::floating: return type_kind::floating;
    case kind::string: return type_kind::string;
    case kind::bytes: return type_kind::bytes;
    case kind::list: return type_kind::list;
    case kind::map: return type_kind::map;
    case kind::type: return type_kind::type;
    case kind::timestamp: return type_kind::timestamp;
    case kind::duration: return type_kind::duration;
    case kind::money: return type_kind::money;
    case kind::percent: return type_kind::percent;
    case kind::decimal: return type_kind::decimal;
    case kind::date: return type_kind::date;
    case kind::month: return type_kind::month;
    case kind::opaque: return type_kind::opaque;
    case kind::unset:
    case kind::unknown:
    case kind::interval:
    case kind::error: break;
  }
  return type_kind::error;
}

}  // namespace

name_set joined(const name_set& a, const name_set& b) {
  name_set out;
  out.reserve(a.size() + b.size());
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

value value::floating(double d) { return scalar(cel::kind::floating, std::bit_cast<std::int64_t>(d)); }

double value::as_double() const { return std::bit_cast<double>(bits_); }

value value::string(std::string text) {
  value out = scalar(cel::kind::string, 0);
  out.ref_ = std::make_shared<const std::string>(std::move(text));
  return out;
}

value value::bytes(std::string octets) {
  value out = string(std::move(octets));
  out.kind_ = cel::kind::bytes;
  return out;
}

value value::list(std::vector<value> items) {
  auto data = std::make_shared<list_data>();
  data->weight = scalar_weight;
  for (const value& item : items) data->weight = sum(data->weight, item.weight());
  data->items = std::move(items);
  value out = scalar(cel::kind::list, 0);
  out.ref_ = std::move(data);
  return out;
}

value value::map(std::shared_ptr<const map_data> data) {
  value out = scalar(cel::kind::map, 0);
  out.ref_ = std::move(data);
  return out;
}

value value::type_named(std::string name) {
  value out = string(std::move(name));
  out.kind_ = cel::kind::type;
  return out;
}

value value::timestamp(std::int64_t seconds, std::int32_t nanos) {
  value out = scalar(cel::kind::timestamp, seconds);
  out.nanos_ = nanos;
  return out;
}

value value::opaque(std::string type_name, std::string handle) {
  value out = scalar(cel::kind::opaque, 0);
  out.ref_ = std::make_shared<const opaque_data>(opaque_data{std::move(type_name), std::move(handle)});
  return out;
}

value value::unknown(name_set names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  value out = scalar(cel::kind::unknown, 0);
  out.ref_ = std::make_shared<const name_set>(std::move(names));
  return out;
}

value value::interval(cel::kind of, std::int64_t low, std::int64_t high, name_set names) {
  if (!has_intervals(of) || low > high) return error(fault::bad_argument, 0, "interval");
  if (low == high) return scalar(of, low);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  value out = scalar(cel::kind::interval, 0);
  out.ref_ = std::make_shared<const interval_data>(interval_data{of, low, high, std::move(names)});
  return out;
}

value value::error(fault what, std::uint32_t at, std::string detail) {
  value out = scalar(cel::kind::error, 0);
  out.ref_ = std::make_shared<const error_data>(error_data{what, at, std::move(detail)});
  return out;
}

const name_set& value::open_names() const {
  static const name_set none;
  if (kind_ == cel::kind::unknown) return unknown();
  return kind_ == cel::kind::interval ? interval().names : none;
}

std::uint64_t value::weight() const {
  switch (kind_) {
    case cel::kind::string:
    case cel::kind::bytes: return sum(scalar_weight, text().size());
    case cel::kind::list: return list().weight;
    case cel::kind::map: return map().weight;
    default: return scalar_weight;
  }
}

std::string type_name(const value& v) {
  if (v.is(kind::opaque)) return v.opaque().type_name;
  const type_kind k = type_kind_of(v.kind());
  return k == type_kind::error ? std::string{} : std::string{name_of(k)};
}

bool has_intervals(kind k) {
  return k == kind::integer || k == kind::money || k == kind::percent || k == kind::decimal || k == kind::date ||
         k == kind::month;
}

}  // namespace zhuqi::dialogs::cel
