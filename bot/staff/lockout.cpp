#include "bot/staff/lockout.hpp"

#include "bot/base/crypto.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace zhuqi::staff {
namespace {

constexpr std::int64_t forgotten_ms = 24 * 3'600'000;     ///< a day without failures begins anew
constexpr std::int64_t account_longest_ms = 15 * 60'000;  ///< at most 96 guesses a day at an account
constexpr std::int64_t address_longest_ms = 5 * 60'000;   ///< a whole office may stand behind one address
constexpr std::int64_t stranger_costs_ms = 6'000;         ///< 600 failures an hour, from however many addresses
constexpr std::int64_t strangers_free = 300;              ///< at once: a city's whole staff may mistype on a Monday
constexpr std::uint32_t account_free = 4;   ///< the fifth attempt waits: ASVS allows no more tries at a second factor
constexpr std::uint32_t address_free = 20;  ///< a morning's typing mistakes of an office

/// Names are hashed, so that one of a megabyte costs no more than one of ten bytes.
std::string short_key(char kind, std::string_view a, std::string_view b = {}) {
  const auto bytes = std::string{kind}.append(a).append(1, '\0').append(b);
  const auto digest = crypto::sha256(bytes);
  return {reinterpret_cast<const char*>(digest.data()), 16};
}

/// The first four groups of an IPv6 address; nullopt for anything else. Text in, text out: only equality matters.
std::optional<std::string> prefix64(std::string_view address) {
  std::array<unsigned, 4> groups{};
  if (address.find(':') == std::string_view::npos) return std::nullopt;
  const auto gap = address.find("::");
  auto head = address.substr(0, gap);
  std::size_t n = 0;
  while (!head.empty() && n < groups.size()) {
    const auto end = std::min(head.find(':'), head.size());
    const auto [rest, ec] = std::from_chars(head.data(), head.data() + end, groups[n++], 16);
    if (ec != std::errc{} || rest != head.data() + end) return std::nullopt;
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  if (gap != std::string_view::npos && n < groups.size()) {  // groups of the tail may reach into the first four
    const auto tail = address.substr(gap + 2);
    const auto tail_groups = tail.empty() ? 0 : std::size_t(std::ranges::count(tail, ':')) + 1;
    if (tail_groups + 4 > 8) return std::nullopt;  // rare and odd: counts by the whole address
  }
  std::string out;
  for (const auto g : groups) out.append(std::to_string(g)).push_back(':');
  return out;
}

std::string key_of_address(std::string_view address) {
  constexpr std::string_view mapped = "::ffff:";
  if (address.starts_with(mapped) && address.find('.') != std::string_view::npos) address.remove_prefix(mapped.size());
  return short_key('@', prefix64(address).value_or(std::string{address}));
}
std::string key_of_account(std::string_view name) { return short_key('#', name); }
std::string key_of_pair(std::string_view name, std::string_view address) {
  return short_key('&', name, key_of_address(address));
}

std::int64_t left(std::uint32_t failures, unix_ms last, unix_ms now, std::uint32_t free, std::int64_t longest) {
  // A clock that jumped back must not make a wait longer than it was.
  const auto gone = std::max<std::int64_t>(0, now - last);
  return std::max<std::int64_t>(0, wait_after(failures, free, longest) - gone);
}

}  // namespace

std::int64_t wait_after(std::uint32_t failures, std::uint32_t free, std::int64_t longest_ms) {
  if (failures <= free) return 0;
  const auto doublings = std::min<std::uint32_t>(failures - free - 1, 32);
  return std::min(longest_ms, std::int64_t{1'000} << doublings);
}

lockout::entry* lockout::find(const std::string& key) {
  const auto known = entries_.find(key);
  return known == entries_.end() ? nullptr : &*known->second;
}

lockout::entry& lockout::at(std::string key, unix_ms now) {
  const auto known = entries_.find(key);
  if (known != entries_.end()) {
    order_.splice(order_.begin(), order_, known->second);
    auto& e = *known->second;
    if (now - e.last >= forgotten_ms) e.failures = 0;
    return e;
  }
  if (entries_.size() >= most_) {
    // Out goes the least recently used: an attacker needs a fresh address or name for each entry that they push out.
    entries_.erase(order_.back().key);
    order_.pop_back();
  }
  order_.push_front({std::move(key), 0, now, false});
  entries_.emplace(order_.front().key, order_.begin());
  return order_.front();
}

std::int64_t lockout::strangers_wait(unix_ms now) {
  constexpr auto most = strangers_free * stranger_costs_ms;
  // More than they can owe: the clock jumped back.
  if (strangers_paid_until_ - now > most) strangers_paid_until_ = now;
  return std::max<std::int64_t>(0, strangers_paid_until_ - now + stranger_costs_ms - most);
}

lockout::answer lockout::admit(std::string_view login_name, std::string_view address, unix_ms now) {
  const auto account_key = key_of_account(login_name);
  const auto address_key = key_of_address(address);
  const auto pair_key = key_of_pair(login_name, address);
  const auto* pair = find(pair_key);
  const bool proven = pair && pair->proven;
  const auto& counted_key = proven ? pair_key : account_key;
  const auto wait_of = [&](const std::string& key, std::uint32_t free, std::int64_t longest) {
    const auto* e = find(key);
    return e && now - e->last < forgotten_ms ? left(e->failures, e->last, now, free, longest) : 0;
  };
  const auto wait =
      std::max({wait_of(counted_key, account_free, account_longest_ms),
                wait_of(address_key, address_free, address_longest_ms), proven ? 0 : strangers_wait(now)});
  if (wait > 0) return {false, wait};
  if (!proven) {
    strangers_paid_until_ = std::max(strangers_paid_until_, now) + stranger_costs_ms;
  }
  for (const auto& key : {counted_key, address_key}) {
    auto& e = at(key, now);
    e.failures = std::min<std::uint32_t>(e.failures + 1, 1'000'000);
    e.last = now;
  }
  return {true, 0};
}

void lockout::take_back(const std::string& key) {
  if (auto* e = find(key); e && e->failures > 0) --e->failures;
}

void lockout::succeeded(std::string_view login_name, std::string_view address, unix_ms now) {
  if (auto* account = find(key_of_account(login_name))) account->failures = 0;
  take_back(key_of_address(address));
  if (const auto* known = find(key_of_pair(login_name, address)); known == nullptr || !known->proven) {
    strangers_paid_until_.value -= stranger_costs_ms;
  }
  auto& pair = at(key_of_pair(login_name, address), now);
  pair.failures = 0;
  pair.last = now;
  pair.proven = true;
}

void lockout::withdrawn(std::string_view login_name, std::string_view address) {
  const auto pair_key = key_of_pair(login_name, address);
  const auto* pair = find(pair_key);
  const bool proven = pair && pair->proven;
  take_back(proven ? pair_key : key_of_account(login_name));
  if (!proven) strangers_paid_until_.value -= stranger_costs_ms;
  take_back(key_of_address(address));
}

}  // namespace zhuqi::staff
