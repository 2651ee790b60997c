#include "handlers/console/gate.hpp"

#include "handlers/console/fields.hpp"
#include "handlers/console/thread_json.hpp"

namespace zhuqi::console {
namespace {

constexpr std::size_t body_bytes = 64 * 1024;  // the longest reply is 8 KB, escaped six-fold

bool has_effect(http::method verb) { return verb != http::method::get && verb != http::method::head; }

bool is_json(std::string_view content_type) {
  return content_type == "application/json" || content_type.starts_with("application/json;");
}

}  // namespace

json as_it_stands(office& o, const storage::conversation& now) {
  json out{{"now", thread_json(o, now)}};
  if (now.owner == storage::owner_kind::human) out["winner"] = o.people.shown_name(target_of(o, now).owner);
  return out;
}

void gate::add_routes(http::router& routes) const {
  for (const endpoint& row : table_) {
    routes.add({row.verb,
                std::string{api_root} + row.path,
                {http::access::staff, body_bytes},
                [this, &row](http::request request, http::responder reply) {
                  take(row, std::move(request), std::move(reply));
                }});
  }
}

void gate::take(const endpoint& row, http::request request, http::responder reply) const {
  const auto c = std::make_shared<call>(std::move(request), std::move(reply));
  const http::request& r = c->request();
  const bool effect = has_effect(r.verb);
  const auto site = r.header("sec-fetch-site");
  if (effect && (!http::from_own_page(r, office_.public_host) || site == "cross-site" || site == "same-site")) {
    return c->refuse(problem::csrf);
  }
  if (const auto token = staff::session_token_in(r.header("cookie"))) {
    if (auto who = office_.login.who(token->reveal(), office_.people.where())) c->who_ = std::move(*who);
  }
  if (row.rule.what() != access_rule::kind::anyone) {
    if (!c->who_) return c->refuse(problem::not_signed_in);
    if (effect && !office_.login.csrf_fits(*c->who_, r.header("x-csrf-token"))) return c->refuse(problem::csrf);
  }
  admit(row, c);
}

void gate::admit(const endpoint& row, const call_ptr& c) const {
  if (row.rule.what() != access_rule::kind::right) return check_and_run(row, c);
  if (row.rule.subject() == about::thread) return about_thread(row, c);
  if (row.rule.subject() == about::work_case) return about_case(row, c);
  if (staff::scope_of(c->who().person, row.rule.permission()).empty()) return c->refuse(problem::forbidden);
  check_and_run(row, c);
}

/// By the same predicate as the lists: a case that is on none of the caller's is not there.
void gate::about_case(const endpoint& row, const call_ptr& c) const {
  const auto scope = staff::scope_of(c->who().person, row.rule.permission());
  if (scope.empty()) return c->refuse(problem::forbidden);
  const case_id id{c->id()};
  const auto seen =
      id ? office_.cases.book().cases().covered(id, scope) : result<storage::visibility>{storage::visibility::outside};
  if (!seen && seen.error() != errc::not_found) return c->refuse(problem::unavailable);
  if (!seen || *seen == storage::visibility::outside) return c->refuse(problem::not_found);
  auto found = office_.cases.book().cases().load(id);
  if (!found) return c->refuse(found.error());
  c->case_ = std::move(*found);
  check_and_run(row, c);
}

/// After the rights: whoever may not call a route learns nothing of what it takes.
void gate::check_and_run(const endpoint& row, const call_ptr& c) const {
  const http::request& r = c->request();
  if (!r.body.empty()) {
    auto body = is_json(r.header("content-type")) ? parse_json(r.body, body_bytes)
                                                  : result<json>{make_error_code(errc::malformed)};
    if (!body || !body->is_object()) return c->refuse(problem::malformed);
    c->body_ = std::move(*body);
  }
  if (const auto bad = misfit(c->body_, row.body, office_.time.now())) {
    return c->refuse(problem::bad_field, {{"field", *bad}});
  }
  if (const auto bad = read_query(r.query, row.query, c->query_))
    return c->refuse(problem::bad_field, {{"field", *bad}});
  on_record(row, c);
}

/// Reading a thread or case that is somebody else's is answered once it is on record. An act records itself.
void gate::on_record(const endpoint& row, const call_ptr& c) const {
  const auto me = c->who_ ? c->who().person.id : staff_id{};
  const auto subject = row.rule.subject();
  const bool mine = subject == about::thread      ? target_of(office_, c->thread()).owner == me
                    : subject == about::work_case ? c->work_case().handler == me
                                                  : true;
  if (mine || has_effect(row.verb)) return row.run(c);
  reading what;
  what.who = me;
  what.act = subject == about::thread ? "thread.read" : "case.read";
  what.subject = (subject == about::thread ? "thread:" : "case:") + std::to_string(c->id());
  what.at = office_.time.now();
  what.address = c->address();
  office_.reads.record(what,
                       [&row, c](const result<void>& done) { done ? row.run(c) : c->refuse(problem::unavailable); });
}

/// A thread that may not be seen is not there. One that may be seen, but is not the caller's to act on, is refused with whose it
/// is: that is what a stale page needs to know.
void gate::about_thread(const endpoint& row, const call_ptr& c) const {
  const auto scope = staff::scope_of(c->who().person, row.rule.permission());
  const conversation_id id{c->id()};
  if (!id) return c->refuse(problem::not_found);
  office_.store.load(id, [this, &row, c, scope](result<storage::conversation> found) {
    if (!found) return c->refuse(found.error() == errc::not_found ? problem::not_found : problem::unavailable);
    const auto target = target_of(office_, *found);
    const auto& where = office_.people.where();
    if (!may(c->who().person, staff::permission::thread_view, target, where)) return c->refuse(problem::not_found);
    if (scope.empty()) return c->refuse(problem::forbidden);
    if (!covers(scope, target, where)) {
      return scope.own ? c->refuse(problem::not_allowed, as_it_stands(office_, *found)) : c->refuse(problem::forbidden);
    }
    c->thread_ = std::move(*found);
    check_and_run(row, c);
  });
}

}  // namespace zhuqi::console
