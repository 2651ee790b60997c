// Search over everything that was ever said, as far as one may see it.

#include "bot/base/search_words.hpp"
#include "bot/base/text.hpp"
#include "handlers/console/call.hpp"
#include "handlers/console/parts.hpp"
#include "handlers/console/routes.hpp"
#include "handlers/console/thread_json.hpp"

namespace zhuqi::console {
namespace {

using staff::permission;

constexpr std::size_t most_bytes = 300;      // of what is asked: 100 Chinese characters
constexpr std::size_t excerpt_units = 160;   // what a list shows of one message
constexpr std::size_t recorded_bytes = 100;  // of what was asked, in the record

struct search_in_hand {
  storage::search_query query;
  result<storage::search_page> page = make_error_code(errc::unavailable);
};
using search_ptr = std::shared_ptr<search_in_hand>;

json hit_json(office& o, const storage::search_hit& hit, const std::vector<text::search_group>& groups) {
  auto one = event_json(o, hit.said);
  const auto shown = text::excerpt_of(string_or_empty(one["body"], "text"), groups, excerpt_units);
  json marks = json::array();
  for (const auto& [from, to] : shown.marks) marks.push_back(json::array({from, to}));
  json out{{"thread", thread_json(o, hit.in)}, {"text", shown.text}};
  for (const char* name : {"seq", "at", "who", "name"}) out[name] = std::move(one[name]);
  out["marks"] = std::move(marks);
  return out;
}

void show(office& o, const call_ptr& c, const search_ptr& s) {
  json hits = json::array();
  for (const auto& hit : s->page->hits) hits.push_back(hit_json(o, hit, s->query.groups));
  c->answer({{"hits", std::move(hits)}, {"next", s->page->next ? json(std::to_string(s->page->next->value)) : json()}});
}

/// What is looked for among other people's words is recorded before it is shown; further pages are the same question.
void search(office& o, const call_ptr& c) {
  const auto words = c->query("q").value_or("");
  auto s = std::make_shared<search_in_hand>();
  auto& q = s->query;
  q.groups = text::search_groups(words);
  if (q.groups.empty()) return c->refuse(problem::bad_field, {{"field", "q"}});
  const auto limit = page_limit(*c);
  if (!limit) return c->refuse(problem::bad_field, {{"field", "limit"}});
  q.limit = *limit;
  if (const auto after = c->query("after")) {
    q.before = {pipeline::decimal(*after)};
    if (!q.before) return c->refuse(problem::bad_field, {{"field", "after"}});
  }
  q.scope = staff::scope_of(c->who().person, permission::thread_view);
  q.home = o.people.home();
  const bool taken = o.offload([&o, s] { s->page = o.search.find(s->query); },
                               [&o, c, s, words](std::exception_ptr failed) {
                                 if (failed || !s->page) return c->refuse(problem::unavailable);
                                 if (s->query.before) return show(o, c, s);
                                 storage::staff_audit entry{0,
                                                            o.time.now(),
                                                            c->who().person.id,
                                                            "thread.search",
                                                            "threads",
                                                            std::string{text::truncate(words, recorded_bytes)},
                                                            c->address()};
                                 o.staff.apply({}, {std::move(entry)}, [&o, c, s](const result<std::int64_t>& done) {
                                   done ? show(o, c, s) : c->refuse(done.error());
                                 });
                               });
  if (!taken) c->refuse(problem::unavailable);
}

}  // namespace

std::vector<endpoint> search_routes(office& o) {
  using enum field_kind;
  constexpr auto optional = presence::optional;
  return {{http::method::get,
           "/search",
           access_rule::right(permission::thread_view),
           "Messages of all time in which all the words stand, newest first; recorded",
           {{"q", field_kind::text, presence::required, most_bytes},
            {"after", field_kind::text, optional},
            {"limit", number, optional}},
           {},
           [&o](const call_ptr& c) { search(o, c); }}};
}

}  // namespace zhuqi::console
