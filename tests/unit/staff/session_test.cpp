// Session tokens, their life, CSRF tokens and the cookie.

#include "bot/staff/session.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace zhuqi;
using namespace zhuqi::staff;

namespace {

constexpr unix_ms noon{1'793'491'200'000};
constexpr std::int64_t minute = 60'000;

std::string found(std::string_view header) {
  const auto token = session_token_in(header);
  return token ? std::string{token->reveal()} : "none";
}

}  // namespace

TEST_CASE("tokens are 256 random bits, and the store sees their SHA-256 only") {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) {
    const auto token = new_session_token();
    CHECK(token.reveal().size() == 43);
    seen.insert(std::string{token.reveal()});
    CHECK(session_digest_of(token.reveal()) == crypto::sha256(token.reveal()));
  }
  CHECK(seen.size() == 1'000);
}

TEST_CASE("what cannot be a token is not looked up") {
  for (const std::string& odd : {std::string{}, std::string(42, 'a'), std::string(44, 'a'), std::string(43, '='),
                                 std::string(43, '\0'), "' OR 1=1 --" + std::string(32, 'a')}) {
    CHECK_FALSE(session_digest_of(odd));
  }
}

TEST_CASE("a session ends after its silence and after its day, whichever comes first") {
  using enum session_verdict;
  struct row {
    std::int64_t opened_ago, seen_ago;
    session_verdict verdict;
  };
  for (const auto& [opened, seen, verdict] : std::vector<row>{{0, 0, live},
                                                              {29 * minute, 29 * minute, live},
                                                              {30 * minute, 30 * minute, idle_too_long},
                                                              {12 * 60 * minute - 1, 0, live},
                                                              {12 * 60 * minute, 0, too_old},
                                                              {12 * 60 * minute, 31 * minute, too_old},
                                                              {-5 * minute, -5 * minute, live}}) {
    CHECK(judge(noon + -opened, noon + -seen, noon) == verdict);
  }
  CHECK(judge(noon, noon, noon + 10'000, {std::chrono::seconds{10}, std::chrono::seconds{60}}) == idle_too_long);
}

TEST_CASE("last seen is written once a minute at most") {
  CHECK_FALSE(worth_touching(noon, noon + (minute - 1)));
  CHECK(worth_touching(noon, noon + minute));
}

TEST_CASE("a CSRF token fits its own session under its own key, and nothing else") {
  const secret key{"key"}, other_key{"other"};
  const auto mine = crypto::sha256("mine"), other = crypto::sha256("other");
  const auto token = csrf_token(key, mine);
  CHECK(csrf_fits(key, mine, token));
  CHECK_FALSE(csrf_fits(key, other, token));
  CHECK_FALSE(csrf_fits(other_key, mine, token));
  CHECK_FALSE(csrf_fits(key, mine, ""));
  CHECK_FALSE(csrf_fits(key, mine, token.substr(1)));
  CHECK_FALSE(csrf_fits(key, mine, token + "a"));
}

TEST_CASE("the cookie is bound to the host, out of reach of scripts, and stays on our own site") {
  CHECK(session_cookie(secret{"abc"}) == "__Host-zhuqi-session=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
  CHECK(cleared_session_cookie() == "__Host-zhuqi-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict");
}

TEST_CASE("the token is read back from a Cookie header, among others, and never by half") {
  const std::string token(43, 'T');
  const auto ours = "__Host-zhuqi-session=" + token;
  CHECK(found(ours) == token);
  CHECK(found("a=b; " + ours + "; c=d") == token);
  CHECK(found("a=b;" + ours + " ;c") == token);
  for (const std::string& header :
       {std::string{}, std::string{"a=b"}, std::string{";;;"}, "zhuqi-session=" + token,
        "__host-zhuqi-session=" + token, "x" + ours, ours + "x", ours + "; " + ours, "__Host-zhuqi-session=; " + ours,
        "__Host-zhuqi-session=\"" + token + "\"", ours + "; " + std::string(5'000, 'a')}) {
    CAPTURE(header);
    CHECK(found(header) == "none");
  }
}
