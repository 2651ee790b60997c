// What officials keep beside a conversation: drafts, canned replies; and where a script's queues lead.

#include "handlers/console/call.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/routes.hpp"

#include <algorithm>
#include <set>

namespace zhuqi::console {
namespace {

using staff::permission;

storage::staff_audit record(office& o, const call& c, std::string act, std::string subject, std::string detail = {}) {
  return {0, o.time.now(), c.who().person.id, std::move(act), std::move(subject), std::move(detail), c.address()};
}

void put_draft(office& o, const call_ptr& c) {
  o.desk.apply(storage::put_draft{c->who().person.id, c->thread().id, o.time.now(), c->text("text")}, {},
               [c](const result<std::int64_t>& done) { done ? c->answer(json::object()) : c->refuse(done.error()); });
}

json reply_json(office& o, const storage::canned_reply& r) {
  json department = nullptr;
  if (r.department) department = {{"id", std::to_string(r.department.value)}, {"name", o.people.name_of(r.department)}};
  return {{"id", std::to_string(r.id)}, {"title", r.title}, {"text", r.text}, {"department", std::move(department)}};
}

/// Everybody's, and those of the caller's department and the ones above it.
void canned_replies(office& o, const call_ptr& c) {
  const auto rows = o.desk.canned_replies();
  if (!rows) return c->refuse(rows.error());
  json out = json::array();
  for (const auto& r : *rows) {
    if (r.department && !o.people.where().within(c->who().person.department, r.department)) continue;
    out.push_back(reply_json(o, r));
  }
  c->answer({{"replies", std::move(out)}});
}

staff::target place_of(office& o, department_id d) { return {{}, d, o.people.where().region_of(d), {}}; }

void put_canned_reply(office& o, const call_ptr& c) {
  storage::canned_reply row;
  row.id = c->id();
  row.department = {c->number("department")};
  row.title = c->text("title");
  row.text = c->text("text");
  row.author = c->who().person.id;
  row.at = o.time.now();
  const auto& who = c->who().person;
  if (!may(who, permission::canned_reply_edit, place_of(o, row.department), o.people.where())) {
    return c->refuse(problem::forbidden);
  }
  if (row.id != 0) {
    const auto rows = o.desk.canned_replies();
    if (!rows) return c->refuse(rows.error());
    const auto known = std::ranges::find(*rows, row.id, &storage::canned_reply::id);
    if (known == rows->end()) return c->refuse(problem::not_found);
    if (!may(who, permission::canned_reply_edit, place_of(o, known->department), o.people.where())) {
      return c->refuse(problem::not_found);
    }
  }
  auto entry = record(o, *c, "canned_reply.put", row.title);
  o.desk.apply(storage::put_canned_reply{row}, {std::move(entry)},
               [&o, c, row](const result<std::int64_t>& id) mutable {
                 if (!id) return c->refuse(id.error());
                 if (row.id == 0) row.id = *id;
                 c->answer({{"reply", reply_json(o, row)}});
               });
}

void drop_canned_reply(office& o, const call_ptr& c) {
  const auto rows = o.desk.canned_replies();
  if (!rows) return c->refuse(rows.error());
  const auto known = std::ranges::find(*rows, c->id(), &storage::canned_reply::id);
  const bool mine = known != rows->end() && may(c->who().person, permission::canned_reply_edit,
                                                place_of(o, known->department), o.people.where());
  if (!mine) return c->refuse(problem::not_found);
  o.desk.apply(storage::drop_canned_reply{c->id()}, {record(o, *c, "canned_reply.drop", known->title)},
               [c](const result<std::int64_t>& done) { done ? c->answer(json::object()) : c->refuse(done.error()); });
}

/// The queues that the live scripts name, with where they lead.
void queues(office& o, const call_ptr& c) {
  std::set<std::string> names{o.scripts.live()->system().queue};
  for (const auto& d : o.scripts.live()->dialogs()) {
    for (const auto& s : d.states) {
      if (const auto* h = std::get_if<dialogs::handoff_node>(&s.what)) names.insert(h->queue);
    }
  }
  for (const auto& [name, _] : o.queues) names.insert(name);
  names.erase("");
  json out = json::array();
  for (const auto& name : names) {
    const auto to = o.queues.find(name);
    json department = nullptr;
    if (to != o.queues.end()) {
      department = {{"id", std::to_string(to->second.value)}, {"name", o.people.name_of(to->second)}};
    }
    out.push_back({{"name", name}, {"department", std::move(department)}});
  }
  c->answer({{"queues", std::move(out)}});
}

void put_queue(office& o, const call_ptr& c) {
  const department_id to{c->number("department")};
  const auto& name = c->request().params.front();
  if (name.size() > 200) return c->refuse(problem::bad_field, {{"field", "name"}});
  auto entry = record(o, *c, "queue.route", name, "department:" + std::to_string(to.value));
  o.desk.apply(storage::put_queue_route{{name, to}}, {std::move(entry)}, [&o, c](const result<std::int64_t>& done) {
    if (!done) return c->refuse(done.error());
    load_queues(o);
    c->answer(json::object());
  });
}

}  // namespace

std::vector<endpoint> desk_routes(office& o) {
  using enum field_kind;
  using enum presence;
  using enum http::method;
  const auto on = [&o](void (*run)(office&, const call_ptr&)) { return [&o, run](const call_ptr& c) { run(o, c); }; };
  const auto edit = access_rule::right(permission::canned_reply_edit);
  const std::vector<field> reply{{"title", field_kind::text},
                                 {"text", field_kind::text, required, limits::staff_text_bytes},
                                 {"department", row_id, optional}};
  return {
      {put,
       "/threads/{id}/draft",
       access_rule::thread(permission::thread_view),
       "My half-written reply; \"\" deletes it",
       {},
       {{"text", field_kind::text, optional, limits::staff_text_bytes}},
       on(put_draft)},
      {get,
       "/canned-replies",
       access_rule::right(permission::thread_view),
       "Sentences to use again",
       {},
       {},
       on(canned_replies)},
      {post, "/canned-replies", edit, "A new one", {}, reply, on(put_canned_reply)},
      {put, "/canned-replies/{id}", edit, "Another text for it", {}, reply, on(put_canned_reply)},
      {del, "/canned-replies/{id}", edit, "Away with it", {}, {}, on(drop_canned_reply)},
      {get,
       "/queues",
       access_rule::right(permission::organisation_edit),
       "The queues of the scripts and where they lead",
       {},
       {},
       on(queues)},
      {put,
       "/queues/{name}",
       access_rule::right(permission::organisation_edit),
       "Where a queue leads; without a department to the hall",
       {},
       {{"department", row_id, optional}},
       on(put_queue)},
  };
}

}  // namespace zhuqi::console
