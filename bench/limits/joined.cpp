#include "bench/limits/joined.hpp"

#include "bench/load/users.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iterator>

namespace zhuqi::bench {
namespace {

constexpr std::size_t most_in_a_batch = 256;

std::int64_t number_of(std::string_view s) {
  std::int64_t out = 0;
  std::from_chars(s.data(), s.data() + s.size(), out);
  return out;
}

}  // namespace

joined_server::joined_server(boost::asio::io_context& loop, row_writer& rows, std::uint64_t known,
                             std::size_t reply_bytes)
    : loop_{loop}, rows_{rows}, reply_bytes_{reply_bytes}, last_event_(known + 1) {
  users_.reserve(known);
  for (std::uint64_t i = 0; i < known; ++i) {
    users_.emplace(std::string{view(name_of(i))}, place{static_cast<std::int64_t>(i + 1), 0});
  }
  writer_ = std::thread{[this] {
    try {
      write_batches();
    } catch (const std::exception& e) {
      std::fprintf(stderr, "zhuqi_limits: %s\n", e.what());
      std::abort();
    }
  }};
}

joined_server::~joined_server() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  woken_.notify_one();
  writer_.join();
}

void joined_server::take(std::string_view body, send_reply send) {
  const std::string_view user = field_of(body, "<FromUserName><![CDATA[", "]]>");
  const auto [at, is_new] = users_.try_emplace(std::string{user});
  // Everybody who may write was seeded, so this server needs no row of who is who.
  if (is_new) at->second.conversation = static_cast<std::int64_t>(users_.size());
  pending p;
  p.row.turn = next_turn_++;
  p.row.conversation = at->second.conversation;
  p.row.seq = at->second.seq + 1;
  at->second.seq += 2;
  p.row.created_s = number_of(field_of(body, "<CreateTime>", "<"));
  p.row.digest = {mix64(std::hash<std::string_view>{}(user)),
                  mix64(static_cast<std::uint64_t>(number_of(field_of(body, "<MsgId>", "<"))))};
  p.reply = fixed_reply(body, reply_bytes_);
  p.send = std::move(send);
  bool wake = false;
  {
    const std::lock_guard lock{mutex_};
    wake = waiting_.empty();
    waiting_.push_back(std::move(p));
  }
  if (wake) woken_.notify_one();
}

void joined_server::write_batches() {
  std::vector<pending> batch;
  for (;;) {
    {
      std::unique_lock lock{mutex_};
      woken_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      if (waiting_.size() <= most_in_a_batch) {
        batch.swap(waiting_);
      } else {
        const auto end = waiting_.begin() + most_in_a_batch;
        batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
      }
    }
    rows_.begin();
    for (pending& p : batch) {
      const auto conversation = static_cast<std::size_t>(p.row.conversation);
      if (conversation >= last_event_.size()) last_event_.resize(2 * conversation);
      p.row.last_event = last_event_[conversation];
      last_event_[conversation] = rows_.write(p.row);
    }
    rows_.commit();
    boost::asio::post(loop_, [done = std::move(batch)]() mutable {
      for (pending& p : done) p.send(std::move(p.reply));
    });
    batch.clear();
  }
}

}  // namespace zhuqi::bench
