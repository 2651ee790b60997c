#pragma once
// One turn: load → step → rows → commit → tell. The only place where the dialog engine meets the store. The caller (intake) sees
// to it that a conversation has one turn at a time.

#include "bot/base/clock.hpp"
#include "bot/pipeline/conversation_cache.hpp"
#include "bot/pipeline/inbound.hpp"
#include "bot/pipeline/live_feed.hpp"
#include "bot/pipeline/ownership.hpp"
#include "bot/pipeline/script_cache.hpp"
#include "bot/pipeline/service_desk.hpp"
#include "bot/pipeline/thread_view.hpp"
#include "storage/store.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace zhuqi::metrics {
class registry;
}

namespace zhuqi::pipeline {

/// Loop thread only.
class turn_runner {
 public:
  struct parts {
    storage::store& store;
    script_cache& scripts;
    live_feed& feed;
    const clock& time;
    metrics::registry& metrics;
    /// Channels whose users read the event log itself (web chat): nothing goes to the outbox for them.
    std::function<bool(std::string_view channel)> delivers_by_feed;
    service_desk* services = nullptr;  ///< who answers the dialogs' services; null = nobody
    /// Where handoffs of a channel to a script's queue go on the officials' desk; none = there is no desk.
    place_fn place_of{};
    /// Hears of each conversation whose row on the desk changed, after the commit: how it stood and how it stands.
    std::function<void(const storage::conversation& before, const storage::conversation& after)> desk_changed{};
  };

  explicit turn_runner(parts p) : parts_{std::move(p)} {}

  /// Who answers the dialogs' services from now on; outlives the runner's turns. Until then nobody does.
  void serve(service_desk& services) { parts_.services = &services; }

  /// Runs the turn of one message. `done` runs exactly once, after the commit. `message` and `encoder` must live until then.
  void run(const verified_message& message, const reply_encoder& encoder, reply_fn done);

  /// Who stands behind a conversation id; nullptr where the store has no such conversation.
  void identify(conversation_id id, std::function<void(const storage::conversation*)> then);

  /// Runs the turn of a wake-up row: fires the timers that are due, arms the next one. A stale row is deleted.
  void run_wakeup(storage::wakeup_row row, const std::string& channel, const std::string& user,
                  std::function<void()> done);

  /// Runs the turn of an official's act on the conversation of `channel` and `user`.
  void run_official(official_act act, const std::string& channel, const std::string& user, act_fn done);

  /// Something that a person must look at: counted, logged, without content.
  void alarm(std::string_view kind, const message_fields& about);

 private:
  struct attempt;  // one turn between load and commit

  void load(std::shared_ptr<attempt> a);
  void begin(std::shared_ptr<attempt> a);
  bool refused(attempt& a);
  void step_and_commit(std::shared_ptr<attempt> a, cached_conversation before);
  void committed(const std::shared_ptr<attempt>& a, storage::commit_outcome outcome);
  /// The events kept for the live feed as the log has them now; empty where nobody watches.
  static std::vector<storage::stored_event> as_stored(attempt& a, const storage::commit_outcome& outcome);
  void retry(std::shared_ptr<attempt> a);

  parts parts_;
  conversation_cache cache_;
};

}  // namespace zhuqi::pipeline
