#pragma once
// The officials' side of the server, put together: accounts, desk, API and stream, over the parts that app.cpp has.

#include "bot/pipeline/case_clockwork.hpp"
#include "bot/pipeline/case_desk.hpp"
#include "bot/pipeline/case_services.hpp"
#include "bot/pipeline/case_words.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/live_feed.hpp"
#include "bot/pipeline/script_cache.hpp"
#include "bot/runtime/router.hpp"
#include "bot/runtime/worker_pool.hpp"
#include "bot/staff/login.hpp"
#include "handlers/console/gate.hpp"
#include "handlers/console/house.hpp"
#include "handlers/console/office.hpp"
#include "handlers/console/stream.hpp"

#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace zhuqi::app {

class console_desk {
 public:
  struct parts {
    storage::store& store;
    std::string database;  ///< the file behind `store`
    storage::post_fn post;
    pipeline::intake& intake;
    pipeline::script_cache& scripts;
    pipeline::live_feed& feed;
    const clock& time;
    worker_pool& workers;
    std::filesystem::path data;
    secret server_key;
    std::string public_host;
  };
  /// Makes one password hash (tens of milliseconds), and the set-up token where nobody has an account yet.
  explicit console_desk(parts p);

  void add_routes(http::router& routes) const;

  /// For turn_runner::parts.
  pipeline::desk_place place_of(std::string_view channel, std::string_view queue);
  dialogs::event::queued queue_at(pipeline::desk_place where, std::int64_t sla_ms);
  void thread_changed(const storage::conversation& before, const storage::conversation& after);

  /// For the dialogs.
  pipeline::service_desk& services() { return services_; }

  /// About every second: sockets, transfers that nobody accepted, threads of colleagues who are gone.
  void sweep(std::chrono::steady_clock::time_point now);

  /// Forgets keys of acts on cases before `before`, a bounded number; the next call goes on.
  void prune(unix_ms before) {
    case_store_->prune_keys(before, [](const result<std::size_t>&) {});
  }

  /// Nothing of a case is under way: what waits is done after the next start.
  bool idle() const { return !following_ && cases_.under_way() == 0 && clockwork_.idle() && words_.idle(); }
  std::size_t sockets() const { return stream_->sockets(); }

 private:
  void follow_search();
  void say(const storage::case_word& word, const pipeline::case_words::said_fn& done);

  std::unique_ptr<storage::staff_store> staff_;
  std::unique_ptr<storage::desk_store> desk_;
  std::unique_ptr<storage::case_store> case_store_;
  std::unique_ptr<storage::search_store> search_;
  pipeline::case_book book_;
  pipeline::case_desk cases_;
  pipeline::case_services services_;
  pipeline::case_clockwork clockwork_;
  pipeline::case_words words_;
  staff::password_hasher hasher_;
  staff::login_desk login_;
  console::office office_;
  const std::vector<console::endpoint> table_;
  console::gate gate_;
  std::shared_ptr<console::stream> stream_;
  console::house house_;
  bool following_ = false;  ///< the search index is being written
  bool search_works_ = true;
  std::deque<std::int64_t> waits_ms_;  ///< how long the last ones waited for somebody to take them
};

}  // namespace zhuqi::app
