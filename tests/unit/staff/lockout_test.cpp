// Guessing gets slower and slower; nobody is kept out for ever.

#include "bot/staff/lockout.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::staff;

namespace {

constexpr unix_ms noon{1'793'491'200'000};
constexpr std::int64_t minute = 60'000;

/// How many of `tries` guesses, one a `step`, get through to the password within the time.
int guesses(lockout& l, std::string_view name, std::string_view address, int tries, std::int64_t step) {
  int through = 0;
  for (int i = 0; i < tries; ++i) through += l.admit(name, address, noon + i * step).admitted ? 1 : 0;
  return through;
}

std::string address(int i) {
  return "10." + std::to_string(i / 65536) + "." + std::to_string(i / 256 % 256) + "." + std::to_string(i % 256);
}

}  // namespace

TEST_CASE("waits double from one second up to the longest, and stay there") {
  const std::vector<std::pair<std::uint32_t, std::int64_t>> rows{{0, 0},
                                                                 {4, 0},
                                                                 {5, 1'000},
                                                                 {6, 2'000},
                                                                 {7, 4'000},
                                                                 {14, 512'000},
                                                                 {15, 900'000},
                                                                 {1'000'000, 900'000},
                                                                 {4'294'967'295u, 900'000}};
  for (const auto& [failures, wait] : rows) CHECK(wait_after(failures, 4, 900'000) == wait);
}

TEST_CASE("a wait never gets shorter with more failures") {
  for (std::uint32_t n = 0; n < 100; ++n) CHECK(wait_after(n, 4, 900'000) <= wait_after(n + 1, 4, 900'000));
}

TEST_CASE("ten thousand guesses at once get five passwords looked at") {
  lockout l;
  CHECK(guesses(l, "min", "10.0.0.1", 10'000, 0) == 5);
}

TEST_CASE("ten thousand guesses at once from as many addresses get no more") {
  lockout l;
  int through = 0;
  for (int i = 0; i < 10'000; ++i) through += l.admit("min", address(i), noon).admitted ? 1 : 0;
  CHECK(through == 5);
}

TEST_CASE("a day of guessing, every ten seconds, looks at about a hundred passwords of an account") {
  lockout l;
  const auto through = guesses(l, "min", "10.0.0.1", 8'640, 10'000);
  CHECK(through > 90);
  CHECK(through < 115);
}

TEST_CASE("spraying one password over many accounts from one address is stopped by the address") {
  lockout l;
  int through = 0;
  for (int i = 0; i < 1'000; ++i) through += l.admit("user" + std::to_string(i), "10.0.0.1", noon).admitted ? 1 : 0;
  CHECK(through == 21);
}

TEST_CASE("spraying from as many addresses as accounts is slowed down for strangers, all together") {
  lockout l;
  int met = 0;
  const auto spray = [&](unix_ms at) {
    int through = 0;
    for (int i = 0; i < 1'000; ++i, ++met) through += l.admit("u" + std::to_string(met), address(met), at).admitted;
    return through;
  };
  REQUIRE(l.admit("min", "10.9.9.9", noon).admitted);
  l.succeeded("min", "10.9.9.9", noon);
  CHECK(spray(noon) == 300);
  CHECK(spray(noon + 60 * minute) == 300);
  const auto late = l.admit("lan", "10.8.8.8", noon + 60 * minute);
  CHECK_FALSE(late.admitted);
  CHECK(late.retry_after_ms == 6'000);
  SECTION("who logs in from where they did before is let through") {
    CHECK(l.admit("min", "10.9.9.9", noon + 60 * minute).admitted);
  }
  SECTION("after a clock that jumped back they begin anew") { CHECK(l.admit("lan", "10.8.8.8", noon).admitted); }
  SECTION("logins that succeed, and attempts that the server could not finish, cost nothing") {
    lockout calm;
    for (int i = 0; i < 1'000; ++i) {
      const auto name = "u" + std::to_string(i);
      REQUIRE(calm.admit(name, address(i), noon).admitted);
      i % 2 == 0 ? calm.succeeded(name, address(i), noon) : calm.withdrawn(name, address(i));
    }
  }
}

TEST_CASE("an IPv6 network of one subscriber counts as one address, an IPv4-mapped one as IPv4") {
  lockout l;
  const std::vector<std::string> same{"2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", "2001:DB8:0001:2::"};
  int through = 0;
  for (int i = 0; i < 100; ++i)
    through += l.admit("u" + std::to_string(i), same[std::size_t(i) % 3], noon).admitted ? 1 : 0;
  CHECK(through == 21);
  CHECK(l.admit("v", "2001:db8:1:3::1", noon).admitted);
  for (int i = 0; i < 100; ++i) (void)l.admit("w" + std::to_string(i), i % 2 ? "10.9.9.9" : "::ffff:10.9.9.9", noon);
  CHECK_FALSE(l.admit("x", "10.9.9.9", noon).admitted);
}

TEST_CASE("attempts at a locked door do not keep it locked") {
  lockout l;
  guesses(l, "min", "10.0.0.1", 12, 0);
  const auto wait = l.admit("min", "10.0.0.2", noon).retry_after_ms;
  CHECK(wait == 1'000);
  for (std::int64_t t = 0; t < wait; t += 10) CHECK_FALSE(l.admit("min", "10.0.0.2", noon + t).admitted);
  CHECK(l.admit("min", "10.0.0.2", noon + wait).admitted);
}

TEST_CASE("a success clears the account") {
  lockout l;
  guesses(l, "min", "10.0.0.1", 4, 0);
  REQUIRE(l.admit("min", "10.0.0.1", noon).admitted);
  l.succeeded("min", "10.0.0.1", noon);
  CHECK(guesses(l, "min", "10.0.0.1", 10, 0) == 5);
}

TEST_CASE("who logged in from an address before gets in there while others guess at the account") {
  lockout l;
  REQUIRE(l.admit("min", "10.0.0.1", noon).admitted);
  l.succeeded("min", "10.0.0.1", noon);
  for (int i = 0; i < 10'000; ++i) (void)l.admit("min", address(500 + i), noon);
  CHECK_FALSE(l.admit("min", "10.0.1.99", noon).admitted);
  CHECK(l.admit("min", "10.0.0.1", noon).admitted);
  CHECK(guesses(l, "min", "10.0.0.1", 10'000, 0) == 4);  // a stolen desk is counted as well
}

TEST_CASE("an attempt that the server could not finish is taken back") {
  lockout l;
  for (int i = 0; i < 1'000; ++i) {
    REQUIRE(l.admit("min", "10.0.0.1", noon).admitted);
    l.withdrawn("min", "10.0.0.1");
  }
}

TEST_CASE("a day without failures begins anew; a clock that jumped back makes no wait longer") {
  lockout l;
  guesses(l, "min", "10.0.0.1", 50, 15 * minute);
  CHECK(l.admit("min", "10.0.0.1", noon).retry_after_ms <= 15 * minute);
  CHECK(guesses(l, "zhang", "10.0.0.9", 5, 0) == 5);
  CHECK(l.admit("zhang", "10.0.0.9", noon + 24 * 60 * minute).admitted);
}

TEST_CASE("memory is bounded, whatever names and addresses are tried") {
  lockout l{100};
  for (int i = 0; i < 10'000; ++i)
    (void)l.admit(std::string(i % 10 == 0 ? 10'000 : 5, 'n') + std::to_string(i), address(i), noon + i);
  CHECK(l.size() <= 100);
}
