#include "bot/pipeline/case_replay.hpp"

#include "dialogs/casework/case_json.hpp"
#include "dialogs/casework/case_number.hpp"
#include "dialogs/casework/case_state.hpp"

namespace zhuqi::pipeline {

namespace cw = dialogs::casework;

std::string fault_in(const storage::case_row& stored, const std::vector<storage::case_event_row>& events) {
  const std::string& number = stored.number;
  if (!cw::read_number(number)) return number + " is no case number";
  std::vector<cw::case_event> read;
  read.reserve(events.size());
  for (const auto& row : events) {
    auto e = cw::event_from_json(row.body);
    if (!e) return number + ": event " + std::to_string(row.seq) + " cannot be read";
    const bool same = e->seq == row.seq && e->at == row.at && cw::id_of(e->what) == row.action;
    if (!same) return number + ": event " + std::to_string(row.seq) + " says something else than its columns";
    read.push_back(std::move(*e));
  }
  const auto sum = cw::replay(read);
  if (!sum) return number + ": its events do not follow one another";
  if (cw::serialize(*sum) != stored.body) return number + ": its events add up to another case than is stored";
  const bool same = sum->what.number == number && sum->seq == stored.seq && cw::id_of(sum->state) == stored.state &&
                    sum->what.enterprise == stored.enterprise && sum->opened == stored.opened &&
                    sum->changed == stored.changed;
  return same ? std::string{} : number + ": its columns say something else than its body";
}

}  // namespace zhuqi::pipeline
