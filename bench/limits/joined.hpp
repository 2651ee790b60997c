#pragma once
// Both limits in one server: Beast callbacks on one thread, group commit of the turn's rows on another, answers after COMMIT.

#include "bench/limits/rows.hpp"
#include "bench/limits/sessions.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace zhuqi::bench {

class joined_server {
 public:
  /// `known` = number of conversations that `rows` was seeded with.
  joined_server(boost::asio::io_context& loop, row_writer& rows, std::uint64_t known, std::size_t reply_bytes);
  ~joined_server();
  joined_server(const joined_server&) = delete;
  joined_server& operator=(const joined_server&) = delete;

  void take(std::string_view body, send_reply send);

 private:
  struct pending {
    turn_row row;
    std::string reply;
    send_reply send;
  };
  struct place {
    std::int64_t conversation = 0;
    std::int64_t seq = 0;
  };
  void write_batches();

  boost::asio::io_context& loop_;
  row_writer& rows_;
  std::size_t reply_bytes_;
  std::unordered_map<std::string, place> users_;
  std::vector<std::int64_t> last_event_;  ///< by conversation; the writer's
  std::int64_t next_turn_ = 1;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::vector<pending> waiting_;
  bool stopping_ = false;
  std::thread writer_;
};

}  // namespace zhuqi::bench
