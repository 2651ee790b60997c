#pragma once
// The rows that one turn leaves in our schema, written with the bare C interface: what SQLite itself allows.

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace zhuqi::bench {

/// Sizes of the texts, in bytes; bench/run takes them from a database that the product wrote.
struct row_sizes {
  std::size_t reply = 400;
  std::size_t event_in = 60;
  std::size_t event_out = 300;
  std::size_t snapshot = 350;
};

enum class state_layout : std::uint8_t {
  append,  ///< each turn appends a state, as our schema does
  random,  ///< each turn rewrites its conversation's state where it lies: the page is a random one
};

struct turn_row {
  std::int64_t turn = 0;
  std::int64_t conversation = 0;
  std::int64_t created_s = 0;
  std::int64_t seq = 0;         ///< of the first of its two events
  std::int64_t last_event = 0;  ///< the conversation's newest event before this turn
  std::array<std::uint64_t, 2> digest{};
};

class row_writer {
 public:
  /// Makes a new database in the folder `dir` (which must not hold one) with all migrations in `schema_dir`, and `conversations`
  /// known conversations. WAL, synchronous=FULL, checkpoint every 10,000 pages. Throws std::runtime_error.
  row_writer(const std::string& dir, const std::string& schema_dir, state_layout layout, const row_sizes& sizes,
             std::uint64_t conversations);

  void begin();
  /// Writes inbox row, two events and the state. Gives the id of the second event.
  std::int64_t write(const turn_row& row);
  void commit();

 private:
  struct closer {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };
  using statement = std::unique_ptr<sqlite3_stmt, closer>;

  void execute(const std::string& sql);
  void apply_schema(const std::string& schema_dir);
  statement prepare(std::string_view sql);
  void step(const statement& s);
  void seed(std::uint64_t conversations);
  void write_event(const turn_row& row, std::int64_t id, std::int64_t prev, std::int64_t seq, std::string_view kind,
                   std::string_view body);

  std::unique_ptr<sqlite3, closer> db_;
  state_layout layout_;
  std::string reply_, event_in_, event_out_, snapshot_;
  std::int64_t next_event_ = 1;
  statement begin_, commit_, inbox_, event_, state_;
};

}  // namespace zhuqi::bench
