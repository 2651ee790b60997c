#include "bot/app/script_publisher.hpp"

#include "bot/app/script_files.hpp"
#include "bot/runtime/log.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

namespace zhuqi::app {
namespace {

constexpr std::size_t most_logged = 20;  // findings; `zhuqi script check` shows them all

/// The shipped scripts, or those of a folder. Nothing in it where the folder cannot be read.
dialogs::loaded_scripts read_scripts(const std::string& folder) {
  if (folder.empty()) return dialogs::load_library(dialogs::library::files());
  const auto texts = std::filesystem::is_directory(folder) ? read_files({folder}, ".yaml") : std::nullopt;
  if (!texts) return {};
  return dialogs::load_scripts(views_of(*texts), dialogs::completeness::whole);
}

void log_findings(const std::string& folder, const dialogs::loaded_scripts& loaded) {
  std::size_t shown = 0;
  for (const auto& d : loaded.diagnostics) {
    if (dialogs::severity_of(d.what) != dialogs::severity::error || ++shown > most_logged) continue;
    log::error("scripts.finding", {{"what", dialogs::to_line(d, dialogs::lang::en)}});
  }
  log::error("scripts.refused", {{"folder", folder},
                                 {"errors", shown},
                                 {"fix", shown == 0 ? "is the path right, and may this user read it?"
                                                    : "mend what is logged; zhuqi script check FOLDER shows it all"}});
}

}  // namespace

script_publisher::script_publisher(std::string folder, pipeline::script_cache& cache, storage::store& store,
                                   const clock& time, worker_pool& workers)
    : folder_{std::move(folder)}, cache_{cache}, store_{store}, time_{time}, workers_{workers} {}

void script_publisher::begin(std::function<void(result<void>)> done) {
  dialogs::loaded_scripts loaded = read_scripts(folder_);
  if (loaded.scripts != nullptr) return take(std::move(loaded), std::move(done));
  refused_ = true;
  log_findings(folder_, loaded);
  const auto live = store_.live_script();
  const auto scripts = live ? dialogs::load_published(live->canonical) : result<dialogs::script_set_ptr>{live.error()};
  if (!scripts) return done(scripts.error());
  log::warn("scripts.kept", {{"version", live->hash}});
  cache_.publish(*scripts, {}, time_.now(), std::move(done));
}

void script_publisher::reload() {
  if (loading_)
    return log::warn("scripts.busy", {{"fix", "ask again when scripts.published or scripts.refused was logged"}});
  loading_ = true;
  auto loaded = std::make_shared<dialogs::loaded_scripts>();
  const auto work = [folder = folder_, loaded] { *loaded = read_scripts(folder); };
  const bool accepted = workers_.submit(work, [this, loaded](const std::exception_ptr& failure) {
    loading_ = false;
    refused_ = failure != nullptr || loaded->scripts == nullptr;
    if (refused_) return log_findings(folder_, *loaded);
    take(std::move(*loaded), [](const result<void>&) {});
  });
  if (!accepted) loading_ = false;
}

void script_publisher::take(dialogs::loaded_scripts loaded, std::function<void(result<void>)> done) {
  const auto stored = store_.live_script();
  const std::string live = stored ? stored->hash : "";
  auto moves = moves_of(loaded, live);
  const bool changed = loaded.scripts->version() != live;
  const std::size_t moved = moves.size();
  const std::string why = loaded.plan ? loaded.plan->why : "";
  const std::string version = loaded.scripts->version();
  cache_.publish(std::move(loaded.scripts), std::move(moves), time_.now(),
                 [this, changed, moved, why, version, live, done = std::move(done)](const result<void>& published) {
                   refused_ = !published;
                   if (!published) {
                     log::error("scripts.refused", {{"version", version}, {"reason", published.error().message()}});
                   } else if (changed || moved > 0) {
                     log::info("scripts.published",
                               {{"version", version}, {"before", live}, {"versions_moved", moved}, {"why", why}});
                   } else {
                     log::info("scripts.unchanged", {{"version", version}});
                   }
                   done(published);
                 });
}

std::vector<storage::script_move> script_publisher::moves_of(const dialogs::loaded_scripts& loaded,
                                                             const std::string& live) const {
  using running = dialogs::publish_plan::running;
  std::vector<storage::script_move> out;
  if (!loaded.plan || loaded.plan->under_way == running::stay) return out;
  std::vector<std::string> from = loaded.plan->versions;
  if (from.empty() && !live.empty()) from.push_back(live);
  for (std::string& hash : from) {
    if (hash != loaded.scripts->version()) out.push_back({std::move(hash), loaded.plan->dialog, loaded.plan->state});
  }
  return out;
}

}  // namespace zhuqi::app
