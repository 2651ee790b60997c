#include "storage/sqlite/prune.hpp"

#include <utility>

namespace zhuqi::storage::sqlite {
namespace {

constexpr int window = 1'000;  ///< rows looked at in one step: ~2 ms

/// Steps until something was deleted or the walk is over; then reports.
class pruning : public job {
 public:
  pruning(post_fn post, pruned_fn done) : post_{std::move(post)}, done_{std::move(done)} {}

  progress step(SQLite::Database& db) final {
    const bool over = walk(db);
    return over || deleted_ > 0 ? progress::finished : progress::more;
  }
  void succeeded() final {
    post_([done = std::move(done_), n = deleted_] { done(n); });
  }
  void failed() final {
    post_([done = std::move(done_)] { done(make_error_code(errc::unavailable)); });
  }

 protected:
  /// Looks at one window, deletes from it; true at the end of the table's relevant part.
  virtual bool walk(SQLite::Database& db) = 0;
  std::size_t deleted_ = 0;

 private:
  post_fn post_;
  pruned_fn done_;
};

class inbox_pruning final : public pruning {
 public:
  inbox_pruning(unix_ms before, post_fn post, pruned_fn done)
      : pruning{std::move(post), std::move(done)}, before_{before} {}

 private:
  bool walk(SQLite::Database& db) override {
    struct key {
      std::int64_t created_s;
      std::string digest;
    };
    std::vector<key> gone;
    int seen = 0;
    {
      SQLite::Statement rows{
          db,
          "SELECT created_s, digest, received_ms FROM inbox"
          " WHERE (created_s, digest) > (?, ?) AND created_s < ? ORDER BY created_s, digest LIMIT ?"};
      execution row{rows};
      row.bind(created_s_).bind_blob(digest_.data(), digest_.size()).bind(before_.value / 1000).bind(window);
      std::string last;
      for (; row.step(); ++seen) {
        created_s_ = row.integer(0);
        last = row.text(1);
        if (row.integer(2) < before_.value) gone.push_back({created_s_, last});
      }
      digest_.swap(last);
    }
    SQLite::Statement remove{db, "DELETE FROM inbox WHERE created_s = ? AND digest = ?"};
    for (const auto& k : gone) {
      deleted_ += static_cast<std::size_t>(
          execution{remove}.bind(k.created_s).bind_blob(k.digest.data(), k.digest.size()).run());
    }
    return seen < window;
  }

  const unix_ms before_;
  std::int64_t created_s_ = INT64_MIN;
  std::string digest_;
};

class state_pruning final : public pruning {
 public:
  state_pruning(unix_ms before, std::function<turn_id(conversation_id)> head, std::int64_t& position, post_fn post,
                pruned_fn done)
      : pruning{std::move(post), std::move(done)}, before_{before}, head_{std::move(head)}, position_{position} {}

 private:
  bool walk(SQLite::Database& db) override {
    std::vector<std::int64_t> gone;
    int seen = 0;
    bool over = false;
    {
      SQLite::Statement rows{db, "SELECT turn, conversation, at_ms FROM state WHERE turn > ? ORDER BY turn LIMIT ?"};
      execution row{rows};
      row.bind(position_).bind(window);
      for (; !over && row.step(); ++seen) {
        // Turns are nearly in the order of their times (a clock may step back); the first young one ends the walk.
        if (row.integer(2) >= before_.value) {
          over = true;
          break;
        }
        position_ = row.integer(0);
        if (head_({row.integer(1)}).value > position_) gone.push_back(position_);
      }
    }
    SQLite::Statement remove{db, "DELETE FROM state WHERE turn = ?"};
    for (const auto turn : gone) deleted_ += static_cast<std::size_t>(execution{remove}.bind(turn).run());
    if (seen < window) over = true;
    if (over) position_ = 0;  // what it kept may be superseded when it comes by again
    return over;
  }

  const unix_ms before_;
  const std::function<turn_id(conversation_id)> head_;
  std::int64_t& position_;
};

}  // namespace

std::unique_ptr<job> make_prune_inbox(unix_ms before, post_fn post, pruned_fn done) {
  return std::make_unique<inbox_pruning>(before, std::move(post), std::move(done));
}

std::unique_ptr<job> make_prune_states(unix_ms before, std::function<turn_id(conversation_id)> head,
                                       std::int64_t& position, post_fn post, pruned_fn done) {
  return std::make_unique<state_pruning>(before, std::move(head), position, std::move(post), std::move(done));
}

}  // namespace zhuqi::storage::sqlite
