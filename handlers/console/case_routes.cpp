// Cases: lists, the page of one, acts on it. What an official may do is casework's decision; the act is one compare-and-set on the
// version that the page showed.

#include "bot/base/crypto.hpp"
#include "dialogs/casework/refusal.hpp"
#include "handlers/console/call.hpp"
#include "handlers/console/case_json.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/routes.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace zhuqi::console {
namespace {

namespace work = dialogs::casework;
using pipeline::case_status;
using staff::permission;
using storage::case_view;

constexpr std::array<std::pair<std::string_view, case_view>, storage::case_view_count> views{
    {{"todo", case_view::todo},
     {"mine", case_view::mine},
     {"department", case_view::department},
     {"assist", case_view::assist},
     {"due_soon", case_view::due_soon},
     {"overdue", case_view::overdue},
     {"all", case_view::all},
     {"closed", case_view::closed}}};

dialogs::lang language_of(const call& c) { return c.english() ? dialogs::lang::en : dialogs::lang::zh_cn; }

storage::case_act_key key_of(const call& c) {
  storage::case_act_key key;
  std::string hex = c.text("id");
  std::erase(hex, '-');
  for (std::size_t i = 0; i < key.id.size(); ++i) {
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, key.id[i], 16);
  }
  const auto content =
      crypto::sha256(c.request().path + '\n' + std::to_string(c.who().person.id.value) + '\n' + dump_json(c.body()));
  std::copy_n(content.begin(), key.content.size(), key.content.begin());
  return key;
}

struct list_in_hand {
  storage::case_question question;
  storage::case_cursor after;
  std::size_t limit = 0;
  result<storage::case_page> page = make_error_code(errc::unavailable);
  result<storage::case_counts> counts = make_error_code(errc::unavailable);
};

void show(office& o, const call_ptr& c, const list_in_hand& found) {
  json rows = json::array(), numbers = json::object();
  for (const auto& row : found.page->cases) rows.push_back(case_row_json(o, row, language_of(*c)));
  for (const auto& [name, which] : views) {
    if (which != case_view::all && which != case_view::closed) {
      numbers[std::string{name}] = (*found.counts)[static_cast<std::size_t>(which)];
    }
  }
  c->answer({{"cases", std::move(rows)}, {"next", case_cursor_json(found.page->next)}, {"counts", std::move(numbers)}});
}

/// Counting a city's cases takes tens of milliseconds: off the loop.
void list(office& o, const call_ptr& c) {
  const auto view =
      std::ranges::find(views, c->query("view").value_or("todo"), &std::pair<std::string_view, case_view>::first);
  if (view == views.end()) return c->refuse(problem::bad_field, {{"field", "view"}});
  const auto limit = page_limit(*c);
  if (!limit) return c->refuse(problem::bad_field, {{"field", "limit"}});
  const auto q = case_question_of(o, *c, permission::case_view);
  if (!q) return c->refuse(problem::bad_field, {{"field", "figure"}});
  auto found = std::make_shared<list_in_hand>();
  found->question = *q;
  found->question.view = view->second;
  found->limit = *limit;
  if (const auto given = c->query("after")) {
    const auto at = cursor_in(*given);
    if (!at) return c->refuse(problem::bad_field, {{"field", "after"}});
    found->after = {at->key, {at->id}};
  }
  const bool taken = o.offload(
      [&cases = o.cases.book().cases(), found] {
        found->page = cases.list(found->question, found->after, found->limit);
        found->question.counted.reset();  // the views are counted whatever figure led here
        found->counts = cases.counts(found->question);
      },
      [&o, c, found](std::exception_ptr failed) {
        failed || !found->page || !found->counts ? c->refuse(problem::unavailable) : show(o, c, *found);
      });
  if (!taken) c->refuse(problem::unavailable);
}

/// Whom a department can make the handler of its case.
std::vector<pipeline::form_choice> handlers_in(office& o, department_id department) {
  storage::row_scope scope;
  scope.department = department;
  std::vector<pipeline::form_choice> found;
  // Where they cannot be read there is nobody to choose, and the page says so.
  [[maybe_unused]] const auto all = each_member(o, scope, [&](const storage::staff_member& row) {
    const bool handles = !scope_of(person_of(row, o.people.where()), permission::case_handle).empty();
    if (handles && row.department == department) found.push_back({std::to_string(row.id.value), row.display_name});
    return true;
  });
  return found;
}

json page_of(office& o, const call& c, case_id id) {
  const auto l = language_of(c);
  const auto story = o.cases.story(id);
  if (!story) return nullptr;
  auto page = case_page_json(o, *story, l);
  auto offers = o.cases.offers(story->file, c.who().person, l);
  for (auto& offer : offers) {
    for (auto& f : offer.fields) {
      if (f.kind == pipeline::form_kind::staff) f.choices = handlers_in(o, story->row.lead_department);
    }
  }
  page["acts"] = offers_json(offers);
  return page;
}

void one(office& o, const call_ptr& c) {
  auto page = page_of(o, *c, c->work_case().id);
  page.is_null() ? c->refuse(problem::unavailable) : c->answer(std::move(page));
}

void tell(office& o, const call_ptr& c, const pipeline::case_outcome& outcome) {
  const auto l = language_of(*c);
  switch (outcome.status) {
    case case_status::done: {
      auto page = page_of(o, *c, outcome.now.id);
      return page.is_null() ? c->refuse(problem::unavailable) : c->answer(std::move(page));
    }
    case case_status::stale: {
      json more{{"now", case_row_json(o, outcome.now, l)}};
      more["winner"] = o.people.shown_name({pipeline::decimal(outcome.now.last_actor)});
      return c->refuse(problem::stale, std::move(more));
    }
    case case_status::refused:
      if (!outcome.why) return c->refuse(problem::refused);
      return c->refuse(problem::refused, work::sentence(*outcome.why, l), {{"rule", work::id_of(outcome.why->rule)}});
    case case_status::unknown: return c->refuse(problem::not_found);
    case case_status::mismatch: return c->refuse(problem::mismatch);
    case case_status::unavailable: return c->refuse(problem::unavailable);
  }
}

void act(office& o, const call_ptr& c) {
  const auto what = work::from_id<work::action>(c->text("action"));
  if (!what) return c->refuse(problem::bad_field, {{"field", "action"}});
  std::map<std::string, std::string> values;
  for (const auto& [name, value] : c->body()["fields"].items()) {
    if (value.is_null()) continue;
    if (!value.is_string() && !value.is_number_unsigned()) return c->refuse(problem::bad_field, {{"field", name}});
    values[name] = value.is_string() ? value.get<std::string>() : std::to_string(value.get<std::uint64_t>());
  }
  std::string bad;
  auto fields = pipeline::fields_from(values, *what, o.cases.book().where(), bad);
  if (!fields) return c->refuse(problem::bad_field, {{"field", bad}});
  pipeline::case_act wanted;
  wanted.key = key_of(*c);
  wanted.who = c->who().person;
  wanted.id = c->work_case().id;
  wanted.version = c->number("version");
  wanted.what = *what;
  wanted.fields = std::move(*fields);
  o.cases.act(std::move(wanted), [&o, c](const pipeline::case_outcome& outcome) { tell(o, c, outcome); });
}

void open(office& o, const call_ptr& c, conversation_id conversation) {
  pipeline::case_opening wanted;
  wanted.key = key_of(*c);
  wanted.who = c->who().person;
  wanted.enterprise = c->text("code");
  wanted.company = c->text("enterprise");
  wanted.contact = c->text("contact");
  wanted.region = {c->number("region")};
  wanted.matter = c->text("matter");
  wanted.title = c->text("title");
  wanted.summary = c->text("summary");
  wanted.on = c->text("track") == "urgent" ? work::track::urgent : work::track::ordinary;
  wanted.conversation = conversation;
  o.cases.open(std::move(wanted), [&o, c](const pipeline::case_outcome& outcome) { tell(o, c, outcome); });
}

/// A case about a conversation is opened by whoever may see that.
void create(office& o, const call_ptr& c) {
  const conversation_id thread{c->number("thread")};
  // Whose case it is, is known by its code, or by the conversation.
  if (!thread) return c->text("code").empty() ? c->refuse(problem::bad_field, {{"field", "code"}}) : open(o, c, {});
  o.store.load(thread, [&o, c, thread](const result<storage::conversation>& found) {
    if (!found || !may(c->who().person, permission::thread_view, target_of(o, *found), o.people.where())) {
      return c->refuse(problem::not_found);
    }
    open(o, c, thread);
  });
}

}  // namespace

std::vector<endpoint> case_routes(office& o) {
  using enum field_kind;
  using enum presence;
  const auto on = [&o](void (*run)(office&, const call_ptr&)) { return [&o, run](const call_ptr& c) { run(o, c); }; };
  auto filters = case_filters();
  filters.push_back({"view", field_kind::text, optional});
  filters.push_back({"after", field_kind::text, optional});
  filters.push_back({"limit", number, optional});
  return {
      {http::method::get,
       "/cases",
       access_rule::right(permission::case_view),
       "Cases of one view",
       filters,
       {},
       on(list)},
      {http::method::post,
       "/cases",
       access_rule::right(permission::case_create),
       "Open a case",
       {},
       {{"id", act_id},
        {"thread", row_id, optional},
        {"code", field_kind::text, optional, 18},
        {"enterprise", field_kind::text, required, 120},
        {"contact", field_kind::text, optional, 120},
        {"region", row_id, optional},
        {"matter", field_kind::text, required, 60},
        {"title", field_kind::text, required, 200},
        {"summary", field_kind::text, required, work::field_bytes},
        {"track", field_kind::text, optional, 20}},
       on(create)},
      {http::method::get,
       "/cases/{id}",
       access_rule::of_case(),
       "One case: clocks, what I may do, its whole way",
       {},
       {},
       on(one)},
      {http::method::post,
       "/cases/{id}/acts",
       access_rule::of_case(),
       "An act on it; its fields are told by `acts` of the page",
       {},
       {{"id", act_id},
        {"version", number, required, INT64_MAX},
        {"action", field_kind::text, required, 60},
        {"fields", any_object, optional, work::field_bytes}},
       on(act)},
  };
}

}  // namespace zhuqi::console
