#include "handlers/console/parts.hpp"

#include <charconv>

namespace zhuqi::console {

std::optional<std::size_t> page_limit(const call& c) {
  const auto given = c.query("limit");
  if (!given) return 50;
  std::size_t n = 0;
  const auto [rest, ec] = std::from_chars(given->data(), given->data() + given->size(), n);
  if (ec != std::errc{} || rest != given->data() + given->size() || n == 0 || n > limits::page_rows)
    return std::nullopt;
  return n;
}

json person_json(office& o, staff_id id) {
  const auto* row = o.people.find(id);
  if (row == nullptr) return nullptr;
  return {{"id", std::to_string(id.value)}, {"name", row->display_name}};
}

json note_json(office& o, const storage::note& n) {
  return {{"id", std::to_string(n.id)}, {"at", n.at.value}, {"by", person_json(o, n.author)}, {"text", n.text}};
}

}  // namespace zhuqi::console
