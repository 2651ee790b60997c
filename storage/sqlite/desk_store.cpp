#include "storage/sqlite/desk_store.hpp"

#include "storage/sqlite/notes.hpp"
#include "storage/sqlite/savepoint_job.hpp"
#include "storage/sqlite/self_service.hpp"
#include "storage/sqlite/thread_lists.hpp"

#include <mutex>

namespace zhuqi::storage {
namespace sqlite {
namespace {

/// What one change writes; nullopt = done.
class desk_changes {
 public:
  explicit desk_changes(SQLite::Database& db) : db_{db} {}
  std::int64_t last_added() const { return last_; }

  std::optional<errc> operator()(const add_note& c) {
    const auto id = write_note(db_, c.row);
    if (!id) return static_cast<errc>(id.error().value());
    last_ = *id;
    return {};
  }
  std::optional<errc> operator()(const see_mentions& c) {
    write_seen(db_, c);
    return {};
  }
  std::optional<errc> operator()(const put_draft& c) {
    if (c.text.empty()) {
      SQLite::Statement drop{db_, "DELETE FROM draft WHERE staff = ? AND conversation = ?"};
      execution{drop}.bind(c.staff.value).bind(c.conversation.value).run();
      return {};
    }
    SQLite::Statement put{db_, "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)"};
    execution{put}.bind(c.staff.value).bind(c.conversation.value).bind(c.at.value).bind(c.text).run();
    return {};
  }
  std::optional<errc> operator()(const put_canned_reply& c) {
    const canned_reply& r = c.row;
    if (r.id != 0) {
      SQLite::Statement change{
          db_, "UPDATE canned_reply SET department = ?, title = ?, text = ?, author = ?, at_ms = ? WHERE id = ?"};
      execution row{change};
      row.bind(r.department.value).bind(r.title).bind(r.text).bind(r.author.value).bind(r.at.value).bind(r.id);
      return row.run() == 1 ? std::nullopt : std::optional{errc::not_found};
    }
    SQLite::Statement add{db_,
                          "INSERT INTO canned_reply (department, title, text, author, at_ms) VALUES (?, ?, ?, ?, ?)"};
    execution{add}.bind(r.department.value).bind(r.title).bind(r.text).bind(r.author.value).bind(r.at.value).run();
    last_ = db_.getLastInsertRowid();
    return {};
  }
  std::optional<errc> operator()(const drop_canned_reply& c) {
    SQLite::Statement drop{db_, "DELETE FROM canned_reply WHERE id = ?"};
    return execution{drop}.bind(c.id).run() == 1 ? std::nullopt : std::optional{errc::not_found};
  }
  std::optional<errc> operator()(const put_queue_route& c) {
    if (!c.row.department) {
      SQLite::Statement drop{db_, "DELETE FROM queue_route WHERE queue = ?"};
      execution{drop}.bind(c.row.queue).run();
      return {};
    }
    SQLite::Statement put{db_, "INSERT OR REPLACE INTO queue_route VALUES (?, ?)"};
    execution{put}.bind(c.row.queue).bind(c.row.department.value).run();
    return {};
  }

 private:
  SQLite::Database& db_;
  std::int64_t last_ = 0;
};

result<std::int64_t> write(SQLite::Database& db, const desk_change& change, const std::vector<staff_audit>& records) {
  desk_changes apply{db};
  if (const auto refused = std::visit(apply, change)) return make_error_code(*refused);
  staff_changes with{db};
  for (const auto& record : records) with.write(record);
  return apply.last_added();
}

class sqlite_desk_store final : public desk_store {
 public:
  sqlite_desk_store(job_runner& writer, const std::string& path, post_fn post)
      : writer_{writer},
        post_{std::move(post)},
        db_{open_connection(path, role::reader)},
        reports_{open_connection(path, role::reader)} {}

  void apply(desk_change change, std::vector<staff_audit> records,
             std::function<void(result<std::int64_t>)> done) override {
    writer_.run(std::make_unique<savepoint_job<std::int64_t>>(
        [change = std::move(change), records = std::move(records)](SQLite::Database& db) {
          return write(db, change, records);
        },
        post_, std::move(done)));
  }

  result<thread_page> list_threads(const thread_query& query) override {
    return guarded<thread_page>([&] { return sqlite::list_threads(*db_, query); });
  }
  result<thread_counts> count_threads(const thread_query& query) override {
    return guarded<thread_counts>([&] { return sqlite::count_threads(*db_, query); });
  }
  result<std::vector<conversation>> changed_threads(turn_id change, std::size_t limit) override {
    return guarded<std::vector<conversation>>([&] { return sqlite::changed_threads(*db_, change, limit); });
  }
  result<turn_id> last_change() override {
    return guarded<turn_id>([&] { return turn_id{query_integer(*db_, "SELECT max(change) FROM thread")}; });
  }
  result<std::vector<conversation>> overdue_transfers(unix_ms now, std::size_t limit) override {
    return guarded<std::vector<conversation>>([&] { return sqlite::overdue_transfers(*db_, now, limit); });
  }
  result<std::vector<conversation>> threads_of(staff_id staff, std::size_t limit) override {
    return guarded<std::vector<conversation>>([&] { return sqlite::threads_of(*db_, staff, limit); });
  }

  result<share> self_service(const self_service_question& q) override {
    const std::lock_guard lock{reporting_};
    try {
      return read_self_service(*reports_, q);
    } catch (const SQLite::Exception&) {
      return make_error_code(errc::unavailable);
    }
  }

  result<std::vector<note>> notes(conversation_id conversation, std::size_t limit) override {
    return guarded<std::vector<note>>([&] { return read_notes(*db_, conversation, limit); });
  }
  result<std::string> draft(staff_id staff, conversation_id conversation) override {
    return guarded<std::string>([&] {
      SQLite::Statement find{*db_, "SELECT text FROM draft WHERE staff = ? AND conversation = ?"};
      execution row{find};
      row.bind(staff.value).bind(conversation.value);
      return row.step() ? row.text(0) : std::string{};
    });
  }
  result<std::vector<canned_reply>> canned_replies() override {
    return guarded<std::vector<canned_reply>>([&] {
      SQLite::Statement list{*db_,
                             "SELECT id, department, title, text, author, at_ms FROM canned_reply ORDER BY title, id"};
      execution row{list};
      std::vector<canned_reply> found;
      while (row.step()) {
        found.push_back(
            {row.integer(0), {row.integer(1)}, row.text(2), row.text(3), {row.integer(4)}, {row.integer(5)}});
      }
      return found;
    });
  }
  result<std::vector<queue_route>> queue_routes() override {
    return guarded<std::vector<queue_route>>([&] {
      SQLite::Statement list{*db_, "SELECT queue, department FROM queue_route ORDER BY queue"};
      execution row{list};
      std::vector<queue_route> found;
      while (row.step()) found.push_back({row.text(0), {row.integer(1)}});
      return found;
    });
  }

 private:
  template <class T, class F>
  result<T> guarded(F&& read) {
    const std::lock_guard lock{mutex_};
    try {
      return read();
    } catch (const SQLite::Exception&) {
      return make_error_code(errc::unavailable);
    }
  }

  job_runner& writer_;
  post_fn post_;
  std::mutex mutex_;  ///< the loop thread is the only regular caller
  std::unique_ptr<SQLite::Database> db_;
  std::mutex reporting_;  ///< so that a report holds no list up
  std::unique_ptr<SQLite::Database> reports_;
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<desk_store> make_sqlite_desk_store(store& turns, const std::string& path, post_fn post) {
  auto* writer = dynamic_cast<sqlite::job_runner*>(&turns);
  ZHUQI_ASSERT(writer != nullptr);
  return std::make_unique<sqlite::sqlite_desk_store>(*writer, path, std::move(post));
}

}  // namespace zhuqi::storage
