// Reading: lists of threads, one thread with its context, its events, its script.

#include "bot/base/text.hpp"
#include "dialogs/engine.hpp"
#include "dialogs/export_edges.hpp"
#include "handlers/console/call.hpp"
#include "handlers/console/case_json.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/routes.hpp"
#include "handlers/console/thread_json.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::console {
namespace {

using staff::permission;
using storage::thread_view;

constexpr std::array<std::pair<std::string_view, thread_view>, 8> views{{{"waiting", thread_view::waiting},
                                                                         {"mine", thread_view::mine},
                                                                         {"department", thread_view::department},
                                                                         {"overdue", thread_view::overdue},
                                                                         {"bot", thread_view::bot},
                                                                         {"closed", thread_view::closed},
                                                                         {"revisit", thread_view::revisit},
                                                                         {"mentioned", thread_view::mentioned}}};
constexpr std::size_t most_notes = 200;
constexpr std::size_t most_cases = 20;
constexpr std::size_t question_bytes = 300;

void list(office& o, const call_ptr& c) {
  storage::thread_query q;
  const auto view =
      std::ranges::find(views, c->query("view").value_or(""), &std::pair<std::string_view, thread_view>::first);
  if (view == views.end()) return c->refuse(problem::bad_field, {{"field", "view"}});
  const auto limit = page_limit(*c);
  if (!limit) return c->refuse(problem::bad_field, {{"field", "limit"}});
  if (const auto after = c->query("after")) {
    const auto cursor = cursor_in(*after);
    if (!cursor) return c->refuse(problem::bad_field, {{"field", "after"}});
    q.after = {cursor->key, cursor->id};
  }
  const auto& me = c->who().person;
  q.view = view->second;
  const bool to_revisit = q.view == thread_view::revisit;
  q.scope = staff::scope_of(me, to_revisit ? permission::thread_call_back : permission::thread_view);
  if (q.scope.empty()) return c->refuse(problem::forbidden);
  q.me = me.id;
  q.my_department = me.department;
  q.home = o.people.home();
  q.now = o.time.now();
  q.limit = *limit;
  const auto change = o.desk.last_change();  // before the list: what changes in between comes again, and is not missed
  const auto page = o.desk.list_threads(q);
  const auto counts = o.desk.count_threads(q);
  if (!change || !page || !counts) return c->refuse(problem::unavailable);
  json rows = json::array();
  for (const auto& row : page->rows) rows.push_back(thread_json(o, row));
  c->answer({{"threads", std::move(rows)},
             {"next", page->next ? cursor_json({page->next->rank, page->next->id}) : json()},
             {"counts",
              {{"waiting", counts->waiting},
               {"mine", counts->mine},
               {"department", counts->department},
               {"overdue", counts->overdue},
               {"mentioned", counts->mentioned}}},
             {"change", change->value}});
}

/// Where the script stands and what it collected, in words.
json context_json(office& o, const storage::conversation& conversation) {
  json out{{"dialog", ""}, {"dialog_title", ""}, {"state", ""}, {"question", ""}, {"slots", json::array()}};
  out["why"] = conversation.thread ? conversation.thread->reason : std::string{};
  const auto snapshot = dialogs::deserialize(conversation.snapshot);
  if (!snapshot) return out;
  const auto scripts = o.scripts.find(snapshot->version);
  if (scripts == nullptr) return out;
  if (!snapshot->stack.empty()) {
    const auto& f = snapshot->stack.back();
    const auto* d = scripts->find(f.dialog);
    const auto at = d != nullptr ? d->find_state(f.state) : std::nullopt;
    out["dialog"] = f.dialog;
    out["state"] = f.state;
    if (d != nullptr) out["dialog_title"] = d->title.by_lang.front().source();
    if (at) out["question"] = text::truncate(dialogs::spoken_by(d->states[*at]), question_bytes);
  }
  for (const auto& [label, value] : dialogs::shown_answers(*scripts, *snapshot)) {
    out["slots"].push_back({{"label", label}, {"value", value}});
  }
  return out;
}

json may_json(office& o, const call& c) {
  const auto target = target_of(o, c.thread());
  json out = json::object();
  for (const auto& [name, p] :
       std::initializer_list<std::pair<const char*, permission>>{{"take", permission::thread_take},
                                                                 {"force_take", permission::thread_force_take},
                                                                 {"speak", permission::thread_speak},
                                                                 {"note", permission::thread_note},
                                                                 {"transfer", permission::thread_transfer},
                                                                 {"whisper", permission::thread_whisper},
                                                                 {"revisit", permission::thread_call_back},
                                                                 {"close", permission::thread_close}}) {
    out[name] = may(c.who().person, p, target, o.people.where());
  }
  out["release"] = out["hand_back"] = out["speak"];
  // What the owner of the moment leaves of the rights: nobody takes from a colleague by taking, nor hands on what is not theirs.
  const bool with_somebody = c.thread().owner == storage::owner_kind::human;
  const bool mine = target.owner == c.who().person.id;
  out["take"] = out["take"] == true && !with_somebody;
  out["force_take"] = out["force_take"] == true && with_somebody && !mine;
  out["transfer"] = out["transfer"] == true && mine;
  out["whisper"] = out["whisper"] == true && with_somebody && !mine;
  out["revisit"] = out["revisit"] == true && !why_no_revisit(o, c);
  return out;
}

/// The cases of this conversation that the caller may view.
json cases_json(office& o, const call& c) {
  json out = json::array();
  const auto scope = staff::scope_of(c.who().person, permission::case_view);
  auto& cases = o.cases.book().cases();
  const auto rows = cases.of_conversation(c.thread().id, most_cases);
  if (!rows || scope.empty()) return out;
  for (const auto& row : *rows) {
    const auto seen = cases.covered(row.id, scope);
    if (!seen || *seen == storage::visibility::outside) continue;
    out.push_back(case_row_json(o, row, c.english() ? dialogs::lang::en : dialogs::lang::zh_cn));
  }
  return out;
}

void one(office& o, const call_ptr& c) {
  const auto& thread = c->thread();
  const auto notes = o.desk.notes(thread.id, most_notes);
  const auto draft = o.desk.draft(c->who().person.id, thread.id);
  if (!notes || !draft) return c->refuse(problem::unavailable);
  json shown_notes = json::array();
  const auto whose = target_of(o, thread);
  for (const auto& n : *notes) {
    if (sees(o, c->who().person, n, whose)) shown_notes.push_back(note_json(o, n));
  }
  c->answer({{"thread", thread_json(o, thread)},
             {"context", context_json(o, thread)},
             {"draft", *draft},
             {"notes", std::move(shown_notes)},
             {"cases", cases_json(o, *c)},
             {"may", may_json(o, *c)}});
}

void events(office& o, const call_ptr& c) {
  const auto limit = page_limit(*c);
  if (!limit) return c->refuse(problem::bad_field, {{"field", "limit"}});
  const bool older = c->query("before").has_value();
  const auto answer = [&o, c, older](const result<std::vector<storage::stored_event>>& found) {
    if (!found) return c->refuse(problem::unavailable);
    const seq_no last = c->thread().seq;
    const bool more = !found->empty() && (older ? found->front().seq.value > 1 : found->back().seq < last);
    c->answer({{"events", events_json(o, *found)}, {"more", more}});
  };
  if (older) {
    const seq_no before = std::min(seq_no{c->query_number("before")}, c->thread().seq.next());
    return o.store.events_before(c->thread().id, before, *limit, answer);
  }
  // The port gives the newest; a page from the start is cut here.
  o.store.events(c->thread().id, {c->query_number("after")}, INT64_MAX,
                 [answer, limit = *limit](result<std::vector<storage::stored_event>> found) {
                   if (found && found->size() > limit) found->resize(limit);
                   answer(found);
                 });
}

std::string_view kind_of(const dialogs::state& s) {
  constexpr std::array<std::string_view, 6> names{"ask", "say", "do", "call", "handoff", "end"};
  return names[s.what.index()];
}

void script(office& o, const call_ptr& c) {
  const auto snapshot = dialogs::deserialize(c->thread().snapshot);
  auto scripts = snapshot ? o.scripts.find(snapshot->version) : nullptr;
  if (scripts == nullptr) scripts = o.scripts.live();
  json dialogs_json = json::array();
  for (const auto& d : scripts->dialogs()) {
    json states = json::array(), edges = json::array();
    for (const auto& s : d.states) {
      states.push_back(
          {{"id", s.id}, {"kind", kind_of(s)}, {"title", text::truncate(dialogs::spoken_by(s), question_bytes)}});
    }
    for (const auto& e : dialogs::edges_of(d)) {
      if (e.from.empty()) continue;
      edges.push_back({{"from", e.from}, {"to", e.to}, {"label", e.guard}, {"how", dialogs::name_of(e.how)}});
    }
    dialogs_json.push_back({{"id", d.id},
                            {"title", d.title.by_lang.front().source()},
                            {"start", d.start},
                            {"states", std::move(states)},
                            {"edges", std::move(edges)}});
  }
  json at{{"dialog", ""}, {"state", ""}};
  if (snapshot && !snapshot->stack.empty()) {
    at = {{"dialog", snapshot->stack.back().dialog}, {"state", snapshot->stack.back().state}};
  }
  c->answer({{"dialogs", std::move(dialogs_json)}, {"at", std::move(at)}});
}

}  // namespace

std::vector<endpoint> thread_routes(office& o) {
  using enum field_kind;
  constexpr auto optional = presence::optional;
  const auto view = access_rule::thread(permission::thread_view);
  const auto on = [&o](void (*run)(office&, const call_ptr&)) { return [&o, run](const call_ptr& c) { run(o, c); }; };
  return {
      {http::method::get,
       "/threads",
       access_rule::right(permission::thread_view),
       "Conversations of one view",
       {{"view", field_kind::text}, {"after", field_kind::text, optional}, {"limit", number, optional}},
       {},
       on(list)},
      {http::method::get, "/threads/{id}", view, "One conversation with its context, notes and draft", {}, {}, on(one)},
      {http::method::get,
       "/threads/{id}/events",
       view,
       "Its events, oldest first",
       {{"before", number, optional}, {"after", number, optional}, {"limit", number, optional}},
       {},
       on(events)},
      {http::method::get, "/threads/{id}/script", view, "The script it runs on, as graphs", {}, {}, on(script)},
  };
}

}  // namespace zhuqi::console
