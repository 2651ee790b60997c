#include "tests/contract/harness.hpp"

#include <unistd.h>
#include <cstring>
#include <stdexcept>

namespace zhuqi::storage::contract {

void loop::post(std::function<void()> f) {
  {
    const std::lock_guard lock{mutex_};
    queue_.push_back(std::move(f));
    ++posts_;
  }
  wake_.notify_one();
}

void loop::run_until(const std::function<bool()>& done) {
  while (!done()) {
    std::function<void()> next;
    {
      std::unique_lock lock{mutex_};
      if (!wake_.wait_for(lock, std::chrono::seconds{60}, [this] { return !queue_.empty(); })) {
        throw std::runtime_error{"no answer from the store in 60 s"};
      }
      next = std::move(queue_.front());
      queue_.pop_front();
    }
    next();
  }
}

post_fn loop::poster() {
  return [this](std::function<void()> f) { post(std::move(f)); };
}

temp_dir::temp_dir() {
  auto name = (std::filesystem::temp_directory_path() / "zhuqi-store-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary directory"};
  path_ = name;
}

temp_dir::~temp_dir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

harness::harness(kind k, sqlite_options options) : kind_{k}, options_{std::move(options)} {
  if (options_.path.empty()) options_.path = dir_.file("zhuqi.db");
  open();
}

harness::~harness() { store_->close(); }

void harness::open() {
  if (kind_ == kind::memory) {
    store_ = make_memory_store(loop_.poster());
  } else {
    store_ = make_sqlite_store(options_, loop_.poster(), [this](const std::string& what) { fatal_.push_back(what); });
  }
}

void harness::reopen() {
  if (kind_ == kind::memory) return;  // nothing of it is on disk
  store_->close();
  store_.reset();
  open();
}

commit_outcome harness::commit(turn_commit turn) { return commit_all({std::move(turn)}).front(); }

std::vector<commit_outcome> harness::commit_all(std::vector<turn_commit> turns) {
  std::vector<commit_outcome> outcomes;
  const auto n = turns.size();
  for (auto& turn : turns) {
    store_->commit(std::move(turn), [&](commit_outcome o) { outcomes.push_back(std::move(o)); });
  }
  loop_.run_until([&] { return outcomes.size() == n; });
  return outcomes;
}

namespace {

/// Runs `ask(callback)` and the loop until the callback came.
template <class T, class Ask>
result<T> answer(loop& l, Ask&& ask) {
  std::optional<result<T>> got;
  ask([&](result<T> r) { got.emplace(std::move(r)); });
  l.run_until([&] { return got.has_value(); });
  return *got;
}

}  // namespace

conversation harness::load(const std::string& user, const std::string& channel) {
  return answer<conversation>(loop_, [&](auto done) { store_->load(channel, user, done); }).value();
}

result<conversation> harness::load(conversation_id id) {
  return answer<conversation>(loop_, [&](auto done) { store_->load(id, done); });
}

std::vector<stored_event> harness::events(conversation_id id, seq_no after, std::size_t limit) {
  return answer<std::vector<stored_event>>(loop_, [&](auto done) { store_->events(id, after, limit, done); }).value();
}

std::vector<wakeup_row> harness::due(unix_ms now, std::size_t limit) {
  return answer<std::vector<wakeup_row>>(loop_, [&](auto done) { store_->due_wakeups(now, limit, done); }).value();
}

unix_ms harness::next_wakeup() {
  return answer<unix_ms>(loop_, [&](auto done) { store_->next_wakeup(done); }).value();
}

std::vector<stored_outbox> harness::outbox(std::size_t limit) {
  return answer<std::vector<stored_outbox>>(loop_, [&](auto done) { store_->outbox(limit, done); }).value();
}

result<void> harness::publish(script_version version, std::vector<script_move> moves) {
  return answer<void>(loop_, [&](auto done) { store_->publish(std::move(version), std::move(moves), done); });
}

std::size_t harness::prune_inbox(unix_ms before) {
  for (std::size_t all = 0;;) {
    const auto gone = answer<std::size_t>(loop_, [&](auto done) { store_->prune_inbox(before, done); }).value();
    if (gone == 0) return all;
    all += gone;
  }
}

std::size_t harness::prune_states(unix_ms before) {
  for (std::size_t all = 0;;) {
    const auto gone = answer<std::size_t>(loop_, [&](auto done) { store_->prune_states(before, done); }).value();
    if (gone == 0) return all;
    all += gone;
  }
}

digest128 digest_of(std::uint64_t n) {
  digest128 d{};
  n *= 0x9e3779b97f4a7c15ULL;  // spread, as a real digest is
  std::memcpy(d.data(), &n, sizeof n);
  return d;
}

inbox_key key_of(std::int64_t created_s, std::uint64_t n) { return {created_s, digest_of(n)}; }

conversation stranger(const std::string& user, const std::string& channel) {
  conversation c;
  c.channel = channel;
  c.user = user;
  return c;
}

turn_commit turn_after(const conversation& before, const std::string& text, std::uint64_t message, unix_ms at) {
  turn_commit turn;
  turn.key = key_of(at.value / 1000, message);
  turn.body_digest = digest_of(std::hash<std::string>{}(text));
  turn.reply = "<xml>" + text + "?</xml>";
  turn.before = before;
  turn.after = before;
  turn.after.snapshot = R"({"heard":")" + text + R"("})";
  turn.events = {{"user.text", "user", text}, {"bot.text", "bot", text + "?"}};
  turn.at = at;
  return turn;
}

}  // namespace zhuqi::storage::contract
