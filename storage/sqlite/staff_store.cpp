#include "storage/sqlite/staff_store.hpp"

#include "storage/sqlite/job.hpp"
#include "storage/sqlite/staff_changes.hpp"
#include "storage/sqlite/staff_reader.hpp"

namespace zhuqi::storage {
namespace sqlite {
namespace {

/// All changes and their records under one savepoint: what one of them refuses, takes the others back without failing
/// the transaction of the writer.
class staff_job final : public job {
 public:
  staff_job(std::vector<staff_change> changes, std::vector<staff_audit> records, post_fn post,
            std::function<void(result<std::int64_t>)> done)
      : changes_{std::move(changes)}, records_{std::move(records)}, post_{std::move(post)}, done_{std::move(done)} {}

  progress step(SQLite::Database& db) override {
    db.exec("SAVEPOINT staff");
    refused_ = write(db);
    if (refused_) db.exec("ROLLBACK TO staff");
    db.exec("RELEASE staff");
    return progress::finished;
  }
  void succeeded() override {
    result<std::int64_t> answer = added_;
    if (refused_) answer = make_error_code(*refused_);
    post_([done = std::move(done_), answer] { done(answer); });
  }
  void failed() override {
    post_([done = std::move(done_)] { done(make_error_code(errc::unavailable)); });
  }

 private:
  std::optional<errc> write(SQLite::Database& db) {
    try {
      staff_changes apply{db};
      for (const auto& change : changes_) {
        if (const auto refused = apply.write(change)) return refused;
      }
      for (const auto& record : records_) apply.write(record);
      added_ = apply.last_added();
      return std::nullopt;
    } catch (const SQLite::Exception& error) {
      if (classify(error) != fault::poison) throw;
      return meaning_of(error);
    }
  }

  const std::vector<staff_change> changes_;
  const std::vector<staff_audit> records_;
  post_fn post_;
  std::function<void(result<std::int64_t>)> done_;
  std::optional<errc> refused_;
  std::int64_t added_ = 0;
};

class sqlite_staff_store final : public staff_store {
 public:
  sqlite_staff_store(job_runner& writer, const std::string& path, post_fn post)
      : writer_{writer}, post_{std::move(post)}, reader_{path} {}

  void apply(std::vector<staff_change> changes, std::vector<staff_audit> records,
             std::function<void(result<std::int64_t>)> done) override {
    writer_.run(std::make_unique<staff_job>(std::move(changes), std::move(records), post_, std::move(done)));
  }
  result<installation> state() override { return reader_.state(); }
  result<staff_member> find_staff(std::string_view login_name) override { return reader_.find_staff(login_name); }
  result<staff_member> load_staff(staff_id id) override { return reader_.load_staff(id); }
  result<std::vector<staff_member>> list_staff(const row_scope& scope, staff_id after, std::size_t limit) override {
    return reader_.list_staff(scope, after, limit);
  }
  result<std::vector<region>> regions() override { return reader_.regions(); }
  result<std::vector<department>> departments() override { return reader_.departments(); }
  result<std::size_t> recovery_codes_left(staff_id id) override { return reader_.recovery_codes_left(id); }
  result<staff_session> load_session(const digest256& digest) override { return reader_.load_session(digest); }
  result<std::vector<staff_session>> list_sessions(staff_id id) override { return reader_.list_sessions(id); }
  result<std::vector<staff_audit>> list_audit(std::int64_t after, std::size_t limit) override {
    return reader_.list_audit(after, limit);
  }

 private:
  job_runner& writer_;
  post_fn post_;
  staff_reader reader_;
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<staff_store> make_sqlite_staff_store(store& turns, const std::string& path, post_fn post) {
  auto* writer = dynamic_cast<sqlite::job_runner*>(&turns);
  ZHUQI_ASSERT(writer != nullptr);
  return std::make_unique<sqlite::sqlite_staff_store>(*writer, path, std::move(post));
}

}  // namespace zhuqi::storage
