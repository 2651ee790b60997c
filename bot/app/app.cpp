#include "bot/app/app.hpp"

#include "bot/app/console_desk.hpp"
#include "bot/app/data_dir.hpp"
#include "bot/app/file_clock.hpp"
#include "bot/app/gauges.hpp"
#include "bot/app/script_publisher.hpp"
#include "bot/app/service_manager.hpp"
#include "bot/app/web_files.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/live_feed.hpp"
#include "bot/pipeline/script_cache.hpp"
#include "bot/pipeline/turn.hpp"
#include "bot/pipeline/wakeups.hpp"
#include "bot/runtime/http_server.hpp"
#include "bot/runtime/log.hpp"
#include "bot/runtime/loop_timer.hpp"
#include "bot/runtime/metrics.hpp"
#include "bot/runtime/worker_pool.hpp"
#include "handlers/ops/routes.hpp"
#include "handlers/pages/pages.hpp"
#include "handlers/webchat/endpoint.hpp"
#include "handlers/wechat/webhook.hpp"
#include "storage/sqlite/store.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <sys/stat.h>
#include <unistd.h>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace zhuqi::app {
namespace asio = boost::asio;
using namespace std::chrono_literals;
namespace {

constexpr auto sweep_every = 50ms;     // deadlines of callbacks: 4.5 s + 50 ms is still inside the platform's 5 s
constexpr auto wakeups_every = 250ms;  // reminders are at most this late
constexpr auto prune_every = 60s;
constexpr std::size_t worker_threads = 1;
constexpr std::size_t worker_queue = 16;
constexpr auto stop_within = 10s;  // then connections are cut; what was acknowledged is durable anyway
constexpr int exit_in_doubt = 71;  // the store does not know what is on disk: only a restart finds out

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

// "https://zhuqi.example.gov.cn/x" → "zhuqi.example.gov.cn"
std::string authority_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string{url.substr(0, url.find('/'))};
}

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
        store_{storage::make_sqlite_store(store_options(), post(), die_in_doubt)},
        scripts_{*store_},
        workers_{loop_, worker_threads, worker_queue},
        publisher_{settings.scripts, scripts_, *store_, clock_, workers_},
        turns_{{*store_, scripts_, feed_, clock_, metrics_,
                [this](std::string_view channel) { return is_webchat(channel); }, nullptr,
                [this](std::string_view channel, std::string_view queue) { return desk_.place_of(channel, queue); },
                [this](pipeline::desk_place where, std::int64_t sla_ms) { return desk_.queue_at(where, sla_ms); },
                [this](const storage::conversation& before, const storage::conversation& after) {
                  desk_.thread_changed(before, after);
                }}},
        intake_{turns_},
        wakeups_{*store_, intake_, clock_},
        desk_{{*store_, database_file(data_).string(), post(), intake_, scripts_, feed_, clock_, workers_, data_,
               server_key_, authority_of(settings_.public_url)}},
        public_server_{loop_, public_routes(), server_options()},
        ops_server_{loop_, ops_routes(), {}} {}

  int run() {
    turns_.serve(desk_.services());
    asio::signal_set reload{loop_, SIGHUP};  // from here on a SIGHUP ends nothing
    publish_scripts();
    open_sockets();
    start_tickers();
    watch(reload);
    asio::signal_set signals{loop_, SIGTERM, SIGINT};
    signals.async_wait([this, &reload](const boost::system::error_code& error, int) {
      if (error) return;
      reload.cancel();
      begin_stop();
    });
    loop_.run();
    store_->close();
    log::info("stopped");
    return 0;
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

  storage::sqlite_options store_options() {
    storage::sqlite_options o;
    o.path = database_file(data_).string();
    o.clock = &clock_;
    o.on_commit = [this](std::size_t turns, double seconds) { metrics_.commit_batch(turns, seconds); };
    return o;
  }

  storage::post_fn post() {
    return [this](std::function<void()> f) { asio::post(loop_, std::move(f)); };
  }

  auto submit() {
    return [this](pipeline::verified_message m, std::shared_ptr<const pipeline::reply_encoder> encoder,
                  std::chrono::steady_clock::time_point deadline, pipeline::reply_fn done) {
      intake_.submit(std::move(m), std::move(encoder), deadline, std::move(done));
    };
  }

  http::router public_routes();
  http::router ops_routes();
  void add_chat_pages(http::router& routes) const;
  void add_console_pages(http::router& routes) const;
  ops::readiness why_not_ready() const;
  void publish_scripts();
  void watch(asio::signal_set& reload);
  void open_sockets();
  void start_tickers();
  void begin_stop();
  void finish_stop();
  using prune_fn = void (storage::store::*)(unix_ms, std::function<void(result<std::size_t>)>);
  void prune();
  void prune_more(prune_fn what, unix_ms before);
  void update_gauges();

  const config& settings_;
  asio::io_context loop_{1};
  file_clock clock_;
  std::filesystem::path data_;
  secret server_key_;
  metrics::registry metrics_;
  pipeline::live_feed feed_;
  std::unique_ptr<storage::store> store_;
  pipeline::script_cache scripts_;
  worker_pool workers_;
  script_publisher publisher_;
  pipeline::turn_runner turns_;
  pipeline::intake intake_;
  pipeline::wakeups wakeups_;
  console_desk desk_;
  std::shared_ptr<webchat::endpoint> chat_;
  http::server public_server_;
  http::server ops_server_;
  std::vector<std::unique_ptr<loop_timer>> tickers_;
  asio::steady_timer stop_timer_{loop_};
  asio::steady_timer stop_poll_{loop_};
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  bool ready_ = false;
  bool stopping_ = false;
  bool finished_ = false;
};

http::router service::public_routes() {
  http::router routes;
  std::vector<std::shared_ptr<wechat::webhook>> webhooks;
  for (const auto& channel : settings_.wechat) {
    wechat::webhook_observer observer;
    observer.rejected = [this](std::string_view id, std::string_view reason) {
      metrics_.callback_rejected(id, reason);
    };
    observer.alarm = [this](std::string_view kind) { metrics_.alarm(kind); };
    webhooks.push_back(std::make_shared<wechat::webhook>(channel, clock_, submit(), std::move(observer)));
  }
  for (auto& route : wechat::wechat_routes(webhooks)) routes.add(std::move(route));

  if (!settings_.webchat.empty()) {
    webchat::options o;
    o.channel = settings_.webchat.front().id;
    o.token_key = server_key_;
    o.public_host = authority_of(settings_.public_url);
    chat_ = std::make_shared<webchat::endpoint>(std::move(o), submit(), *store_, feed_, clock_);
    routes.add({"/api/v1/chat/stream", {http::access::visitor, 0}, chat_->acceptor()});
    add_chat_pages(routes);
  }
  desk_.add_routes(routes);
  add_console_pages(routes);
  return routes;
}

void service::add_chat_pages(http::router& routes) const {
  if (web::files().empty()) return log::warn("web.missing", {{"fix", "build web/ before the binary"}});
  std::string embedders = "'self'";
  for (const auto& origin : settings_.embed_origins) embedders += " " + origin;
  pages::add_pages(routes, {web::files(), {{"/", "index.html", embedders}}, "/"});
}

void service::add_console_pages(http::router& routes) const {
  if (web_console::files().empty()) return log::warn("console.missing", {{"fix", "build web/ before the binary"}});
  pages::add_pages(routes,
                   {web_console::files(), {{"/console", "index.html"}, {"/console/*", "index.html"}}, "/console/"});
}

void service::update_gauges() {
  const http::server_stats& http = public_server_.stats();
  metrics_.gauge("http_connections", static_cast<double>(http.connections));
  metrics_.gauge("http_accepted", static_cast<double>(http.accepted));
  metrics_.gauge("http_refused_full", static_cast<double>(http.refused_full));
  metrics_.gauge("http_requests", static_cast<double>(http.requests));
  metrics_.gauge("http_rejected", static_cast<double>(http.rejected));
  metrics_.gauge("http_timeouts", static_cast<double>(http.timeouts));
  metrics_.gauge("turns_in_flight", static_cast<double>(intake_.in_flight()));
  metrics_.gauge("console_sockets", static_cast<double>(desk_.sockets()));
  metrics_.gauge("webchat_visitors", chat_ ? static_cast<double>(chat_->stats().sockets) : 0.0);
  const storage::store_stats stored = store_->stats();
  metrics_.gauge("commit_batches", static_cast<double>(stored.batches));
  metrics_.gauge("commit_turns", static_cast<double>(stored.turns));
  metrics_.gauge("commit_replays", static_cast<double>(stored.replays));
  metrics_.gauge("commit_slowest_seconds", static_cast<double>(stored.slowest_commit_us) * 1e-6);
  metrics_.gauge("callbacks_joined", static_cast<double>(intake_.stats().joined));
  metrics_.gauge("callbacks_timed_out", static_cast<double>(intake_.stats().timed_out));
  metrics_.gauge("callbacks_refused", static_cast<double>(intake_.stats().refused));
  metrics_.gauge("replies_undelivered", static_cast<double>(intake_.stats().undelivered));
  metrics_.gauge("log_dropped_lines", static_cast<double>(log::dropped()));
  metrics_.gauge("scripts_refused", publisher_.refused() ? 1.0 : 0.0);
  metrics_.gauge("ready", why_not_ready().empty() ? 1.0 : 0.0);
  set_process_gauges(metrics_, database_file(data_), started_);
}

ops::readiness service::why_not_ready() const {
  ops::readiness reasons;
  if (!ready_) reasons.push_back("starting");
  if (stopping_) reasons.push_back("stopping");
  return reasons;
}

http::router service::ops_routes() {
  return ops::make_ops_routes({[this] { return why_not_ready(); },
                               [this] {
                                 update_gauges();
                                 return metrics_.render();
                               }});
}

void service::publish_scripts() {
  result<void> published = make_error_code(errc::unavailable);
  bool done = false;
  auto waiting = asio::make_work_guard(loop_);  // a loop without work stops, and would miss the writer's answer
  publisher_.begin([&](result<void> r) {
    published = r;
    done = true;
  });
  while (!done) loop_.run_one();
  waiting.reset();
  loop_.restart();
  if (!published) {
    throw std::runtime_error{"there are no scripts to serve (" + published.error().message() +
                             "); zhuqi script check says what is wrong with a folder"};
  }
}

// SIGHUP: an operator has changed the scripts.
void service::watch(asio::signal_set& reload) {
  reload.async_wait([this, &reload](const boost::system::error_code& error, int) {
    if (error) return;
    publisher_.reload();
    watch(reload);
  });
}

void service::open_sockets() {
  if (const auto fd = passed_socket("zhuqi-http")) {
    public_server_.adopt(*fd);
  } else {
    public_server_.listen(to_tcp(settings_.listen));
  }
  ops_server_.listen(to_tcp(settings_.ops_listen));
  ready_ = true;
  log::info("listening", {{"address", show(public_server_.local_endpoint())},
                          {"ops_address", show(ops_server_.local_endpoint())},
                          {"scripts", scripts_.live()->version()}});
  notify_ready();
}

void service::start_tickers() {
  const auto every = [this](std::chrono::milliseconds pace, std::function<void()> work) {
    tickers_.push_back(std::make_unique<loop_timer>(loop_));
    tickers_.back()->every(pace, std::move(work));
  };
  every(sweep_every, [this] { intake_.sweep(std::chrono::steady_clock::now()); });
  every(wakeups_every, [this] {
    clock_.refresh();
    wakeups_.poll();
  });
  every(1s, [this] {
    const auto now = std::chrono::steady_clock::now();
    if (chat_) chat_->sweep(now);
    desk_.sweep(now);
  });
  every(prune_every, [this] { prune(); });
}

void service::prune() {
  const unix_ms before = clock_.now() + -std::chrono::milliseconds{limits::dedupe_retention}.count();
  prune_more(&storage::store::prune_inbox, before);
  prune_more(&storage::store::prune_states, before);
  desk_.prune(before);
}

// The store deletes a bounded number at a time, between its commits.
void service::prune_more(prune_fn what, unix_ms before) {
  (store_.get()->*what)(before, [this, what, before](result<std::size_t> gone) {
    if (!gone) return log::error("prune.failed", {{"reason", gone.error().message()}});
    if (*gone > 0 && !stopping_) prune_more(what, before);
  });
}

// Phase one: nothing new comes in, what is in flight is answered. Phase two, after stop_within: the rest is cut off.
void service::begin_stop() {
  log::info("stopping", {{"in_flight", intake_.in_flight()}});
  stopping_ = true;
  notify_stopping();
  public_server_.stop([this] { finish_stop(); });
  stop_timer_.expires_after(stop_within);
  stop_timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    log::warn("stop.forced");
    public_server_.abort();
    finish_stop();
  });
}

void service::finish_stop() {
  if (finished_) return;
  intake_.stop();
  if (!intake_.idle() || !wakeups_.idle() ||
      !desk_.idle()) {  // a turn whose sender went away: it still becomes durable
    stop_poll_.expires_after(5ms);
    stop_poll_.async_wait([this](const boost::system::error_code&) { finish_stop(); });
    return;
  }
  finished_ = true;
  stop_timer_.cancel();
  tickers_.clear();
  ops_server_.stop([] {});
  ops_server_.abort();
}

}  // namespace

int serve(const config& settings, const serve_options& options) {
  log::start(to_level(settings.log_level));
  std::signal(SIGPIPE, SIG_IGN);
  ::umask(077);
  int code = 0;
  try {
    service s{settings, options};
    code = s.run();
  } catch (...) {
    log::stop();
    throw;
  }
  log::stop();
  return code;
}

}  // namespace zhuqi::app
