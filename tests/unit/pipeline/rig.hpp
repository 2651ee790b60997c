#pragma once
// A pipeline with real parts over a store whose commits the test lets through one by one, and a clock that stands still.

#include "bot/base/clock.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/wakeups.hpp"
#include "bot/runtime/metrics.hpp"
#include "dialogs/library.hpp"
#include "storage/memory/store.hpp"

#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace zhuqi::pipeline_tests {

/// Passes everything on; holds commits back while `held`, and can fail or fake the next one.
class gate_store final : public storage::store {
 public:
  explicit gate_store(storage::post_fn post) : inner_{storage::make_memory_store(std::move(post))} {}

  bool held = false;
  int commits = 0;
  std::deque<storage::commit_status> fake;  ///< answers for the next commits, nothing is written

  void release() {
    held = false;
    for (auto& c : std::exchange(waiting_, {})) c();
  }

  void commit(storage::turn_commit turn, std::function<void(storage::commit_outcome)> done) override {
    ++commits;
    if (!fake.empty()) {
      storage::commit_outcome o;
      o.status = fake.front();
      fake.pop_front();
      return done(std::move(o));
    }
    if (!held) return inner_->commit(std::move(turn), std::move(done));
    auto kept = std::make_shared<storage::turn_commit>(std::move(turn));
    waiting_.push_back([this, kept, done = std::move(done)] { inner_->commit(std::move(*kept), done); });
  }
  void load(std::string_view c, std::string_view u, std::function<void(result<storage::conversation>)> done) override {
    inner_->load(c, u, std::move(done));
  }
  void load(conversation_id id, std::function<void(result<storage::conversation>)> done) override {
    inner_->load(id, std::move(done));
  }
  void events(conversation_id id, seq_no after, std::size_t limit,
              std::function<void(result<std::vector<storage::stored_event>>)> done) override {
    inner_->events(id, after, limit, std::move(done));
  }
  void due_wakeups(unix_ms now, std::size_t limit,
                   std::function<void(result<std::vector<storage::wakeup_row>>)> done) override {
    inner_->due_wakeups(now, limit, std::move(done));
  }
  void next_wakeup(std::function<void(result<unix_ms>)> done) override { inner_->next_wakeup(std::move(done)); }
  void outbox(std::size_t limit, std::function<void(result<std::vector<storage::stored_outbox>>)> done) override {
    inner_->outbox(limit, std::move(done));
  }
  void publish(storage::script_version v, std::vector<storage::script_move> moves,
               std::function<void(result<void>)> done) override {
    inner_->publish(std::move(v), std::move(moves), std::move(done));
  }
  result<std::vector<storage::script_move>> script_moves() override { return inner_->script_moves(); }
  result<storage::script_version> load_script(std::string_view hash) override { return inner_->load_script(hash); }
  result<storage::script_version> live_script() override { return inner_->live_script(); }
  void prune_inbox(unix_ms before, std::function<void(result<std::size_t>)> done) override {
    inner_->prune_inbox(before, std::move(done));
  }
  void close() override { inner_->close(); }

 private:
  std::unique_ptr<storage::store> inner_;
  std::vector<std::function<void()>> waiting_;
};

/// Says all messages, joined, in the passive reply: enough to see what the bot said.
class plain_encoder final : public pipeline::reply_encoder {
 public:
  explicit plain_encoder(std::size_t fits = 100) : fits_{fits} {}
  pipeline::passive_reply encode(const pipeline::message_fields&, std::span<const dialogs::message> messages,
                                 unix_ms) const override {
    pipeline::passive_reply out;
    for (const auto& m : messages.first(std::min(fits_, messages.size()))) out.bytes += m.text + '\n';
    out.messages = std::min(fits_, messages.size());
    return out;
  }

 private:
  std::size_t fits_;
};

struct test_verifier : pipeline::verifier {
  static pipeline::verified_message message(std::string user, std::string id, dialogs::any_event event,
                                            std::string channel = "city") {
    pipeline::message_fields f;
    f.channel = std::move(channel);
    f.user = std::move(user);
    f.origin_id = id;
    f.key.created_s = 1'700'000'000;
    std::memcpy(f.key.digest.data(), (id + f.user + std::string(16, '.')).data(), 16);
    if (const auto* t = std::get_if<dialogs::event::text>(&event)) {
      std::memcpy(f.body_digest.data(), (t->text + std::string(16, '.')).data(), 16);
    }
    f.event = std::move(event);
    return {vouch(), std::move(f)};
  }
};

struct rig {
  std::deque<std::function<void()>> posted;
  gate_store store{[this](std::function<void()> f) { posted.push_back(std::move(f)); }};
  manual_clock time{{1'700'000'000'000}};
  metrics::registry metrics;
  pipeline::live_feed feed;
  pipeline::script_cache scripts{store};
  pipeline::turn_runner turns{{store, scripts, feed, time, metrics, [](std::string_view c) { return c == "web"; }}};
  pipeline::intake intake{turns};
  pipeline::wakeups wakeups{store, intake, time};
  std::shared_ptr<const pipeline::reply_encoder> encoder = std::make_shared<plain_encoder>();

  rig() {
    scripts.publish(dialogs::load_library(dialogs::library::files()).scripts, {}, time.now(), [](result<void>) {});
    settle();
  }

  void settle() {
    while (!posted.empty()) {
      auto f = std::move(posted.front());
      posted.pop_front();
      f();
    }
  }

  static constexpr pipeline::intake::time_point far = pipeline::intake::time_point::max();

  void submit(pipeline::verified_message m, std::vector<pipeline::turn_reply>& into,
              pipeline::intake::time_point deadline = far) {
    intake.submit(std::move(m), encoder, deadline, [&into](pipeline::turn_reply r) { into.push_back(std::move(r)); });
  }
  pipeline::turn_reply say(const std::string& user, const std::string& id, const std::string& text,
                           const std::string& channel = "city") {
    std::vector<pipeline::turn_reply> replies;
    submit(test_verifier::message(user, id, dialogs::event::text{text}, channel), replies);
    settle();
    ZHUQI_ASSERT(replies.size() == 1);
    return replies.front();
  }
  storage::conversation head(const std::string& user, const std::string& channel = "city") {
    storage::conversation out;
    store.load(channel, user, [&](result<storage::conversation> c) { out = c.value(); });
    settle();
    return out;
  }
  std::vector<storage::stored_event> log(const std::string& user, const std::string& channel = "city") {
    std::vector<storage::stored_event> out;
    store.events(head(user, channel).id, {}, 1000, [&](auto e) { out = e.value(); });
    settle();
    return out;
  }
  std::vector<storage::stored_outbox> outbox() {
    std::vector<storage::stored_outbox> out;
    store.outbox(1000, [&](auto o) { out = o.value(); });
    settle();
    return out;
  }
};

}  // namespace zhuqi::pipeline_tests
