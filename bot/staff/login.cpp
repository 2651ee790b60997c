#include "bot/staff/login.hpp"

#include "bot/base/text.hpp"

#include <utility>

namespace zhuqi::staff {
namespace {

constexpr std::size_t browser_bytes = 200;

secret derived(const secret& server_key, std::string_view purpose) {
  const auto key = crypto::hmac_sha256(server_key.reveal(), purpose);
  return secret{std::string{reinterpret_cast<const char*>(key.data()), key.size()}};
}

std::string subject_of(staff_id id) { return "staff:" + std::to_string(id.value); }

std::function<void(result<std::int64_t>)> without_value(std::function<void(result<void>)> done) {
  return [done = std::move(done)](result<std::int64_t> r) { r ? done({}) : done(r.error()); };
}

/// A megabyte of name or password is no login, and must not cost more than one.
bool plausible(const credentials& c) {
  return c.login_name.size() <= 4 * limits::login_name_bytes &&
         c.password.reveal().size() <= limits::password_bytes_max;
}

}  // namespace

/// One login on its way. `row` is empty for a name that nobody has: all the same is done for it, then it is refused.
struct login_desk::attempt {
  credentials given;
  std::string name;  ///< folded
  peer from;
  std::optional<secret> previous;
  std::function<void(login_answer)> done;
  storage::staff_member row;
  bool right = false;
  std::string rehashed;
  std::vector<storage::staff_change> changes;
};

login_desk::login_desk(parts p)
    : parts_{std::move(p)},
      totp_box_{parts_.server_key, "zhuqi staff totp 1"},
      csrf_key_{derived(parts_.server_key, "zhuqi staff csrf 1")} {}

std::string login_desk::seal_totp(const secret& key, staff_id whose) const {
  return totp_box_.seal(key, subject_of(whose));
}

result<secret> login_desk::open_totp(const storage::staff_member& row) const {
  return totp_box_.open(row.totp, subject_of(row.id));
}

void login_desk::record(std::vector<storage::staff_change> changes, storage::staff_audit entry,
                        std::function<void(result<std::int64_t>)> done) {
  parts_.store.apply(std::move(changes), {entry}, [this, entry, done = std::move(done)](result<std::int64_t> r) {
    if (r && parts_.audited) parts_.audited(entry);
    done(r);
  });
}

void login_desk::sign_in(credentials c, peer from, std::optional<secret> previous,
                         std::function<void(login_answer)> done) {
  auto a = std::make_shared<attempt>();
  a->name = plausible(c) ? text::fold(c.login_name) : std::string{};
  a->given = std::move(c);
  a->from = std::move(from);
  a->from.browser = text::truncate(text::strip_controls(text::to_valid_utf8(a->from.browser)), browser_bytes);
  a->previous = std::move(previous);
  a->done = std::move(done);
  const auto admitted = lockout_.admit(a->name, a->from.address, parts_.clock.now());
  if (!admitted.admitted) {
    login_answer answer;
    answer.refused = login_refusal::wait;
    answer.retry_after_ms = admitted.retry_after_ms;
    return a->done(std::move(answer));
  }
  auto row = parts_.store.find_staff(a->name);
  if (row.has_error() && row.error() != errc::not_found) return refuse(a, login_refusal::busy);
  if (row) a->row = std::move(*row);
  const bool taken = parts_.offload(
      [this, a] {
        if (!plausible(a->given)) a->given.password = {};  // costs the same, is never right
        a->right = parts_.hasher.verify(a->row.password, a->given.password);
        if (a->right && parts_.hasher.outdated(a->row.password)) a->rehashed = parts_.hasher.hash(a->given.password);
      },
      [this, a](std::exception_ptr failed) { checked(a, failed); });
  if (!taken) refuse(a, login_refusal::busy);
}

void login_desk::checked(std::shared_ptr<attempt> a, std::exception_ptr failed) {
  if (failed) return refuse(a, login_refusal::busy);
  if (!a->right || a->row.disabled) return refuse(a, login_refusal::wrong);
  if (!a->row.totp.empty()) {
    if (a->given.code.empty()) return refuse(a, login_refusal::code_needed);
    const auto key = open_totp(a->row);
    if (!key) return refuse(a, login_refusal::busy);  // sealed under another server's key: the operator must know
    const auto step = accept_totp(*key, a->given.code, parts_.clock.now(), {a->row.totp_step});
    const auto recovery = step ? std::nullopt : recovery_digest(a->given.code);
    if (!step && !recovery) return refuse(a, login_refusal::wrong);
    if (step) a->changes.push_back(storage::use_totp_step{a->row.id, step->value});
    if (recovery) a->changes.push_back(storage::use_recovery_code{a->row.id, *recovery});
  }
  admit(std::move(a));
}

void login_desk::refuse(std::shared_ptr<attempt> a, login_refusal why) {
  login_answer answer;
  answer.refused = why;
  // A right password without a code is a step of the same login, and an unavailable server nobody's failure.
  if (why == login_refusal::busy || why == login_refusal::code_needed) lockout_.withdrawn(a->name, a->from.address);
  if (why == login_refusal::busy || why == login_refusal::code_needed) return a->done(std::move(answer));
  // The name that was tried may be a password typed into the wrong field: it is recorded only where somebody has it.
  const auto subject = a->row.id ? subject_of(a->row.id) : std::string{"unknown"};
  record({}, {0, parts_.clock.now(), {}, "session.refused", subject, "", a->from.address},
         [a, answer](result<std::int64_t>) { a->done(answer); });
}

void login_desk::admit(std::shared_ptr<attempt> a) {
  const auto now = parts_.clock.now();
  const auto token = new_session_token();
  if (a->previous) {
    // Whoever's it was: the browser loses it now, and a planted one is worth nothing afterwards.
    const auto old = session_digest_of(a->previous->reveal());
    const auto session =
        old ? parts_.store.load_session(*old) : result<storage::staff_session>{make_error_code(errc::not_found)};
    if (session) a->changes.push_back(storage::close_session{session->staff, session->digest});
  }
  if (!a->rehashed.empty()) a->changes.push_back(storage::set_password{a->row.id, a->rehashed});
  a->changes.push_back(storage::open_session{
      {*session_digest_of(token.reveal()), a->row.id, now, now, a->from.address, a->from.browser}});
  const auto how = a->row.totp.empty() ? "password" : "password and second factor";
  record(std::move(a->changes), {0, now, a->row.id, "session.open", subject_of(a->row.id), how, a->from.address},
         [this, a, token](result<std::int64_t> r) {
           // The code was used by a twin of this login in between.
           if (!r) return refuse(a, r.error() == errc::conflict ? login_refusal::wrong : login_refusal::busy);
           lockout_.succeeded(a->name, a->from.address, parts_.clock.now());
           login_answer answer;
           answer.token = token;
           answer.who = a->row.id;
           answer.second_factor_missing = a->row.totp.empty();
           a->done(std::move(answer));
         });
}

result<signed_in> login_desk::who(std::string_view token, const organisation& where) {
  const auto digest = session_digest_of(token);
  if (!digest) return make_error_code(errc::not_found);
  auto session = parts_.store.load_session(*digest);
  if (!session) return session.error();
  const auto now = parts_.clock.now();
  if (judge(session->opened, session->seen, now, parts_.limits) != session_verdict::live) {
    return make_error_code(errc::not_found);
  }
  auto row = parts_.store.load_staff(session->staff);
  if (!row) return row.error();
  if (row->disabled) return make_error_code(errc::not_found);
  if (worth_touching(session->seen, now)) {
    parts_.store.apply({storage::touch_session{*digest, now}}, {}, [](result<std::int64_t>) {});
  }
  const auto person = person_of(*row, where);
  return signed_in{std::move(*row), std::move(*session), person, csrf_token(csrf_key_, *digest)};
}

bool login_desk::csrf_fits(const signed_in& s, std::string_view token) const {
  return staff::csrf_fits(csrf_key_, s.session.digest, token);
}

void login_desk::sign_out(const signed_in& s, std::function<void(result<void>)> done) {
  end_session(s, s.session.digest, std::move(done));
}

void login_desk::end_session(const signed_in& s, const session_digest& which, std::function<void(result<void>)> done) {
  record({storage::close_session{s.row.id, which}},
         {0, parts_.clock.now(), s.row.id, "session.close", subject_of(s.row.id), "", s.session.address},
         without_value(std::move(done)));
}

void login_desk::rotate(const signed_in& s, std::vector<storage::staff_change> with, storage::staff_audit entry,
                        std::function<void(result<secret>)> done) {
  const auto token = new_session_token();
  const auto fresh = *session_digest_of(token.reveal());
  with.push_back(storage::rotate_session{s.session.digest, fresh});
  with.push_back(storage::close_sessions{s.row.id, fresh});
  record(std::move(with), std::move(entry), [token, done = std::move(done)](result<std::int64_t> r) {
    if (!r) return done(r.error());
    done(token);
  });
}

}  // namespace zhuqi::staff
