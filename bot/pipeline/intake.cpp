#include "bot/pipeline/intake.hpp"

#include "bot/pipeline/user_key.hpp"
#include "bot/runtime/log.hpp"

#include <cstring>
#include <utility>

namespace zhuqi::pipeline {
std::size_t intake::key_hash::operator()(const storage::inbox_key& key) const noexcept {
  std::size_t h = 0;  // the digest is a SHA-256: any eight bytes of it are a good hash
  std::memcpy(&h, key.digest.data(), sizeof h);
  return h;
}

void intake::submit(verified_message message, std::shared_ptr<const reply_encoder> encoder, time_point deadline,
                    reply_fn done) {
  if (const auto first = in_flight_.find(message->key); first != in_flight_.end()) {
    if (first->second->message->body_digest != message->body_digest) {
      turns_.alarm("body_mismatch", *message);
      done({turn_status::mismatch, {}, {}, {}});
      return;
    }
    ++stats_.joined;
    first->second->waiters.push_back({deadline, std::move(done)});
    return;
  }
  if (stopping_ || in_flight_.size() >= limits::turns_in_flight) return refuse(done);

  const std::string lane = user_key(message->channel, message->user);
  const storage::inbox_key key = message->key;
  auto j = std::make_shared<job>(std::move(message), std::move(encoder), std::vector<waiter>{});
  j->waiters.push_back({deadline, std::move(done)});
  in_flight_.emplace(key, j);
  if (lanes_.enter(lane, [this, j, lane] { run(j, lane); }) == runtime::lanes::admission::full) {
    in_flight_.erase(key);
    refuse(j->waiters.front().done);
  }
}

void intake::run(const std::shared_ptr<job>& j, const std::string& lane) {
  turns_.run(j->message, *j->encoder, [this, j, lane](const turn_reply& reply) {
    finish(j, reply);
    lanes_.leave(lane);
  });
}

void intake::finish(const std::shared_ptr<job>& j, const turn_reply& reply) {
  in_flight_.erase(j->message->key);
  if (j->waiters.empty() && !reply.bytes.empty()) {
    ++stats_.undelivered;
    log::warn("reply.undelivered", {{"conversation", reply.conversation.value}, {"seq", reply.last_seq.value}});
  }
  for (auto& w : std::exchange(j->waiters, {})) w.done(reply);
}

void intake::refuse(const reply_fn& done) {
  ++stats_.refused;
  done({turn_status::unavailable, {}, {}, {}});
}

void intake::wake(storage::wakeup_row row, std::function<void()> finished) {
  turns_.identify(row.conversation, [this, row, finished](const storage::conversation* who) {
    if (who == nullptr || stopping_) return finished();
    const std::string lane = user_key(who->channel, who->user);
    const auto admitted = lanes_.enter(lane, [this, row, channel = who->channel, user = who->user, lane, finished] {
      turns_.run_wakeup(row, channel, user, [this, lane, finished] {
        lanes_.leave(lane);
        finished();
      });
    });
    // A full lane is busy with its user; the row stays in the table and is read again.
    if (admitted == runtime::lanes::admission::full) finished();
  });
}

void intake::act(official_act what, act_fn done) {
  auto kept = std::make_shared<official_act>(std::move(what));
  turns_.identify(kept->conversation, [this, kept, done = std::move(done)](const storage::conversation* who) {
    if (who == nullptr) return done({act_status::unknown, {}});
    if (stopping_) return done({act_status::unavailable, *who});
    const std::string lane = user_key(who->channel, who->user);
    const auto run = [this, kept, channel = who->channel, user = who->user, lane, done] {
      turns_.run_official(std::move(*kept), channel, user, [this, lane, done](act_outcome outcome) {
        done(std::move(outcome));
        lanes_.leave(lane);
      });
    };
    if (lanes_.enter(lane, run) == runtime::lanes::admission::full) done({act_status::unavailable, *who});
  });
}

void intake::sweep(time_point now) {
  std::vector<reply_fn> late;
  for (auto& [key, j] : in_flight_) {
    std::erase_if(j->waiters, [&](waiter& w) {
      if (w.deadline > now) return false;
      late.push_back(std::move(w.done));
      return true;
    });
  }
  stats_.timed_out += late.size();
  for (const auto& done : late) done({turn_status::unavailable, {}, {}, {}});
}

}  // namespace zhuqi::pipeline
