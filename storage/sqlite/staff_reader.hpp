#pragma once
// Reads of the staff port, on a connection of their own: never behind the writer, always of what is committed.

#include "storage/sqlite/connection.hpp"
#include "storage/staff_store.hpp"

#include <mutex>

namespace zhuqi::storage::sqlite {

class staff_reader {
 public:
  explicit staff_reader(const std::string& path);

  result<installation> state();
  result<staff_member> find_staff(std::string_view login_name);
  result<staff_member> load_staff(staff_id id);
  result<std::vector<staff_member>> list_staff(const row_scope& scope, staff_id after, std::size_t limit);
  result<std::vector<region>> regions();
  result<std::vector<department>> departments();
  result<std::size_t> recovery_codes_left(staff_id id);
  result<staff_session> load_session(const digest256& digest);
  result<std::vector<staff_session>> list_sessions(staff_id id);
  result<std::vector<staff_audit>> list_audit(const audit_question& which, std::size_t limit);

 private:
  /// The statements of every request live as long as the connection; the others are prepared when asked.
  struct session {
    explicit session(const std::string& path);
    std::unique_ptr<SQLite::Database> db;
    SQLite::Statement by_name, by_id, by_digest;
  };
  template <class T, class F>
  result<T> guarded(F&& read);

  std::mutex mutex_;  ///< the loop thread is the only regular caller
  session session_;
};

}  // namespace zhuqi::storage::sqlite
