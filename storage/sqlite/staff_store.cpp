#include "storage/sqlite/staff_store.hpp"

#include "storage/sqlite/savepoint_job.hpp"
#include "storage/sqlite/staff_reader.hpp"

namespace zhuqi::storage {
namespace sqlite {
namespace {

result<std::int64_t> write(SQLite::Database& db, const std::vector<staff_change>& changes,
                           const std::vector<staff_audit>& records) {
  staff_changes apply{db};
  for (const auto& change : changes) {
    if (const auto refused = apply.write(change)) return make_error_code(*refused);
  }
  for (const auto& record : records) apply.write(record);
  return apply.last_added();
}

class sqlite_staff_store final : public staff_store {
 public:
  sqlite_staff_store(job_runner& writer, const std::string& path, post_fn post)
      : writer_{writer}, post_{std::move(post)}, reader_{path} {}

  void apply(std::vector<staff_change> changes, std::vector<staff_audit> records,
             std::function<void(result<std::int64_t>)> done) override {
    writer_.run(std::make_unique<savepoint_job<std::int64_t>>(
        [changes = std::move(changes), records = std::move(records)](SQLite::Database& db) {
          return write(db, changes, records);
        },
        post_, std::move(done)));
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
  result<std::vector<staff_audit>> list_audit(const audit_question& which, std::size_t limit) override {
    return reader_.list_audit(which, limit);
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
