// Rules for passwords, and how they are kept.

#include "bot/staff/password.hpp"

#include <time.h>

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::staff;
using enum password_fault;
using faults = std::vector<password_fault>;

namespace {

constexpr password_cost cheap{1, 8 * 1024 * 1024};

faults judge(std::string password) { return password_faults(secret{std::move(password)}, "zhaomin", "赵敏"); }

/// Not of the wall: other processes must not decide the test.
double seconds_of_this_thread() {
  timespec t{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

}  // namespace

TEST_CASE("a password of 12 characters that nobody would guess will do, in any script") {
  for (const auto* good : {"correct horse battery staple", "x7Kq9mRt2vWz", "我每天七点吃两个包子喝豆浆",
                           "Tr0ub4dor&3xkcd", "vgd-ruw-pmo-kal", "上班路上有三棵大榕树呢"}) {
    CAPTURE(good);
    CHECK(judge(std::string{good} + "。") == faults{});
  }
}

TEST_CASE("what is wrong with a password is said, all of it") {
  struct row {
    std::string password;
    faults expected;
  };
  const std::vector<row> rows{
      {"", {too_short, predictable}},
      {"x7Kq9mRt2vW", {too_short}},
      {"我爱吃包子喝豆浆", {too_short}},
      {"ZhaoMin-x7Kq9mRt2", {contains_name}},
      {"赵敏的密码谁也猜不出来呀", {contains_name}},
      {std::string(257, 'x'), {too_long}},
      {"x7Kq9mRt2vWz\n", {unreadable}},
      {std::string{"x7Kq9mRt2vWz\0k", 14}, {unreadable}},
      {"x7Kq9mRt2vWz\xff", {unreadable}},
      {"password1234", {predictable}},
      {"P@ssw0rd2024!!", {predictable}},
      {"Chengdu@2024888", {predictable}},
      {"123456789012", {predictable}},
      {"qwertyuiop[]", {predictable}},
      {"qwertyuiopasdfghjkl", {predictable}},
      {"1qaz2wsx3edc", {predictable}},
      {"poiuytrewq321", {predictable}},
      {"aaaaaaaaaaaaaaaa", {predictable}},
      {"abcabcabcabcabc", {predictable}},
      {"Admin@123456789", {predictable}},
      {"woaini5201314520", {predictable}},
      {"我爱你中国我爱你中国我爱你", {predictable}},
      {"x7Kx7Kx7Kx7Kx7K", {predictable}},
  };
  for (const auto& [password, expected] : rows) {
    CAPTURE(password);
    CHECK(judge(password) == expected);
  }
}

TEST_CASE("full width and upper case hide neither a name nor a common word") {
  CHECK(judge("ＰＡＳＳＷＯＲＤ１２３４") == faults{predictable});
  CHECK(judge("ＺＨＡＯＭＩＮ-x7Kq9mRt2") == faults{contains_name});
}

TEST_CASE("a name of one letter is no reason to refuse a password") {
  CHECK(password_faults(secret{"x7Kq9mRt2vWz"}, "x", "K") == faults{});
}

TEST_CASE("every fault has words in both languages") {
  for (const auto f : {too_short, too_long, unreadable, contains_name, predictable}) {
    CHECK_FALSE(in_words(f, "zh-CN").empty());
    CHECK_FALSE(in_words(f, "en").empty());
    CHECK(in_words(f, "zh-CN") != in_words(f, "en"));
  }
}

TEST_CASE("a password verifies against its own hash only, and two hashes of it differ") {
  const password_hasher hasher{cheap};
  const secret right{"correct horse battery staple"};
  const auto stored = hasher.hash(right);
  CHECK(stored.starts_with("$argon2id$v=19$m=8192,t=1,p=1$"));
  CHECK(hasher.verify(stored, right));
  CHECK_FALSE(hasher.verify(stored, secret{"correct horse battery stapl"}));
  CHECK_FALSE(hasher.verify(stored, secret{}));
  CHECK(hasher.hash(right) != stored);
  CHECK_FALSE(hasher.verify("garbage", right));
}

TEST_CASE("a hash is outdated when the cost changed, and only then") {
  const password_hasher before{cheap}, after{{2, 8 * 1024 * 1024}};
  const auto stored = before.hash(secret{"correct horse battery staple"});
  CHECK_FALSE(before.outdated(stored));
  CHECK(after.outdated(stored));
  CHECK(after.verify(stored, secret{"correct horse battery staple"}));
  CHECK(after.outdated("garbage"));
  CHECK(after.outdated(std::string(1'000, 'x')));
}

TEST_CASE("a name that nobody has costs the time of a wrong password") {
  const password_hasher hasher{cheap};
  const auto stored = hasher.hash(secret{"correct horse battery staple"});
  const secret wrong{"correct horse battery stable"};
  const auto best_of = [&](const std::string& against) {
    double best = 1e9;
    for (int i = 0; i < 9; ++i) {
      const auto begin = seconds_of_this_thread();
      CHECK_FALSE(hasher.verify(against, wrong));
      best = std::min(best, seconds_of_this_thread() - begin);
    }
    return best;
  };
  const auto known = best_of(stored);
  const auto unknown = best_of("");
  CHECK(unknown > known / 2);
  CHECK(unknown < known * 2);
}
