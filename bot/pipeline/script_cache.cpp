#include "bot/pipeline/script_cache.hpp"

#include "dialogs/library.hpp"

#include <string>
#include <utility>

namespace zhuqi::pipeline {

void script_cache::publish(dialogs::script_set_ptr scripts, unix_ms now, std::function<void(result<void>)> done) {
  storage::script_version row{scripts->version(), scripts->canonical(), now};
  store_.publish(std::move(row), [this, scripts = std::move(scripts), done = std::move(done)](result<void> stored) {
    if (stored) {
      versions_.insert_or_assign(scripts->version(), scripts);
      live_ = scripts;
    }
    done(stored);
  });
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
