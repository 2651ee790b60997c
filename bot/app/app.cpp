#include "bot/app/app.hpp"

#include "bot/app/data_dir.hpp"
#include "bot/app/file_clock.hpp"
#include "bot/app/service_manager.hpp"
#include "bot/app/ticker.hpp"
#include "bot/app/web_files.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/live_feed.hpp"
#include "bot/pipeline/script_cache.hpp"
#include "bot/pipeline/turn.hpp"
#include "bot/pipeline/wakeups.hpp"
#include "bot/runtime/http_server.hpp"
#include "bot/runtime/log.hpp"
#include "bot/runtime/metrics.hpp"
#include "dialogs/library.hpp"
#include "handlers/ops/routes.hpp"
#include "handlers/pages/routes.hpp"
#include "handlers/webchat/routes.hpp"
#include "handlers/wechat/webhook.hpp"
#include "storage/sqlite/store.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <unistd.h>

namespace zhuqi::app {
namespace asio = boost::asio;
using namespace std::chrono_literals;
namespace {

constexpr auto sweep_every = 50ms;     // deadlines of callbacks: 4.5 s + 50 ms is still inside the platform's 5 s
constexpr auto wakeups_every = 250ms;  // reminders are at most this late
constexpr auto prune_every = 60s;
constexpr auto stop_within = 10s;      // then connections are cut; what was acknowledged is durable anyway
constexpr int exit_in_doubt = 71;      // the store does not know what is on disk: only a restart finds out

// Durability is in doubt: nothing may be answered any more, not even by destructors.
[[noreturn]] void die_in_doubt(const std::string& what) {
  const std::string line = "{\"level\":\"error\",\"event\":\"storage.fatal\",\"reason\":\"" + what + "\"}\n";
  [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, line.data(), line.size());
  ::_exit(exit_in_doubt);
}

log::level to_level(const std::string& name) {
  if (name == "debug") return log::level::debug;
  if (name == "warn") return log::level::warn;
  if (name == "error") return log::level::error;
  return log::level::info;
}

asio::ip::tcp::endpoint to_tcp(const endpoint& e) { return {asio::ip::make_address(e.host), e.port}; }

std::string show(const asio::ip::tcp::endpoint& e) {
  const std::string host = e.address().to_string();
  return (e.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(e.port());
}

/// Everything that lives as long as the service, in the order of its dependencies.
class service {
 public:
  service(const config& settings, const serve_options& options)
      : settings_{settings},
        clock_{options.clock_file},
        data_{open_data_dir(settings.data)},
        server_key_{load_server_key(data_)},
        store_{storage::make_sqlite_store(
            {database_file(data_).string()},
            [this](std::function<void()> f) { asio::post(loop_, std::move(f)); }, die_in_doubt)},
        scripts_{*store_},
        turns_{{*store_, scripts_, feed_, clock_, metrics_,
                [this](std::string_view channel) { return is_webchat(channel); }}},
        intake_{turns_},
        wakeups_{*store_, intake_, clock_},
        public_server_{loop_, public_routes(), server_options()},
        ops_server_{loop_, ops_routes(), {}} {}

  int run() {
    publish_shipped_scripts();
    open_sockets();
    start_tickers();
    asio::signal_set signals{loop_, SIGTERM, SIGINT};
    signals.async_wait([this](const boost::system::error_code& error, int) {
      if (!error) begin_stop();
    });
    loop_.run();
    store_->close();
    log::info("stopped");
    return exit_code_;
  }

 private:
  bool is_webchat(std::string_view channel) const {
    for (const auto& c : settings_.webchat) {
      if (c.id == channel) return true;
    }
    return false;
  }

  http::server_options server_options() const {
    http::server_options o;
    o.allowed_hosts = settings_.allowed_hosts;
    return o;
  }

  auto submit() {
    return [this](pipeline::verified_message m, std::shared_ptr<const pipeline::reply_encoder> encoder,
                  std::chrono::steady_clock::time_point deadline, pipeline::reply_fn done) {
      intake_.submit(std::move(m), std::move(encoder), deadline, std::move(done));
    };
  }

  http::router public_routes();
  http::router ops_routes();
  void publish_shipped_scripts();
  void open_sockets();
  void start_tickers();
  void begin_stop();
  void finish_stop();

  const config& settings_;
  asio::io_context loop_{1};
  file_clock clock_;
  std::filesystem::path data_;
  secret server_key_;
  metrics::registry metrics_;
  pipeline::live_feed feed_;
  std::unique_ptr<storage::store> store_;
  pipeline::script_cache scripts_;
  pipeline::turn_runner turns_;
  pipeline::intake intake_;
  pipeline::wakeups wakeups_;
  http::server public_server_;
  http::server ops_server_;
  std::vector<std::unique_ptr<ticker>> tickers_;
  bool ready_ = false;
  bool stopping_ = false;
  int exit_code_ = 0;
};

}  // namespace
}  // namespace zhuqi::app
