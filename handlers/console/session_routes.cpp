// Coming in and going out: the first set-up, login, who I am.

#include "bot/staff/acts.hpp"
#include "handlers/console/call.hpp"
#include "handlers/console/routes.hpp"

#include <array>

namespace zhuqi::console {
namespace {

using staff::login_refusal;

void sign_in(office& o, const call_ptr& c) {
  staff::credentials given;
  given.login_name = c->text("login");
  given.password = secret{c->text("password")};
  given.code = c->text("code");
  staff::peer from{c->address(), std::string{c->request().header("user-agent")}};
  auto previous = staff::session_token_in(c->request().header("cookie"));
  o.login.sign_in(std::move(given), std::move(from), std::move(previous), [&o, c](const staff::login_answer& a) {
    if (a.refused) {
      switch (*a.refused) {
        case login_refusal::wrong: return c->refuse(problem::wrong_login);
        case login_refusal::code_needed: return c->refuse(problem::code_needed);
        case login_refusal::wait: return c->refuse(problem::too_many, {{"retry_after_ms", a.retry_after_ms}});
        case login_refusal::busy: return c->refuse(problem::unavailable);
      }
    }
    const auto who = o.login.who(a.token.reveal(), o.people.where());
    if (!who) return c->refuse(problem::unavailable);
    c->answer({{"me", me_json(o, *who)}, {"csrf", who->csrf}, {"now", o.time.now().value}},
              {{"Set-Cookie", staff::session_cookie(a.token)}});
  });
}

void sign_out(office& o, const call_ptr& c) {
  o.login.sign_out(c->who(), [c](result<void> done) {
    if (!done) return c->refuse(done.error());
    c->answer(json::object(),
              {{"Set-Cookie", staff::cleared_session_cookie()}, {"Clear-Site-Data", "\"cache\", \"storage\""}});
  });
}

staff::new_account account_in(const json& one) {
  staff::new_account a;
  a.login_name = string_or_empty(one, "login");
  a.display_name = string_or_empty(one, "name");
  a.password = string_or_empty(one, "password");
  return a;
}

/// Hashing three passwords takes a while: off the loop.
void set_up(office& o, const call_ptr& c) {
  if (!o.setup.fits(c->text("token"))) return c->refuse(problem::forbidden);
  auto admins = std::make_shared<std::array<staff::new_account, 3>>();
  for (std::size_t i = 0; i < admins->size(); ++i) {
    if (c->body()["admins"].size() != admins->size()) return c->refuse(problem::bad_field, {{"field", "admins"}});
    auto& a = (*admins)[i] = account_in(c->body()["admins"][i]);
    const auto faults = staff::password_faults(secret{a.password}, a.login_name, a.display_name);
    if (!faults.empty()) {
      return c->refuse(problem::bad_field, in_words(faults.front(), c->english() ? "en" : "zh"),
                       {{"field", "admins"}, {"admin", i}});
    }
  }
  const bool taken = o.offload(
      [&o, admins] {
        for (auto& a : *admins) a.password = o.hasher.hash(secret{a.password});
      },
      [&o, c, admins](std::exception_ptr failed) {
        if (failed) return c->refuse(problem::unavailable);
        storage::region city;
        city.code = string_or_empty(c->body()["city"], "code");
        city.name = string_or_empty(c->body()["city"], "name");
        auto made = staff::first_set_up(city, c->text("department"), *admins, o.time.now(), c->address());
        if (!made) return c->refuse(problem::bad_field, in_words(made.error(), c->english() ? "en" : "zh"));
        o.staff.apply(std::move(made->changes), {std::move(made->record)}, [&o, c](result<std::int64_t> done) {
          if (!done) return c->refuse(done.error());
          o.setup.withdraw();
          staff_changed(o);
          c->answer({{"needed", false}});
        });
      });
  if (!taken) c->refuse(problem::unavailable);
}

}  // namespace

json me_json(office& o, const staff::signed_in& who) {
  json roles = json::array(), rights = json::object();
  for (int i = 0; i < storage::staff_role_count; ++i) {
    const auto role = static_cast<storage::staff_role>(i);
    if (who.row.roles.has(role)) roles.push_back({{"id", staff::name_of(role)}, {"title", staff::title_of(role)}});
  }
  for (int i = 0; i < staff::permission_count; ++i) {
    const auto p = static_cast<staff::permission>(i);
    const auto scope = staff::scope_of(who.person, p);
    if (scope.empty()) continue;
    rights[std::string{staff::name_of(p)}] = scope.everything   ? "all"
                                             : scope.region     ? "region"
                                             : scope.department ? "department"
                                                                : "own";
  }
  return {{"id", std::to_string(who.row.id.value)},
          {"login", who.row.login_name},
          {"name", who.row.display_name},
          {"department",
           {{"id", std::to_string(who.row.department.value)}, {"name", o.people.name_of(who.row.department)}}},
          {"region", {{"id", std::to_string(who.person.region.value)}, {"name", o.people.name_of(who.person.region)}}},
          {"roles", std::move(roles)},
          {"permissions", std::move(rights)},
          {"second_factor", !who.row.totp.empty()}};
}

std::vector<endpoint> session_routes(office& o) {
  using enum field_kind;
  constexpr auto optional = presence::optional;
  constexpr auto required = presence::required;
  const auto anyone = access_rule::anyone();
  return {
      {http::method::get,
       "/setup",
       anyone,
       "Whether the first set-up is still to be done",
       {},
       {},
       [&o](const call_ptr& c) {
         const auto state = o.staff.state();
         if (!state) return c->refuse(state.error());
         c->answer({{"needed", *state == storage::installation::not_set_up}});
       }},
      {http::method::post,
       "/setup",
       anyone,
       "The first city, department and three administrators; needs the set-up token",
       {},
       {{"token", field_kind::secret, required, 200},
        {"city", object, required, 0, {{"code", field_kind::text, required, 12}, {"name", field_kind::text}}},
        {"department", field_kind::text},
        {"admins",
         objects,
         required,
         3,
         {{"login", field_kind::text}, {"name", field_kind::text}, {"password", field_kind::secret, required, 256}}}},
       [&o](const call_ptr& c) { set_up(o, c); }},
      {http::method::post,
       "/session",
       anyone,
       "Sign in",
       {},
       {{"login", field_kind::text, required, 256},
        {"password", field_kind::secret, required, 256},
        {"code", field_kind::text, optional, 40}},
       [&o](const call_ptr& c) { sign_in(o, c); }},
      {http::method::get,
       "/session",
       access_rule::signed_in(),
       "Who is signed in",
       {},
       {},
       [&o](const call_ptr& c) {
         c->answer({{"me", me_json(o, c->who())}, {"csrf", c->who().csrf}, {"now", o.time.now().value}});
       }},
      {http::method::del,
       "/session",
       access_rule::signed_in(),
       "Sign out",
       {},
       {},
       [&o](const call_ptr& c) { sign_out(o, c); }},
  };
}

}  // namespace zhuqi::console
