#include "storage/sqlite/case_store.hpp"

#include "storage/sqlite/case_reader.hpp"
#include "storage/sqlite/case_writer.hpp"
#include "storage/sqlite/savepoint_job.hpp"

#include <optional>

namespace zhuqi::storage {
namespace sqlite {
namespace {

result<case_applied> write(SQLite::Database& db, const case_write& w) {
  case_writer writer{db};
  if (w.key) {
    const auto known = writer.repeated(*w.key);
    if (!known) return known.error();
    if (*known) return **known;
  }
  if (const auto no = writer.refusal(w)) return make_error_code(*no);
  return writer.write(w, {});
}

class setting_writer {
 public:
  explicit setting_writer(SQLite::Database& db) : db_{db} {}

  void operator()(const competence_row& r) {
    if (!r.by) {
      SQLite::Statement drop{db_, "DELETE FROM case_competence WHERE matter = ? AND region_prefix = ?"};
      execution{drop}.bind(r.matter).bind(r.region_prefix).run();
      return;
    }
    SQLite::Statement put{db_, "INSERT OR REPLACE INTO case_competence VALUES (?, ?, ?)"};
    execution{put}.bind(r.matter).bind(r.region_prefix).bind(r.by.value).run();
  }
  void operator()(const duty_row& r) {
    SQLite::Statement put{db_,
                          "INSERT INTO case_duty VALUES (?, ?, ?, ?, 0) ON CONFLICT (staff) DO UPDATE SET"
                          " capacity = excluded.capacity, on_duty = excluded.on_duty, languages = excluded.languages"};
    execution{put}
        .bind(r.staff.value)
        .bind(r.capacity)
        .bind(std::int64_t{r.on_duty})
        .bind(std::int64_t{r.languages})
        .run();
  }
  void operator()(const liaison_row& r) {
    if (!r.staff) {
      SQLite::Statement drop{db_, "DELETE FROM enterprise_liaison WHERE enterprise = ?"};
      execution{drop}.bind(r.enterprise).run();
      return;
    }
    SQLite::Statement put{db_, "INSERT OR REPLACE INTO enterprise_liaison VALUES (?, ?)"};
    execution{put}.bind(r.enterprise).bind(r.staff.value).run();
  }

 private:
  SQLite::Database& db_;
};

class sqlite_case_store final : public case_store {
 public:
  sqlite_case_store(job_runner& writer, const std::string& path, post_fn post)
      : writer_{writer}, post_{std::move(post)}, reader_{path}, lists_{path}, reports_{path} {}

  void apply(case_write w, std::function<void(result<case_applied>)> done) override {
    run<case_applied>([w = std::move(w)](SQLite::Database& db) { return write(db, w); }, std::move(done));
  }
  void word_said(std::string uuid, unix_ms at, std::function<void(result<void>)> done) override {
    run<void>(
        [uuid = std::move(uuid), at](SQLite::Database& db) -> result<void> {
          SQLite::Statement mark{db, "UPDATE case_word SET said_ms = ? WHERE uuid = ? AND said_ms = 0"};
          execution{mark}.bind(at.value).bind(uuid).run();
          return {};
        },
        std::move(done));
  }
  void put(std::vector<case_setting> settings, std::function<void(result<void>)> done) override {
    run<void>(
        [settings = std::move(settings)](SQLite::Database& db) -> result<void> {
          for (const auto& s : settings) std::visit(setting_writer{db}, s);
          return {};
        },
        std::move(done));
  }
  void prune_keys(unix_ms before, std::function<void(result<std::size_t>)> done) override {
    run<std::size_t>(
        [before](SQLite::Database& db) -> result<std::size_t> {
          SQLite::Statement drop{
              db, "DELETE FROM case_act WHERE id IN (SELECT id FROM case_act WHERE at_ms < ? LIMIT 1000)"};
          return static_cast<std::size_t>(execution{drop}.bind(before.value).run());
        },
        std::move(done));
  }

  result<case_row> load(case_id id) override { return reader_.load(id); }
  result<case_row> find(std::string_view number) override { return reader_.find(number); }
  result<std::vector<case_event_row>> events(case_id id, std::int64_t after, std::size_t limit) override {
    return reader_.events(id, after, limit);
  }
  result<std::vector<case_row>> of_conversation(conversation_id id, std::size_t limit) override {
    return reader_.of_conversation(id, limit);
  }
  result<std::optional<case_applied>> known(const case_act_key& key) override { return reader_.known(key); }
  result<visibility> covered(case_id id, const row_scope& scope) override { return reader_.covered(id, scope); }
  result<case_page> list(const case_question& q, case_cursor after, std::size_t limit) override {
    return (q.detail == case_detail::body ? reports_ : lists_).list(q, after, limit);
  }
  result<case_counts> counts(const case_question& q) override { return lists_.counts(q); }
  result<case_figures> figures(const figures_question& q) override { return reports_.figures(q); }
  result<std::vector<case_row>> due_alarms(unix_ms now, case_cursor after, std::size_t limit) override {
    return reader_.due_alarms(now, after, limit);
  }
  result<std::vector<case_row>> counted_otherwise(std::string_view calendar, case_id after,
                                                  std::size_t limit) override {
    return reader_.counted_otherwise(calendar, after, limit);
  }
  result<std::vector<case_word>> unsaid_words(std::size_t limit) override { return reader_.unsaid_words(limit); }
  result<std::string> last_number(std::string_view beginning) override { return reader_.last_number(beginning); }
  result<std::vector<load_row>> loads() override { return reader_.loads(); }
  result<std::vector<competence_row>> competences() override { return reader_.competences(); }
  result<std::vector<duty_row>> duties() override { return reader_.duties(); }
  result<staff_id> liaison_of(std::string_view enterprise) override { return reader_.liaison_of(enterprise); }

 private:
  template <class T>
  void run(typename savepoint_job<T>::work_fn work, std::function<void(result<T>)> done) {
    writer_.run(std::make_unique<savepoint_job<T>>(std::move(work), post_, std::move(done)));
  }

  job_runner& writer_;
  post_fn post_;
  case_reader reader_;
  case_reader lists_;    ///< tens of milliseconds,
  case_reader reports_;  ///< and what takes longer: with connections and locks of their own
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<case_store> make_sqlite_case_store(store& turns, const std::string& path, post_fn post) {
  auto* writer = dynamic_cast<sqlite::job_runner*>(&turns);
  ZHUQI_ASSERT(writer != nullptr);
  return std::make_unique<sqlite::sqlite_case_store>(*writer, path, std::move(post));
}

}  // namespace zhuqi::storage
