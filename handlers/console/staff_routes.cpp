// Accounts, rights and places, for the three administrators; and who may receive a thread, for everybody who hands one on.

#include "bot/staff/acts.hpp"
#include "handlers/console/call.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/routes.hpp"

namespace zhuqi::console {
namespace {

using staff::permission;

json member_json(office& o, const storage::staff_member& row) {
  json roles = json::array();
  for (int i = 0; i < storage::staff_role_count; ++i) {
    const auto role = static_cast<storage::staff_role>(i);
    if (row.roles.has(role)) roles.push_back({{"id", staff::name_of(role)}, {"title", staff::title_of(role)}});
  }
  return {{"id", std::to_string(row.id.value)},
          {"login", row.login_name},
          {"name", row.display_name},
          {"department", {{"id", std::to_string(row.department.value)}, {"name", o.people.name_of(row.department)}}},
          {"roles", std::move(roles)},
          {"disabled", row.disabled.value},
          {"has_password", !row.password.empty()},
          {"second_factor", !row.totp.empty()},
          {"created", row.created.value}};
}

staff::asking asking_of(office& o, const call& c) {
  return {c.who().person, o.people.where(), o.time.now(), c.address()};
}

/// Writes what an act came to, or says why it may not be.
void carry_out(office& o, const call_ptr& c, staff::act_result<staff::act> made, staff_id subject = {}) {
  if (!made) {
    const auto sentence = in_words(made.error(), c->english() ? "en" : "zh");
    const bool right = made.error() == staff::act_fault::forbidden || made.error() == staff::act_fault::own_rights;
    return c->refuse(right ? problem::forbidden : problem::bad_field, sentence);
  }
  o.staff.apply(std::move(made->changes), {std::move(made->record)},
                [&o, c, subject](const result<std::int64_t>& done) {
                  if (!done && done.error() == errc::unsupported) {
                    return c->refuse(problem::not_allowed,
                                     in_words(staff::act_fault::last_of_its_kind, c->english() ? "en" : "zh"));
                  }
                  if (!done) return c->refuse(done.error());
                  staff_changed(o);
                  if (subject && o.person_changed) o.person_changed(subject);
                  c->answer({{"id", std::to_string(*done)}});
                });
}

/// The account that the path names, as it is now.
std::optional<storage::staff_member> subject(office& o, const call_ptr& c) {
  auto row = o.staff.load_staff({c->id()});
  if (row) return std::move(*row);
  c->refuse(row.error());
  return std::nullopt;
}

void list(office& o, const call_ptr& c) {
  const auto limit = page_limit(*c);
  if (!limit) return c->refuse(problem::bad_field, {{"field", "limit"}});
  const auto rows =
      o.staff.list_staff(scope_of(c->who().person, permission::staff_view), {c->query_number("after")}, *limit);
  if (!rows) return c->refuse(rows.error());
  json out = json::array();
  for (const auto& row : *rows) out.push_back(member_json(o, row));
  const bool more = rows->size() == *limit;
  c->answer({{"staff", std::move(out)}, {"next", more ? json(std::to_string(rows->back().id.value)) : json()}});
}

void with_hash(office& o, const call_ptr& c, const std::string& login, const std::string& name,
               std::function<void(std::string)> then) {
  const auto faults = staff::password_faults(secret{c->text("password")}, login, name);
  if (!faults.empty()) {
    return c->refuse(problem::bad_field, in_words(faults.front(), c->english() ? "en" : "zh"), {{"field", "password"}});
  }
  auto hash = std::make_shared<std::string>();
  const bool taken = o.offload([&o, c, hash] { *hash = o.hasher.hash(secret{c->text("password")}); },
                               [c, hash, then = std::move(then)](std::exception_ptr failed) {
                                 failed ? c->refuse(problem::unavailable) : then(std::move(*hash));
                               });
  if (!taken) c->refuse(problem::unavailable);
}

void create(office& o, const call_ptr& c) {
  with_hash(o, c, c->text("login"), c->text("name"), [&o, c](std::string hash) {
    staff::new_account a;
    a.login_name = c->text("login");
    a.display_name = c->text("name");
    a.department = {c->number("department")};
    a.password = std::move(hash);
    carry_out(o, c, staff::create_account(asking_of(o, *c), a));
  });
}

std::optional<storage::role_set> roles_in(const json& names) {
  storage::role_set out;
  for (const auto& name : names) {
    const auto role = staff::role_named(name.get_ref<const std::string&>());
    if (!role) return std::nullopt;
    out.add(*role);
  }
  return out;
}

/// `expected` are the roles that the page showed: rights are not changed on top of somebody else's change.
void roles(office& o, const call_ptr& c) {
  auto row = subject(o, c);
  if (!row) return;
  const auto wanted = roles_in(c->body()["roles"]);
  const auto expected = roles_in(c->body()["expected"]);
  if (!wanted || !expected) return c->refuse(problem::bad_field, {{"field", "roles"}});
  if (*expected != row->roles) return c->refuse(problem::stale, {{"now", member_json(o, *row)}});
  carry_out(o, c, staff::grant_roles(asking_of(o, *c), *row, *wanted), row->id);
}

void disabled(office& o, const call_ptr& c) {
  const auto row = subject(o, c);
  if (!row) return;
  const auto asking = asking_of(o, *c);
  carry_out(o, c, c->flag("disabled") ? staff::disable_account(asking, *row) : staff::enable_account(asking, *row),
            row->id);
}

void move(office& o, const call_ptr& c) {
  const auto row = subject(o, c);
  if (row) carry_out(o, c, staff::move_account(asking_of(o, *c), *row, {c->number("department")}));
}

void reset(office& o, const call_ptr& c) {
  const auto row = subject(o, c);
  if (!row) return;
  with_hash(o, c, row->login_name, row->display_name, [&o, c, row = *row](std::string hash) {
    carry_out(o, c, staff::reset_credentials(asking_of(o, *c), row, std::move(hash)));
  });
}

void end_sessions(office& o, const call_ptr& c) {
  const auto row = subject(o, c);
  if (row) carry_out(o, c, staff::revoke_sessions(asking_of(o, *c), *row));
}

void organisation(office& o, const call_ptr& c) {
  json regions = json::array(), departments = json::array();
  const auto id = [](auto v) { return v.value == 0 ? json() : json(std::to_string(v.value)); };
  for (const auto& r : o.people.regions()) {
    regions.push_back({{"id", id(r.id)}, {"parent", id(r.parent)}, {"code", r.code}, {"name", r.name}});
  }
  for (const auto& d : o.people.departments()) {
    departments.push_back({{"id", id(d.id)}, {"parent", id(d.parent)}, {"region", id(d.region)}, {"name", d.name}});
  }
  c->answer({{"regions", std::move(regions)}, {"departments", std::move(departments)}});
}

/// People who can talk with enterprises. Their names and places are no secret among officials.
void colleagues(office& o, const call_ptr& c) {
  json out = json::array();
  const auto all = each_member(o, everybody(), [&](const storage::staff_member& row) {
    const auto person = person_of(row, o.people.where());
    if (row.id == c->who().person.id || scope_of(person, permission::thread_speak).empty()) return true;
    out.push_back(member_json(o, row));
    for (const char* gone : {"login", "has_password", "second_factor", "created", "disabled"}) out.back().erase(gone);
    return true;
  });
  if (!all) return c->refuse(all.error());
  c->answer({{"colleagues", std::move(out)}});
}

void audit(office& o, const call_ptr& c) {
  const auto limit = page_limit(*c);
  if (!limit) return c->refuse(problem::bad_field, {{"field", "limit"}});
  storage::audit_question which;
  which.after = c->query_number("after");
  which.before = c->query_number("before");
  which.actor = {c->query_number("actor")};
  which.act = c->query("act").value_or("");
  which.subject = c->query("subject").value_or("");
  const auto rows = o.staff.list_audit(which, *limit);
  if (!rows) return c->refuse(rows.error());
  json out = json::array();
  for (const auto& r : *rows) {
    out.push_back({{"id", std::to_string(r.id)},
                   {"at", r.at.value},
                   {"actor", person_json(o, r.actor)},
                   {"act", r.act},
                   {"subject", r.subject},
                   {"detail", r.detail},
                   {"address", r.address}});
  }
  const bool more = rows->size() == *limit;
  c->answer({{"records", std::move(out)}, {"next", more ? json(std::to_string(rows->back().id)) : json()}});
}

}  // namespace

std::vector<endpoint> staff_routes(office& o) {
  using enum field_kind;
  using enum presence;
  const auto on = [&o](void (*run)(office&, const call_ptr&)) { return [&o, run](const call_ptr& c) { run(o, c); }; };
  const auto right = [](permission p) { return access_rule::right(p); };
  const std::vector<field> paging{{"after", row_id, optional}, {"limit", number, optional}};
  const field password{"password", field_kind::secret, required, 256};
  const field name{"name", field_kind::text};
  using enum http::method;
  return {
      {get, "/staff", right(permission::staff_view), "Accounts", paging, {}, on(list)},
      {post,
       "/staff",
       right(permission::account_create),
       "A new account, without any right yet",
       {},
       {{"login", field_kind::text}, name, {"department", row_id}, password},
       on(create)},
      {put,
       "/staff/{id}/roles",
       right(permission::role_grant),
       "Its roles",
       {},
       {{"roles", texts}, {"expected", texts}},
       on(roles)},
      {put,
       "/staff/{id}/disabled",
       right(permission::account_disable),
       "Shut it, or open it again",
       {},
       {{"disabled", boolean}},
       on(disabled)},
      {put,
       "/staff/{id}/department",
       right(permission::role_grant),
       "Where somebody works",
       {},
       {{"department", row_id}},
       on(move)},
      {put,
       "/staff/{id}/password",
       right(permission::credential_reset),
       "A new password and no second factor",
       {},
       {password},
       on(reset)},
      {del, "/staff/{id}/sessions", right(permission::session_revoke), "Sign somebody out", {}, {}, on(end_sessions)},
  };
}

std::vector<endpoint> organisation_routes(office& o) {
  using enum field_kind;
  using enum presence;
  using enum http::method;
  const auto on = [&o](void (*run)(office&, const call_ptr&)) { return [&o, run](const call_ptr& c) { run(o, c); }; };
  const auto edit = access_rule::right(permission::organisation_edit);
  const field name{"name", field_kind::text};
  return {
      {get, "/organisation", access_rule::signed_in(), "Regions and departments", {}, {}, on(organisation)},
      {post,
       "/regions",
       edit,
       "A new region",
       {},
       {{"parent", row_id, optional}, {"code", field_kind::text, required, 12}, name},
       [&o](const call_ptr& c) {
         carry_out(
             o, c,
             staff::create_region(asking_of(o, *c), {{}, {c->number("parent")}, c->text("code"), c->text("name")}));
       }},
      {post,
       "/departments",
       edit,
       "A new department",
       {},
       {{"parent", row_id, optional}, {"region", row_id}, name},
       [&o](const call_ptr& c) {
         carry_out(o, c,
                   staff::create_department(asking_of(o, *c),
                                            {{}, {c->number("parent")}, {c->number("region")}, c->text("name")}));
       }},
      {get,
       "/colleagues",
       access_rule::right(permission::thread_transfer),
       "Who can receive a conversation",
       {},
       {},
       on(colleagues)},
      {get,
       "/audit",
       access_rule::right(permission::audit_view),
       "Records of who did what; with `before` the newest first",
       {{"after", row_id, optional},
        {"before", row_id, optional},
        {"limit", number, optional},
        {"actor", row_id, optional},
        {"act", field_kind::text, optional},
        {"subject", field_kind::text, optional}},
       {},
       on(audit)},
  };
}

}  // namespace zhuqi::console
