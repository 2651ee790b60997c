#pragma once
// The changes of the staff port as SQL, one after the other inside a transaction that the caller has open.

#include "storage/sqlite/connection.hpp"
#include "storage/staff_store.hpp"

namespace zhuqi::storage::sqlite {

class staff_changes {
 public:
  explicit staff_changes(SQLite::Database& db) : db_{db} {}

  /// nullopt = done; else why not, and the caller rolls back. Throws SQLite::Exception, also for broken constraints.
  std::optional<errc> write(const staff_change& change);
  void write(const staff_audit& record);
  std::int64_t last_added() const { return last_; }

  std::optional<errc> operator()(const add_region& c);
  std::optional<errc> operator()(const add_department& c);
  std::optional<errc> operator()(const move_department& c);
  std::optional<errc> operator()(const add_staff& c);
  std::optional<errc> operator()(const require_nobody& c);
  std::optional<errc> operator()(const require_holder& c);
  std::optional<errc> operator()(const set_password& c);
  std::optional<errc> operator()(const set_roles& c);
  std::optional<errc> operator()(const set_department& c);
  std::optional<errc> operator()(const set_disabled& c);
  std::optional<errc> operator()(const set_totp& c);
  std::optional<errc> operator()(const use_totp_step& c);
  std::optional<errc> operator()(const use_recovery_code& c);
  std::optional<errc> operator()(const open_session& c);
  std::optional<errc> operator()(const touch_session& c);
  std::optional<errc> operator()(const rotate_session& c);
  std::optional<errc> operator()(const close_session& c);
  std::optional<errc> operator()(const close_sessions& c);
  std::optional<errc> operator()(const drop_dead_sessions& c);

 private:
  template <class Id>
  std::int64_t known(Id id, Id added) const {
    return id == just_added<Id> ? added.value : id.value;
  }
  bool exists(const char* sql, std::int64_t id);
  void added(std::int64_t& slot);

  SQLite::Database& db_;
  region_id region_;
  department_id department_;
  staff_id staff_;
  std::int64_t last_ = 0;
};

/// What a broken constraint means to the caller of the port.
errc meaning_of(const SQLite::Exception& constraint);

}  // namespace zhuqi::storage::sqlite
