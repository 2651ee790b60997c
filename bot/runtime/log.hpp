#pragma once
// JSON lines to stderr through a bounded asynchronous queue; what does not fit is dropped and counted. Message texts and
// secrets are not loggable: fields are numbers, ids and words of ours, and user ids go through pseudonym().

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace zhuqi::log {

enum class level : std::uint8_t { debug, info, warn, error };

struct field {
  std::string_view key;
  std::variant<std::int64_t, double, bool, std::string> value;

  field(std::string_view k, std::int64_t v) : key{k}, value{v} {}
  field(std::string_view k, int v) : key{k}, value{std::int64_t{v}} {}
  field(std::string_view k, std::size_t v) : key{k}, value{static_cast<std::int64_t>(v)} {}
  field(std::string_view k, double v) : key{k}, value{v} {}
  field(std::string_view k, bool v) : key{k}, value{v} {}
  field(std::string_view k, std::string v) : key{k}, value{std::move(v)} {}
  field(std::string_view k, std::string_view v) : key{k}, value{std::string{v}} {}
  field(std::string_view k, const char* v) : key{k}, value{std::string{v}} {}
};

/// Starts the writer. `minimum` is the least level written.
void start(level minimum);
/// Flushes and stops; later lines go to stderr directly.
void stop();

/// {"ts":"2026-11-21T08:00:00.123Z","level":"info","event":"turn.committed", …fields}. `event` is a dotted constant.
void write(level at, std::string_view event, std::initializer_list<field> fields = {});
inline void info(std::string_view event, std::initializer_list<field> f = {}) { write(level::info, event, f); }
inline void warn(std::string_view event, std::initializer_list<field> f = {}) { write(level::warn, event, f); }
inline void error(std::string_view event, std::initializer_list<field> f = {}) { write(level::error, event, f); }
bool enabled(level at);

/// Lines lost because the queue was full.
std::uint64_t dropped();

/// A short keyed hash of an outside identifier: the same person is recognisable within one process run, and nobody else.
std::string pseudonym(std::string_view identifier);

}  // namespace zhuqi::log
