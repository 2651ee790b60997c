#include "bot/pipeline/script_cache.hpp"

#include "dialogs/library.hpp"

#include <string>
#include <utility>

namespace zhuqi::pipeline {

void script_cache::publish(dialogs::script_set_ptr scripts, std::vector<storage::script_move> moves, unix_ms now,
                           std::function<void(result<void>)> done) {
  storage::script_version row{scripts->version(), scripts->canonical(), now};
  store_.publish(std::move(row), std::move(moves),
                 [this, scripts = std::move(scripts), done = std::move(done)](result<void> stored) {
                   if (stored) {
                     versions_.insert_or_assign(scripts->version(), scripts);
                     live_ = scripts;
                     moves_.clear();
                     // From the store, because moves of earlier publishings hold on.
                     if (auto all = store_.script_moves()) {
                       for (storage::script_move& m : *all) moves_.emplace(m.from, std::move(m));
                     }
                   }
                   done(stored);
                 });
}

const storage::script_move* script_cache::move_of(std::string_view version) const {
  const auto found = moves_.find(version);
  return found != moves_.end() ? &found->second : nullptr;
}

dialogs::script_set_ptr script_cache::find(std::string_view hash) {
  std::string key{hash};
  if (const auto known = versions_.find(key); known != versions_.end()) return known->second;
  const auto row = store_.load_script(hash);
  if (!row) return nullptr;
  auto scripts = dialogs::load_published(row->canonical);
  if (!scripts) return nullptr;
  return versions_.emplace(std::move(key), std::move(*scripts)).first->second;
}

}  // namespace zhuqi::pipeline
