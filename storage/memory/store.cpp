#include "storage/memory/store.hpp"

#include "storage/memory/case_table.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace zhuqi::storage {
namespace {

struct inbox_row {
  digest128 body{};
  unix_ms received;
  std::string reply;
};

class memory_store final : public store, public has_cases {
 public:
  explicit memory_store(post_fn post) : post_{std::move(post)} {}

  void commit(turn_commit turn, std::function<void(commit_outcome)> done) override {
    ++turns_;
    post_([done = std::move(done), outcome = apply(turn)]() mutable { done(std::move(outcome)); });
  }

  void load(std::string_view channel, std::string_view user, std::function<void(result<conversation>)> done) override {
    const auto known = ids_.find({std::string{channel}, std::string{user}});
    if (known != ids_.end()) return done(conversations_.at(known->second));
    conversation stranger;
    stranger.channel = channel;
    stranger.user = user;
    done(std::move(stranger));
  }

  void load(conversation_id id, std::function<void(result<conversation>)> done) override {
    const auto known = conversations_.find(id);
    if (known == conversations_.end()) return done(make_error_code(errc::not_found));
    done(known->second);
  }

  void events(conversation_id id, seq_no after, std::size_t limit,
              std::function<void(result<std::vector<stored_event>>)> done) override {
    std::vector<stored_event> found;
    for (const auto& event : events_) {
      if (event.conversation == id && event.seq > after) found.push_back(event);
    }
    if (found.size() > limit) found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(limit));
    done(std::move(found));
  }

  void due_wakeups(unix_ms now, std::size_t limit, std::function<void(result<std::vector<wakeup_row>>)> done) override {
    std::vector<wakeup_row> due;
    for (const auto& row : wakeups_) {
      if (row.due > now || due.size() == limit) break;
      due.push_back(row);
    }
    done(std::move(due));
  }

  void next_wakeup(std::function<void(result<unix_ms>)> done) override {
    done(wakeups_.empty() ? unix_ms{} : wakeups_.begin()->due);
  }

  void outbox(std::size_t limit, std::function<void(result<std::vector<stored_outbox>>)> done) override {
    std::vector<stored_outbox> waiting;
    for (const stored_outbox& row : outbox_) {
      if (waiting.size() < limit && row.state == "queued") waiting.push_back(row);
    }
    done(std::move(waiting));
  }

  void publish(script_version version, std::vector<script_move> moves,
               std::function<void(result<void>)> done) override {
    for (const script_move& m : moves) {
      if (m.from == version.hash || scripts_.contains(m.from)) continue;
      post_([done = std::move(done)] { done(make_error_code(errc::unavailable)); });
      return;
    }
    for (script_move& m : moves) moves_.insert_or_assign(m.from, std::move(m));
    live_ = version.hash;
    moves_.erase(live_);
    scripts_.emplace(version.hash, std::move(version));
    post_([done = std::move(done)] { done({}); });
  }

  result<std::vector<script_move>> script_moves() override {
    std::vector<script_move> out;
    out.reserve(moves_.size());
    for (const auto& [_, m] : moves_) out.push_back(m);
    return out;
  }

  result<script_version> load_script(std::string_view hash) override {
    const auto known = scripts_.find(hash);
    if (known == scripts_.end()) return make_error_code(errc::not_found);
    return known->second;
  }

  result<script_version> live_script() override { return load_script(live_); }

  void prune_inbox(unix_ms before, std::function<void(result<std::size_t>)> done) override {
    const auto gone = std::erase_if(inbox_, [&](const auto& row) {
      return row.first.created_s < before.value / 1000 && row.second.received < before;
    });
    post_([done = std::move(done), gone] { done(gone); });
  }

  void prune_states(unix_ms /*before*/, std::function<void(result<std::size_t>)> done) override {
    post_([done = std::move(done)] { done(std::size_t{0}); });  // only the newest state is kept anyway
  }

  store_stats stats() const override {
    store_stats s;
    s.batches = s.turns = turns_;
    return s;
  }

  void close() override { closed_ = true; }
  std::shared_ptr<case_table> cases() override { return cases_; }

 private:
  commit_outcome apply(turn_commit& turn) {
    commit_outcome outcome;
    if (closed_) {
      outcome.status = commit_status::unavailable;
      outcome.diagnosis = "the store is closed";
      return outcome;
    }
    if (turn.key) {
      const auto known = inbox_.find(*turn.key);
      if (known != inbox_.end() && known->second.body != turn.body_digest) {
        outcome.status = commit_status::body_mismatch;
        return outcome;
      }
      if (known != inbox_.end()) {
        outcome.status = commit_status::duplicate;
        outcome.reply = known->second.reply;
        return outcome;
      }
    }
    const bool cases_stand =
        std::ranges::none_of(turn.cases, [this](const case_write& w) { return cases_->refusal(w).has_value(); });
    if (!is_current(turn.before) || !cases_stand) {
      outcome.status = commit_status::version_conflict;
      return outcome;
    }
    if (auto poison = why_unwritable(turn); !poison.empty()) {
      outcome.status = commit_status::failed;
      outcome.diagnosis = std::move(poison);
      return outcome;
    }
    return write(turn);
  }

  bool is_current(const conversation& before) const {
    if (!before.id) return !ids_.contains({before.channel, before.user});
    const auto known = conversations_.find(before.id);
    return known != conversations_.end() && known->second.last_turn == before.last_turn;
  }

  static std::string why_unwritable(const turn_commit& turn) {
    for (const auto& event : turn.events) {
      if (event.kind.empty()) return "an event without a kind";
    }
    for (const auto& row : turn.outbox) {
      if (row.event_index >= turn.events.size()) return "an outbox row for an event that is not there";
    }
    return {};
  }

  commit_outcome write(turn_commit& turn) {
    conversation after = turn.after;
    after.channel = turn.before.channel;
    after.user = turn.before.user;
    after.id = turn.before.id ? turn.before.id : conversation_id{std::ssize(ids_) + 1};
    after.last_turn = last_turn_ = last_turn_.next();
    after.seq = turn.before.seq;
    after.last_event = turn.before.last_event;
    if (moves_desk(turn.before, after)) after.thread->change = after.last_turn;

    for (auto& event : turn.events) {
      after.seq = after.seq.next();
      after.last_event = event_id{std::ssize(events_) + 1};
      events_.push_back({after.last_event, after.id, after.seq, after.last_turn, turn.at, after.epoch, event.kind,
                         event.actor, event.body});
    }
    const seq_no first_seq = turn.before.seq.next();
    for (stored_outbox& row : outbox_) {
      if (turn.cancels_unsent && row.conversation == after.id) row.state = "cancelled";
    }
    for (auto& row : turn.outbox) {
      outbox_.push_back({std::ssize(outbox_) + 1,
                         after.id,
                         {first_seq.value + static_cast<std::int64_t>(row.event_index)},
                         after.epoch,
                         after.channel,
                         after.user,
                         "queued",
                         row.not_before,
                         row.body});
    }
    if (turn.wakeup_done) wakeups_.erase(*turn.wakeup_done);
    std::erase_if(wakeups_, [&](const wakeup_row& row) { return row.conversation == after.id; });
    if (after.wakeup) wakeups_.insert({after.wakeup, after.id});

    if (turn.key) inbox_.emplace(*turn.key, inbox_row{turn.body_digest, turn.at, turn.reply});
    for (case_write& w : turn.cases) {
      w.key.reset();
      cases_->write(w, after.id);
    }
    for (auto& r : turn.records) cases_->records.push_back(std::move(r));
    ids_[{after.channel, after.user}] = after.id;
    conversations_[after.id] = after;
    return {commit_status::committed, std::move(after), first_seq, std::move(turn.reply), {}};
  }

  post_fn post_;
  const std::shared_ptr<case_table> cases_ = std::make_shared<case_table>();
  bool closed_ = false;
  std::uint64_t turns_ = 0;
  turn_id last_turn_;
  std::map<inbox_key, inbox_row> inbox_;
  std::map<std::pair<std::string, std::string>, conversation_id> ids_;
  std::map<conversation_id, conversation> conversations_;
  std::vector<stored_event> events_;
  std::vector<stored_outbox> outbox_;
  std::set<wakeup_row> wakeups_;
  std::map<std::string, script_version, std::less<>> scripts_;
  std::map<std::string, script_move> moves_;
  std::string live_;
};

}  // namespace

std::unique_ptr<store> make_memory_store(post_fn post) { return std::make_unique<memory_store>(std::move(post)); }

}  // namespace zhuqi::storage
