#include "dialogs/cel/compare.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <numeric>

namespace zhuqi::dialogs::cel {
namespace {

bool is_number(kind k) { return k == kind::integer || k == kind::unsigned_integer || k == kind::floating; }

// CEL compares in doubles where the double is within the integer's range: the greatest int equals 2^63.
std::partial_ordering order_int_double(std::int64_t a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b > 0x1p63) return std::partial_ordering::less;
  if (b < -0x1p63) return std::partial_ordering::greater;
  return static_cast<double>(a) <=> b;
}

std::partial_ordering order_uint_double(std::uint64_t a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b > 0x1p64) return std::partial_ordering::less;
  if (b < 0) return std::partial_ordering::greater;
  return static_cast<double>(a) <=> b;
}

std::partial_ordering reversed(std::partial_ordering o) {
  if (std::is_lt(o)) return std::partial_ordering::greater;
  if (std::is_gt(o)) return std::partial_ordering::less;
  return o;
}

std::partial_ordering order_numbers(const value& a, const value& b) {
  if (a.is(kind::floating)) {
    if (b.is(kind::floating)) return a.as_double() <=> b.as_double();
    return reversed(order_numbers(b, a));
  }
  if (b.is(kind::floating)) {
    return a.is(kind::integer) ? order_int_double(a.number(), b.as_double())
                               : order_uint_double(a.as_unsigned(), b.as_double());
  }
  if (a.kind() == b.kind()) {
    return a.is(kind::integer) ? a.number() <=> b.number() : a.as_unsigned() <=> b.as_unsigned();
  }
  if (a.is(kind::unsigned_integer)) return reversed(order_numbers(b, a));
  if (a.number() < 0) return std::partial_ordering::less;
  return static_cast<std::uint64_t>(a.number()) <=> b.as_unsigned();
}

// Booleans, then numbers, then strings: any total order of keys does.
int key_class(const value& k) { return k.is(kind::boolean) ? 0 : k.is(kind::string) ? 2 : 1; }

std::partial_ordering order_keys(const value& a, const value& b) {
  if (const int x = key_class(a), y = key_class(b); x != y) return x <=> y;
  if (a.is(kind::boolean)) return a.number() <=> b.number();
  if (a.is(kind::string)) return a.text() <=> b.text();
  return order_numbers(a, b);
}

bool usable_key(const value& k) {
  return k.is(kind::boolean) || k.is(kind::integer) || k.is(kind::unsigned_integer) || k.is(kind::string);
}

bool equal_lists(const list_data& a, const list_data& b, meter& cost) {
  if (a.items.size() != b.items.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!equal(a.items[i], b.items[i], cost)) return false;
  }
  return true;
}

bool equal_maps(const map_data& a, const map_data& b, meter& cost) {
  if (a.entries.size() != b.entries.size()) return false;
  for (const auto& [key, item] : a.entries) {
    const value* other = find(b, key);
    if (other == nullptr || !equal(item, *other, cost)) return false;
  }
  return true;
}

}  // namespace

bool equal(const value& a, const value& b, meter& cost) {
  if (!cost.spend(1)) return false;
  if (is_number(a.kind()) && is_number(b.kind())) return order_numbers(a, b) == std::partial_ordering::equivalent;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case kind::string:
    case kind::bytes: {
      if (a.text().size() != b.text().size()) return false;
      cost.spend(a.text().size() / 16);
      return a.text() == b.text();
    }
    case kind::type: return a.text() == b.text();
    case kind::list: return equal_lists(a.list(), b.list(), cost);
    case kind::map: return equal_maps(a.map(), b.map(), cost);
    case kind::opaque: return a.opaque().type_name == b.opaque().type_name && a.opaque().handle == b.opaque().handle;
    default: return a.number() == b.number() && a.nanos() == b.nanos();
  }
}

bool identical(const value& a, const value& b, meter& cost) {
  if (!cost.spend(1) || a.kind() != b.kind()) return false;
  if (a.is(kind::list)) {
    const auto& x = a.list().items;
    const auto& y = b.list().items;
    return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                      [&](const value& m, const value& n) { return identical(m, n, cost); });
  }
  if (a.is(kind::map)) {
    const auto& x = a.map().entries;
    const auto& y = b.map().entries;
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [&](const auto& m, const auto& n) {
      return identical(m.first, n.first, cost) && identical(m.second, n.second, cost);
    });
  }
  if (a.is(kind::floating)) return a.number() == b.number();
  return equal(a, b, cost);
}

std::optional<std::partial_ordering> order(const value& a, const value& b) {
  if (is_number(a.kind()) && is_number(b.kind())) return order_numbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case kind::string:
    case kind::bytes: return a.text() <=> b.text();
    case kind::timestamp: return a.number() == b.number() ? a.nanos() <=> b.nanos() : a.number() <=> b.number();
    case kind::boolean:
    case kind::duration:
    case kind::money:
    case kind::percent:
    case kind::decimal:
    case kind::date:
    case kind::month: return a.number() <=> b.number();
    default: return std::nullopt;
  }
}

const value* find(const map_data& map, const value& key) {
  if (key.is(kind::floating)) {
    const double d = key.as_double();
    if (d != std::trunc(d) || d < -0x1p63 || d >= 0x1p64) return nullptr;
    return find(map, d < 0x1p63 ? value::integer(static_cast<std::int64_t>(d))
                                : value::unsigned_integer(static_cast<std::uint64_t>(d)));
  }
  if (!usable_key(key)) return nullptr;
  const auto at = std::lower_bound(map.order.begin(), map.order.end(), key, [&](std::uint32_t i, const value& k) {
    return order_keys(map.entries[i].first, k) == std::partial_ordering::less;
  });
  if (at == map.order.end() || order_keys(map.entries[*at].first, key) != std::partial_ordering::equivalent) {
    return nullptr;
  }
  return &map.entries[*at].second;
}

value make_map(std::vector<std::pair<value, value>> entries) {
  auto data = std::make_shared<map_data>();
  data->weight = 16;
  for (const auto& [key, item] : entries) {
    if (!usable_key(key)) return value::error(fault::bad_key, 0, type_name(key));
    const std::uint64_t more = key.weight() + item.weight();
    data->weight = std::min(data->weight + more, std::uint64_t{1} << 60U);
  }
  data->entries = std::move(entries);
  data->order.resize(data->entries.size());
  std::iota(data->order.begin(), data->order.end(), 0U);
  const auto key = [&](std::uint32_t i) -> const value& { return data->entries[i].first; };
  std::sort(data->order.begin(), data->order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return order_keys(key(a), key(b)) == std::partial_ordering::less;
  });
  for (std::size_t i = 1; i < data->order.size(); ++i) {
    if (order_keys(key(data->order[i - 1]), key(data->order[i])) == std::partial_ordering::equivalent) {
      return value::error(fault::duplicate_key);
    }
  }
  return value::map(std::move(data));
}

}  // namespace zhuqi::dialogs::cel
