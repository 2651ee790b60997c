// Notes: what officials tell each other beside a conversation, whom they name in it, and who has seen that.

#include "handlers/console/call.hpp"
#include "handlers/console/gate.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/routes.hpp"

#include <algorithm>

namespace zhuqi::console {
namespace {

using staff::permission;
using storage::audience;

constexpr std::size_t most_offered = 50;  // people for a "@"; more letters give fewer

/// Whom the note names. Nothing for a list with somebody who may not see the conversation: to be named gives no sight of it.
std::optional<std::vector<staff_id>> named_in(office& o, const call& c) {
  std::vector<staff_id> out;
  const auto given = c.body().find("to");
  if (given == c.body().end()) return out;
  const auto target = target_of(o, c.thread());
  const auto& where = o.people.where();
  out.reserve(given->size());
  for (const auto& one : *given) {
    const staff_id id{pipeline::decimal(one.get_ref<const std::string&>())};
    const auto* row = id != c.who().person.id ? o.people.find(id) : nullptr;
    if (row == nullptr || !may(person_of(*row, where), permission::thread_view, target, where)) return std::nullopt;
    out.push_back(id);
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

void write(office& o, const call_ptr& c, storage::note row) {
  o.desk.apply(storage::add_note{row}, {}, [&o, c, row](const result<std::int64_t>& id) mutable {
    if (!id) return id.error() == errc::conflict ? c->refuse(problem::mismatch) : c->refuse(id.error());
    row.id = *id;
    if (o.note_added) o.note_added(row, target_of(o, c->thread()));
    c->answer({{"note", note_json(o, row)}});
  });
}

/// To whoever serves, from whoever supervises.
void whisper(office& o, const call_ptr& c, storage::note row) {
  const auto target = target_of(o, c->thread());
  if (!may(c->who().person, permission::thread_whisper, target, o.people.where())) return c->refuse(problem::forbidden);
  if (c->body().contains("to")) return c->refuse(problem::bad_field, {{"field", "to"}});
  if (!target.owner || target.owner == row.author) {
    return c->refuse(problem::not_allowed,
                     c->english() ? "No colleague serves this conversation now, so there is nobody to whisper to."
                                  : "现在没有同事在接办这次会话，无法悄悄提醒。",
                     as_it_stands(o, c->thread()));
  }
  row.meant_for = audience::whispered;
  row.to = {target.owner};
  write(o, c, std::move(row));
}

void add_note(office& o, const call_ptr& c) {
  storage::note row{0, c->thread().id, o.time.now(), c->who().person.id, c->text("text"), c->text("id")};
  if (c->flag("whisper")) return whisper(o, c, std::move(row));
  auto named = named_in(o, *c);
  if (!named) return c->refuse(problem::bad_field, {{"field", "to"}});
  row.to = std::move(*named);
  write(o, c, std::move(row));
}

void see_mentions(office& o, const call_ptr& c) {
  o.desk.apply(storage::see_mentions{c->who().person.id, c->thread().id, c->number("note"), o.time.now()}, {},
               [c](const result<std::int64_t>& done) { done ? c->answer(json::object()) : c->refuse(done.error()); });
}

/// Who can be named in a note here: the active colleagues who may see the conversation.
void colleagues(office& o, const call_ptr& c) {
  const auto target = target_of(o, c->thread());
  const auto& where = o.people.where();
  const auto part = c->query("q").value_or("");
  json out = json::array();
  const auto all = each_member(o, everybody(), [&](const storage::staff_member& row) {
    if (row.id == c->who().person.id || row.display_name.find(part) == std::string::npos) return true;
    if (!may(person_of(row, where), permission::thread_view, target, where)) return true;
    out.push_back(
        {{"id", std::to_string(row.id.value)},
         {"name", row.display_name},
         {"department", {{"id", std::to_string(row.department.value)}, {"name", o.people.name_of(row.department)}}}});
    return out.size() < most_offered;
  });
  if (!all) return c->refuse(all.error());
  c->answer({{"colleagues", std::move(out)}});
}

}  // namespace

std::vector<endpoint> note_routes(office& o) {
  using enum field_kind;
  using enum presence;
  using enum http::method;
  const auto on = [&o](void (*run)(office&, const call_ptr&)) { return [&o, run](const call_ptr& c) { run(o, c); }; };
  return {
      {post,
       "/threads/{id}/notes",
       access_rule::thread(permission::thread_note),
       "A note that the enterprise never sees; `whisper`: for whoever serves it, by a supervisor",
       {},
       {{"id", act_id},
        {"text", field_kind::text, required, limits::staff_text_bytes},
        {"to", texts, optional, 19},
        {"whisper", boolean, optional}},
       on(add_note)},
      {put,
       "/threads/{id}/mentions",
       access_rule::thread(permission::thread_view),
       "I have seen what names me, up to this note",
       {},
       {{"note", row_id}},
       on(see_mentions)},
      {get,
       "/threads/{id}/colleagues",
       access_rule::thread(permission::thread_note),
       "Who can be named in a note here",
       {{"q", field_kind::text, optional, 60}},
       {},
       on(colleagues)},
  };
}

}  // namespace zhuqi::console
