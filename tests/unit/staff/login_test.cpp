// The way in, against the reference store: one loop thread, work done when the test says so.

#include "bot/staff/login.hpp"
#include "bot/staff/acts.hpp"
#include "storage/memory/staff_store.hpp"

#include <catch2/catch.hpp>
#include <deque>

using namespace zhuqi;
using namespace zhuqi::staff;
using namespace zhuqi::storage;
using enum staff_role;

namespace {

constexpr unix_ms noon{1'793'491'200'000};
constexpr std::string_view good = "correct horse battery staple";
const password_hasher& hasher() {
  static const password_hasher h{{1, 8 * 1024 * 1024}};
  return h;
}

struct office {
  office() { settle(); }

  manual_clock clock{noon};
  std::deque<std::function<void()>> loop;
  std::vector<staff_audit> heard;
  bool overloaded = false;
  std::unique_ptr<staff_store> store = make_memory_staff_store([this](std::function<void()> f) { loop.push_back(f); });
  organisation where{{{{1}, {}, "510100", "市"}}, {{{1}, {}, {1}, "局"}}};
  login_desk desk{{*store, clock, hasher(),
                   [this](std::function<void()> work, std::function<void(std::exception_ptr)> done) {
                     if (overloaded) return false;
                     loop.push_back([work, done] {
                       work();
                       done(nullptr);
                     });
                     return true;
                   },
                   [this](const staff_audit& r) { heard.push_back(r); }, secret{std::string(32, 'k')}}};

  void run() {
    for (; !loop.empty(); loop.pop_front()) loop.front()();
  }
  result<std::int64_t> apply(std::vector<staff_change> changes) {
    std::optional<result<std::int64_t>> got;
    store->apply(std::move(changes), {}, [&](result<std::int64_t> r) { got = r; });
    run();
    return *got;
  }
  void settle() {
    static const auto hash = hasher().hash(secret{std::string{good}});
    staff_member s;
    s.login_name = "min";
    s.display_name = "赵敏";
    s.department = just_added<department_id>;
    s.roles = {agent};
    s.password = hash;
    REQUIRE(apply({add_region{{{}, {}, "510100", "市"}}, add_department{{{}, {}, just_added<region_id>, "局"}},
                   add_staff{s}})
                .value() == 1);
  }
  /// The second factor; gives the key.
  secret enrol(const recovery_sheet& sheet = {}) {
    auto key = new_totp_secret();
    REQUIRE(apply({set_totp{{1}, desk.seal_totp(key, {1}), 0, sheet.digests}}).has_value());
    return key;
  }
  login_answer sign_in(std::string_view password = good, std::string_view name = "min", std::string_view code = "",
                       std::optional<secret> previous = {}, std::string address = "10.0.0.1") {
    std::optional<login_answer> got;
    desk.sign_in({std::string{name}, secret{std::string{password}}, std::string{code}}, {std::move(address), "Firefox"},
                 std::move(previous), [&](login_answer a) { got = std::move(a); });
    run();
    return *got;
  }
  std::string code(const secret& key) { return hotp(key, static_cast<std::uint64_t>(step_at(clock.now()).value)); }
  result<signed_in> who(const secret& token) { return desk.who(token.reveal(), where); }
};

}  // namespace

TEST_CASE("a right name and password open a session, which says who it is") {
  office o;
  const auto in = o.sign_in(good, "ＭＩＮ");
  REQUIRE_FALSE(in.refused);
  CHECK(in.who == staff_id{1});
  CHECK(in.second_factor_missing);
  const auto me = o.who(in.token).value();
  CHECK(me.row.login_name == "min");
  CHECK(me.person.roles == role_set{agent});
  CHECK(me.person.region == region_id{1});
  CHECK(o.desk.csrf_fits(me, me.csrf));
  CHECK_FALSE(o.desk.csrf_fits(me, ""));
  CHECK(o.heard.back().act == "session.open");
}

TEST_CASE("a wrong password, an unknown name, a disabled account and a megabyte of either get the same answer") {
  office o;
  const auto same = [&](const login_answer& a) {
    CHECK(a.refused == login_refusal::wrong);
    CHECK(a.token.empty());
    CHECK(a.retry_after_ms == 0);
    CHECK(o.heard.back().act == "session.refused");
  };
  same(o.sign_in("wrong"));
  same(o.sign_in(good, "nobody"));
  same(o.sign_in(good, ""));
  same(o.sign_in(std::string(1'000'000, 'x'), "max"));
  same(o.sign_in(good, std::string(1'000'000, 'x')));
  REQUIRE(o.apply({set_disabled{{1}, noon}}).has_value());
  same(o.sign_in());
}

TEST_CASE("what was typed as a name is not recorded unless somebody has it: it may be a password") {
  office o;
  o.sign_in("x", "my secret passphrase");
  CHECK(o.heard.back().subject == "unknown");
  o.sign_in("x", "min");
  CHECK(o.heard.back().subject == "staff:1");
}

TEST_CASE("after five failures there is a wait, the same for a name that nobody has") {
  for (const std::string_view name : {"min", "nobody"}) {
    office o;
    for (int i = 0; i < 5; ++i) CHECK(o.sign_in("wrong", name).refused == login_refusal::wrong);
    const auto a = o.sign_in(good, name);
    CHECK(a.refused == login_refusal::wait);
    CHECK(a.retry_after_ms == 1'000);
  }
}

TEST_CASE("a thousand guesses at once get five looked at, however long each takes") {
  office o;
  int waits = 0, wrong = 0;
  for (int i = 0; i < 1'000; ++i) {
    o.desk.sign_in({"min", secret{"wrong"}, ""}, {"10.0.0.1", ""}, {},
                   [&](login_answer a) { (a.refused == login_refusal::wait ? waits : wrong)++; });
  }
  o.run();
  CHECK(wrong == 5);
  CHECK(waits == 995);
}

TEST_CASE("with a second factor, the password alone opens nothing") {
  office o;
  const auto key = o.enrol();
  CHECK(o.sign_in().refused == login_refusal::code_needed);
  CHECK(o.sign_in(good, "min", "000000").refused == login_refusal::wrong);
  CHECK(o.sign_in("wrong", "min", o.code(key)).refused == login_refusal::wrong);
  const auto in = o.sign_in(good, "min", o.code(key));
  REQUIRE_FALSE(in.refused);
  CHECK_FALSE(in.second_factor_missing);
}

TEST_CASE("of two logins with one code at the same time, one gets in") {
  office o;
  const auto key = o.enrol();
  int in = 0, out = 0;
  for (int i = 0; i < 4; ++i) {
    o.desk.sign_in({"min", secret{std::string{good}}, o.code(key)}, {"10.0.0.1", ""}, {},
                   [&](login_answer a) { (a.refused ? out : in)++; });
  }
  o.run();
  CHECK(in == 1);
  CHECK(out == 3);
  CHECK(o.sign_in(good, "min", o.code(key)).refused == login_refusal::wrong);
}

TEST_CASE("guessing codes with the right password is slowed like guessing passwords") {
  office o;
  o.enrol();
  int looked_at = 0;
  for (int i = 0; i < 100; ++i)
    looked_at += o.sign_in(good, "min", "00000" + std::to_string(i % 10)).refused == login_refusal::wrong;
  CHECK(looked_at == 5);
}

TEST_CASE("a recovery code stands in for the second factor once") {
  office o;
  const auto sheet = new_recovery_sheet();
  o.enrol(sheet);
  const auto code = std::string{sheet.codes[3].reveal()};
  CHECK_FALSE(o.sign_in(good, "min", code).refused);
  CHECK(o.store->recovery_codes_left({1}).value() == 9);
  CHECK(o.sign_in(good, "min", code).refused == login_refusal::wrong);
}

TEST_CASE("the token that the browser came with is worth nothing after a login") {
  office o;
  const auto first = o.sign_in();
  const auto second = o.sign_in(good, "min", "", first.token);
  CHECK(o.who(first.token).error() == errc::not_found);
  CHECK(o.who(second.token).has_value());
  CHECK(first.token.reveal() != second.token.reveal());
}

TEST_CASE("a session dies with silence, age, sign-out, disabling and the revocation of all") {
  office o;
  const auto& minutes = 60'000;
  auto in = o.sign_in();
  o.clock.advance(29 * minutes);
  CHECK(o.who(in.token).has_value());
  o.run();
  o.clock.advance(29 * minutes);
  CHECK(o.who(in.token).has_value());
  o.run();
  o.clock.advance(30 * minutes);
  CHECK(o.who(in.token).error() == errc::not_found);

  in = o.sign_in();
  for (int i = 0; i < 12 * 4; ++i) {
    CHECK(o.who(in.token).has_value());
    o.run();
    o.clock.advance(15 * minutes);
  }
  CHECK(o.who(in.token).error() == errc::not_found);

  in = o.sign_in();
  o.desk.sign_out(o.who(in.token).value(), [](result<void>) {});
  o.run();
  CHECK(o.who(in.token).error() == errc::not_found);
  CHECK(o.heard.back().act == "session.close");

  in = o.sign_in();
  REQUIRE(o.apply({set_disabled{{1}, noon}}).has_value());
  CHECK(o.who(in.token).error() == errc::not_found);
  REQUIRE(o.apply({set_disabled{{1}, {}}}).has_value());
  REQUIRE(o.apply({close_sessions{{1}, std::nullopt}}).has_value());
  CHECK(o.who(in.token).error() == errc::not_found);
}

TEST_CASE("a change of one's own secrets gives a fresh token and ends all other sessions") {
  office o;
  const auto here = o.sign_in(), there = o.sign_in();
  const auto me = o.who(here.token).value();
  const auto change = own_password({me.person, o.where, noon, ""}, "new hash");
  std::optional<secret> fresh;
  o.desk.rotate(me, change.changes, change.record, [&](result<secret> r) { fresh = r.value(); });
  o.run();
  REQUIRE(fresh);
  CHECK(o.who(here.token).error() == errc::not_found);
  CHECK(o.who(there.token).error() == errc::not_found);
  CHECK(o.who(*fresh).value().session.opened == me.session.opened);
  CHECK(o.store->load_staff({1}).value().password == "new hash");
  CHECK(o.heard.back().act == "own.password");
}

TEST_CASE("a hash of an older cost is renewed at the next login") {
  office o;
  const password_hasher older{{2, 8 * 1024 * 1024}};
  REQUIRE(o.apply({set_password{{1}, older.hash(secret{std::string{good}})}}).has_value());
  CHECK_FALSE(o.sign_in().refused);
  CHECK_FALSE(hasher().outdated(o.store->load_staff({1}).value().password));
  CHECK_FALSE(o.sign_in().refused);
}

TEST_CASE("a server that is too busy to check is nobody's failure") {
  office o;
  o.overloaded = true;
  for (int i = 0; i < 100; ++i) CHECK(o.sign_in().refused == login_refusal::busy);
  o.overloaded = false;
  CHECK_FALSE(o.sign_in().refused);
}

TEST_CASE("no token, code, password or hash is in any record") {
  office o;
  const auto sheet = new_recovery_sheet();
  const auto key = o.enrol(sheet);
  const auto code = o.code(key);
  const auto in = o.sign_in(good, "min", code);
  o.sign_in("hunter2hunter2", "min", std::string{sheet.codes[0].reveal()});
  std::string all;
  for (const auto& r : o.heard) all += r.act + r.subject + r.detail + r.address;
  for (const std::string_view hidden : {in.token.reveal(), std::string_view{code}, good, std::string_view{"hunter2"},
                                        sheet.codes[0].reveal(), std::string_view{"argon2"}}) {
    CHECK(all.find(hidden) == std::string::npos);
  }
}
