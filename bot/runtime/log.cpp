// See log.hpp. spdlog carries the finished line from the caller to one writer thread; the line itself is built here, because what
// stands in it must be escaped and cut in exactly one place.

#include "bot/runtime/log.hpp"

#include "bot/base/crypto.hpp"
#include "bot/base/text.hpp"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <unistd.h>

#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <ctime>
#include <mutex>

namespace zhuqi::log {
namespace {

constexpr std::size_t queue_lines = 8192;  // about 2 MB; a terminal that hangs must not stop the service
constexpr std::size_t field_bytes = 1024;  // of one value; longer is cut

struct sink {
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
};

std::mutex start_stop;
std::atomic<std::shared_ptr<sink>> current;
std::atomic<level> minimum_level{level::info};
std::atomic<std::uint64_t> dropped_before{0};  // by writers stopped since

std::string_view name_of(level l) {
  switch (l) {
    case level::debug: return "debug";
    case level::info: return "info";
    case level::warn: return "warn";
    case level::error: return "error";
  }
  return "error";
}

void append_escaped(std::string& out, std::string_view value) {
  static constexpr std::string_view hex = "0123456789abcdef";
  out.push_back('"');
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c == '\n') {
      out.append("\\n");
    } else if (u < 0x20 || u == 0x7f) {  // with ESC gone, nothing in a log can drive the reader's terminal
      out.append("\\u00");
      out.push_back(hex[u >> 4]);
      out.push_back(hex[u & 15]);
    } else if (u == 0xc2 && i + 1 < value.size() && static_cast<unsigned char>(value[i + 1]) < 0xa0) {  // C1 controls
      const auto next = static_cast<unsigned char>(value[++i]);
      out.append("\\u00");
      out.push_back(hex[next >> 4]);
      out.push_back(hex[next & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void append_text(std::string& out, std::string_view value) {
  const bool cut = value.size() > field_bytes;
  std::string_view part = value.substr(0, field_bytes);
  if (text::is_utf8(value)) part = text::truncate(value, field_bytes);
  std::string whole = text::is_utf8(part) ? std::string{part} : text::to_valid_utf8(part);
  if (cut) whole.append("…");
  append_escaped(out, whole);
}

void append_value(std::string& out, const field& f) {
  if (const auto* number = std::get_if<std::int64_t>(&f.value)) {
    out.append(std::to_string(*number));
  } else if (const auto* real = std::get_if<double>(&f.value)) {
    if (!std::isfinite(*real)) {
      out.append("null");
    } else {
      std::array<char, 32> digits{};
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *real).ptr;
      out.append(digits.data(), end);
    }
  } else if (const auto* yes = std::get_if<bool>(&f.value)) {
    out.append(*yes ? "true" : "false");
  } else {
    append_text(out, std::get<std::string>(f.value));
  }
}

void append_time(std::string& out) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const std::time_t seconds = ms / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 40> buffer{};
  const int n =
      std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900,
                    utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, static_cast<int>(ms % 1000));
  out.append(buffer.data(), static_cast<std::size_t>(n));
}

void write_directly(std::string line) {
  line.push_back('\n');
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

void start(level minimum) {
  const std::lock_guard guard{start_stop};
  minimum_level = minimum;
  if (current.load() != nullptr) return;
  auto fresh = std::make_shared<sink>();
  fresh->pool = std::make_shared<spdlog::details::thread_pool>(queue_lines, 1);
  auto out = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  out->set_pattern("%v");
  fresh->logger = std::make_shared<spdlog::async_logger>("zhuqi", std::move(out), fresh->pool,
                                                         spdlog::async_overflow_policy::overrun_oldest);
  fresh->logger->set_level(spdlog::level::trace);
  fresh->logger->set_error_handler(
      [](const std::string&) {});  // a full disk behind stderr is nothing a log line can mend
  current.store(std::move(fresh));
}

void stop() {
  const std::lock_guard guard{start_stop};
  const auto last = current.exchange(nullptr);
  if (last == nullptr) return;
  last->logger->flush();
  dropped_before += last->pool->overrun_counter();
}  // the pool's destructor writes what is queued, then joins

bool enabled(level at) { return at >= minimum_level.load(std::memory_order_relaxed); }

void write(level at, std::string_view event, std::initializer_list<field> fields) {
  if (!enabled(at)) return;
  std::string line;
  line.reserve(256);
  line.append(R"({"ts":")");
  append_time(line);
  line.append(R"(","level":")").append(name_of(at)).append(R"(","event":)");
  append_text(line, event);
  for (const field& f : fields) {
    line.push_back(',');
    append_text(line, f.key);
    line.push_back(':');
    append_value(line, f);
  }
  line.push_back('}');
  if (const auto to = current.load()) {
    to->logger->log(spdlog::level::info, spdlog::string_view_t{line.data(), line.size()});
  } else {
    write_directly(std::move(line));
  }
}

std::uint64_t dropped() {
  const auto now = current.load();
  return dropped_before.load() + (now != nullptr ? now->pool->overrun_counter() : 0);
}

std::string pseudonym(std::string_view identifier) {
  static const std::string key = crypto::random_bytes(32);
  const auto digest = crypto::hmac_sha256(key, identifier);
  return crypto::hex({digest.data(), 8});
}

}  // namespace zhuqi::log
