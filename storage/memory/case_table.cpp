#include "storage/memory/case_table.hpp"

#include <algorithm>

namespace zhuqi::storage {

result<std::optional<case_applied>> case_table::repeated(const case_act_key& asked) const {
  const auto known = std::ranges::find_if(keys, [&](const key& k) { return k.row.id == asked.id; });
  if (known == keys.end()) return std::optional<case_applied>{};
  if (known->row.content != asked.content) return make_error_code(errc::malformed);
  return std::optional{known->led_to};
}

std::optional<errc> case_table::refusal(const case_write& w) const {
  if (w.head.id) {
    const auto known = cases.find(w.head.id);
    if (known == cases.end()) return errc::not_found;
    if (known->second.row.seq != w.expected) return errc::conflict;
  } else if (std::ranges::any_of(cases, [&](const auto& c) { return c.second.row.number == w.head.number; })) {
    return errc::conflict;
  }
  if (w.room) {
    const auto load = std::ranges::count_if(cases, [&](const auto& c) {
      return c.second.row.handler == w.room->staff && w.room->staff && !c.second.row.closed && c.first != w.head.id;
    });
    if (load >= w.room->capacity) return errc::conflict;
  }
  return std::nullopt;
}

case_applied case_table::write(const case_write& w, conversation_id own) {
  const case_id id = w.head.id ? w.head.id : case_id{std::ssize(cases) + 1};
  stored& c = cases[id];
  case_row row = w.head;
  row.id = id;
  if (row.conversation == this_conversation) row.conversation = own;
  if (w.head.id) {  // what was fixed at the opening stays
    const case_row& old = c.row;
    row.number = old.number;
    row.conversation = old.conversation;
    row.title = old.title;
    row.enterprise = old.enterprise;
    row.company = old.company;
    row.contact = old.contact;
    row.source = old.source;
    row.matter = old.matter;
    row.region = old.region;
    row.opened = old.opened;
  }
  c.row = std::move(row);
  c.events.insert(c.events.end(), w.events.begin(), w.events.end());
  c.parties = {w.parties.begin(), w.parties.end()};
  c.waits = w.waits;
  for (const auto& said : w.words) {
    words.push_back({{said.uuid, id, c.row.number, c.row.conversation, said.text}, {}});
  }
  if (w.room) {
    const auto duty = duties.find(w.room->staff);
    if (duty != duties.end()) duty->second.last_given = c.row.changed;
  }
  const case_applied done{id, c.row.seq, false};
  if (w.key) keys.push_back({*w.key, {id, c.row.seq, true}, c.row.changed});
  return done;
}

}  // namespace zhuqi::storage
