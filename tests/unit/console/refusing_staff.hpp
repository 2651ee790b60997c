#pragma once
// A staff store whose writes can be made to fail, as on a full disk. Reads go on.

#include "storage/staff_store.hpp"

#include <memory>
#include <utility>

namespace zhuqi::console_tests {

class refusing_staff final : public storage::staff_store {
 public:
  explicit refusing_staff(std::unique_ptr<storage::staff_store> inner) : inner_{std::move(inner)} {}

  bool full = false;
  int writes = 0;

  void apply(std::vector<storage::staff_change> changes, std::vector<storage::staff_audit> records,
             std::function<void(result<std::int64_t>)> done) override {
    ++writes;
    if (full) return done(make_error_code(errc::unavailable));
    inner_->apply(std::move(changes), std::move(records), std::move(done));
  }
  result<storage::installation> state() override { return inner_->state(); }
  result<storage::staff_member> find_staff(std::string_view name) override { return inner_->find_staff(name); }
  result<storage::staff_member> load_staff(staff_id id) override { return inner_->load_staff(id); }
  result<std::vector<storage::staff_member>> list_staff(const storage::row_scope& scope, staff_id after,
                                                        std::size_t limit) override {
    return inner_->list_staff(scope, after, limit);
  }
  result<std::vector<storage::region>> regions() override { return inner_->regions(); }
  result<std::vector<storage::department>> departments() override { return inner_->departments(); }
  result<std::size_t> recovery_codes_left(staff_id id) override { return inner_->recovery_codes_left(id); }
  result<storage::staff_session> load_session(const storage::digest256& d) override { return inner_->load_session(d); }
  result<std::vector<storage::staff_session>> list_sessions(staff_id id) override { return inner_->list_sessions(id); }
  result<std::vector<storage::staff_audit>> list_audit(const storage::audit_question& which,
                                                       std::size_t limit) override {
    return inner_->list_audit(which, limit);
  }

 private:
  std::unique_ptr<storage::staff_store> inner_;
};

}  // namespace zhuqi::console_tests
