#pragma once
// The web chat channel: sockets of visitors in, verified messages to the pipeline, committed events back over the live feed.
// Holds what all sockets share; what one socket does stands in visitor_socket.cpp. Loop thread only.

#include "bot/base/clock.hpp"
#include "bot/base/secret.hpp"
#include "bot/pipeline/inbound.hpp"
#include "bot/pipeline/live_feed.hpp"
#include "bot/runtime/http.hpp"
#include "handlers/webchat/rate_limit.hpp"
#include "handlers/webchat/token.hpp"
#include "storage/store.hpp"

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <utility>

namespace zhuqi::webchat {

using submit_fn = std::function<void(pipeline::verified_message, std::shared_ptr<const pipeline::reply_encoder>,
                                     std::chrono::steady_clock::time_point, pipeline::reply_fn)>;
using steady_fn = std::function<std::chrono::steady_clock::time_point()>;

struct options {
  std::string channel = "web";  ///< channel id of the configuration
  secret token_key;             ///< signs visitors' tokens; kept with the data
  std::string
      public_host;        ///< authority of public_url ("zhuqi.example.gov.cn"): an Origin that is right behind a proxy
  rate sends{10, 2};      ///< messages of one visitor, all tabs together
  rate newcomers{60, 1};  ///< new visitors from one address; offices and mobile networks share theirs
  rate requests{30, 5};   ///< other frames of one socket
};

struct endpoint_stats {
  std::uint64_t sockets = 0;     ///< open now
  std::uint64_t visitors = 0;    ///< tokens issued
  std::uint64_t messages = 0;    ///< taken into the pipeline
  std::uint64_t refused = 0;     ///< messages and newcomers over a rate
  std::uint64_t bad_frames = 0;  ///< sockets closed for what they sent
};

class visitor_socket;

class endpoint : public std::enable_shared_from_this<endpoint> {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  /// `store` and `feed` outlive the endpoint; sockets keep the endpoint alive. Make it with std::make_shared.
  endpoint(options o, submit_fn submit, storage::store& store, pipeline::live_feed& feed, const clock& time,
           steady_fn steady = &std::chrono::steady_clock::now);

  /// For the route GET /api/v1/chat/stream.
  http::ws_acceptor acceptor();
  /// Closes sockets that never said hello, forgets idle rate limits. To be called about every second.
  void sweep(time_point now);

  const endpoint_stats& stats() const { return stats_; }

 private:
  friend class visitor_socket;
  std::pair<std::unique_ptr<http::ws_session>, http::response> accept(const http::request& request);

  options options_;
  submit_fn submit_;
  storage::store& store_;
  pipeline::live_feed& feed_;
  const clock& time_;
  steady_fn steady_;
  visitor_tokens tokens_;
  rate_limiter sends_;
  rate_limiter newcomers_;
  std::list<std::pair<time_point, std::weak_ptr<visitor_socket>>> silent_;  ///< no hello yet, oldest first
  time_point last_forgetting_;
  endpoint_stats stats_;
};

}  // namespace zhuqi::webchat
