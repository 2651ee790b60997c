// One's own account: password, second factor, sessions. Each change of a secret asks for the password that was, rotates the
// session and ends the others.

#include "bot/base/crypto.hpp"
#include "bot/staff/acts.hpp"
#include "handlers/console/call.hpp"
#include "handlers/console/routes.hpp"

namespace zhuqi::console {
namespace {

using then_fn = std::function<void()>;

/// Runs `then` on the loop where the caller's password is right. Wrong ones count like failed logins would: the session's owner is
/// asked through the same slow hash, and the worker pool is bounded.
void with_password(office& o, const call_ptr& c, const char* member, then_fn then) {
  auto right = std::make_shared<bool>(false);
  const bool taken = o.offload(
      [&o, c, right, given = secret{c->text(member)}] { *right = o.hasher.verify(c->who().row.password, given); },
      [c, right, then = std::move(then)](std::exception_ptr failed) {
        if (failed) return c->refuse(problem::unavailable);
        if (!*right) return c->refuse(problem::wrong_login);
        then();
      });
  if (!taken) c->refuse(problem::unavailable);
}

staff::asking asking_of(office& o, const call& c) {
  return {c.who().person, o.people.where(), o.time.now(), c.address()};
}

void rotate(office& o, const call_ptr& c, staff::act made, json answer) {
  o.login.rotate(c->who(), std::move(made.changes), std::move(made.record),
                 [&o, c, answer = std::move(answer)](const result<secret>& token) mutable {
                   if (!token) return c->refuse(token.error());
                   staff_changed(o);
                   if (const auto who = o.login.who(token->reveal(), o.people.where())) answer["csrf"] = who->csrf;
                   c->answer(std::move(answer), {{"Set-Cookie", staff::session_cookie(*token)}});
                 });
}

void change_password(office& o, const call_ptr& c) {
  const auto& row = c->who().row;
  const auto faults = staff::password_faults(secret{c->text("new")}, row.login_name, row.display_name);
  if (!faults.empty()) {
    return c->refuse(problem::bad_field, in_words(faults.front(), c->english() ? "en" : "zh"), {{"field", "new"}});
  }
  with_password(o, c, "old", [&o, c] {
    auto hash = std::make_shared<std::string>();
    const bool taken = o.offload([&o, c, hash] { *hash = o.hasher.hash(secret{c->text("new")}); },
                                 [&o, c, hash](std::exception_ptr failed) {
                                   if (failed) return c->refuse(problem::unavailable);
                                   rotate(o, c, own_password(asking_of(o, *c), *hash), json::object());
                                 });
    if (!taken) c->refuse(problem::unavailable);
  });
}

/// The key travels to the page and back sealed to this person, so that the server keeps nothing of an enrolment that is never
/// finished.
void begin_totp(office& o, const call_ptr& c) {
  with_password(o, c, "password", [&o, c] {
    const auto key = staff::new_totp_secret();
    const auto uri = staff::enrolment_uri(key, "Zhuqi", c->who().row.login_name);
    c->answer({{"uri", uri.reveal()},
               {"key", staff::base32(key.reveal())},
               {"sealed", crypto::base64_encode(o.login.seal_totp(key, c->who().row.id))}});
  });
}

void finish_totp(office& o, const call_ptr& c) {
  const auto sealed = crypto::base64_decode(c->text("sealed"));
  if (!sealed) return c->refuse(problem::bad_field, {{"field", "sealed"}});
  auto row = c->who().row;
  row.totp = *sealed;
  const auto key = o.login.open_totp(row);
  if (!key) return c->refuse(problem::bad_field, {{"field", "sealed"}});
  const auto step = staff::accept_totp(*key, c->text("code"), o.time.now(), {row.totp_step});
  if (!step) return c->refuse(problem::wrong_login);
  const auto sheet = staff::new_recovery_sheet();
  json codes = json::array();
  for (const auto& code : sheet.codes) codes.push_back(code.reveal());
  rotate(o, c, own_totp(asking_of(o, *c), *sealed, *step, sheet), {{"recovery", std::move(codes)}});
}

void sessions(office& o, const call_ptr& c) {
  const auto rows = o.staff.list_sessions(c->who().row.id);
  if (!rows) return c->refuse(rows.error());
  json list = json::array();
  for (const auto& s : *rows) {
    list.push_back({{"digest", crypto::hex(s.digest)},
                    {"opened", s.opened.value},
                    {"seen", s.seen.value},
                    {"address", s.address},
                    {"browser", s.browser},
                    {"current", s.digest == c->who().session.digest}});
  }
  c->answer({{"sessions", std::move(list)}});
}

void end_session(office& o, const call_ptr& c) {
  const auto rows = o.staff.list_sessions(c->who().row.id);
  if (!rows) return c->refuse(rows.error());
  for (const auto& s : *rows) {
    if (crypto::hex(s.digest) != c->request().params.front()) continue;
    return o.login.end_session(c->who(), s.digest,
                               [c](result<void> done) { done ? c->answer(json::object()) : c->refuse(done.error()); });
  }
  c->refuse(problem::not_found);
}

}  // namespace

std::vector<endpoint> own_account_routes(office& o) {
  using enum presence;
  const auto mine = access_rule::signed_in();
  const auto on = [&o](void (*run)(office&, const call_ptr&)) { return [&o, run](const call_ptr& c) { run(o, c); }; };
  const auto password = [](const char* name) { return field{name, field_kind::secret, required, 256}; };
  return {
      {http::method::put,
       "/me/password",
       mine,
       "A new password",
       {},
       {password("old"), password("new")},
       on(change_password)},
      {http::method::post, "/me/totp", mine, "Begin with a second factor", {}, {password("password")}, on(begin_totp)},
      {http::method::put,
       "/me/totp",
       mine,
       "Finish it with a code; gives the recovery codes",
       {},
       {{"sealed", field_kind::secret, required, 400}, {"code", field_kind::text, required, 12}},
       on(finish_totp)},
      {http::method::get, "/me/sessions", mine, "Where I am signed in", {}, {}, on(sessions)},
      {http::method::del, "/me/sessions/{digest}", mine, "End one of my sessions", {}, {}, on(end_session)},
  };
}

}  // namespace zhuqi::console
