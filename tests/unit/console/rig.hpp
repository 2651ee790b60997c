#pragma once
// The console's API over real stores in a file, a real pipeline and the shipped scripts; without sockets. Each role has an official,
// already signed in.

#include "bot/base/clock.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/runtime/metrics.hpp"
#include "bot/runtime/router.hpp"
#include "handlers/console/gate.hpp"
#include "handlers/console/routes.hpp"
#include "tests/contract/harness.hpp"
#include "tests/unit/console/refusing_staff.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zhuqi::console_tests {

using storage::staff_role;

struct answer {
  int status = 0;
  json body;
  std::string code() const;
};

class rig {
 public:
  rig();

  /// Sends a request through the router, as the official who holds `role` alone, or nobody.
  answer call(std::optional<staff_role> role, http::method verb, const std::string& path, const json& body = nullptr);
  answer call(const std::string& cookie, const std::string& csrf, http::method verb, const std::string& path,
              const std::string& body, std::vector<std::pair<std::string, std::string>> headers = {});

  /// A conversation that is with `owner` (0 = waits in the queue) and lies with that department and region.
  conversation_id thread(staff_id owner, department_id department, region_id region);

  /// A case that `handler` handles (0 = nobody), led by that department.
  case_id work_case(staff_id handler, department_id department, region_id region);

  staff_id id_of(staff_role role) const { return people_.at(role).id; }
  /// One more official with these roles, who has no session.
  staff_id colleague(const std::string& name, storage::role_set roles, department_id where);
  /// An act id that no other act has.
  std::string act_id();
  /// The conversation as it stands.
  json now(conversation_id id, staff_role who = staff_role::supervisor);
  /// POST /threads/{id}/{what} on the epoch that stands.
  answer act(staff_role who, conversation_id id, const std::string& what, json fields = json::object());
  /// Records of this act, oldest first.
  std::vector<storage::staff_audit> audit(std::string_view act);
  /// Lets time pass, with everybody signed in again afterwards.
  void later(std::int64_t ms);
  manual_clock& time() { return time_; }
  refusing_staff& staff() { return *staff_; }
  /// Runs the loop until nothing is due any more.
  void settle(const std::function<bool()>& done) { harness_.posts().run_until(done); }
  const std::vector<console::endpoint>& table() const { return table_; }
  console::office& office() { return *office_; }

  // A city with two departments, the officials in the first; a second city that has nothing to do with it.
  region_id city{}, elsewhere{};
  department_id own{}, other{}, far{};

 private:
  struct person {
    staff_id id;
    std::string cookie;
    std::string csrf;
  };
  std::int64_t apply(std::vector<storage::staff_change> changes);
  void hire(staff_role role);
  void sign_in(person& p);

  storage::contract::harness harness_{storage::contract::kind::sqlite};
  manual_clock time_{storage::contract::noon};
  metrics::registry metrics_;
  pipeline::live_feed feed_;
  std::unique_ptr<refusing_staff> staff_;
  std::unique_ptr<storage::desk_store> desk_;
  pipeline::script_cache scripts_;
  pipeline::turn_runner turns_;
  pipeline::intake intake_;
  staff::password_hasher hasher_{{1, 8 * 1024 * 1024}};
  std::unique_ptr<staff::login_desk> login_;
  std::unique_ptr<storage::case_store> cases_;
  std::unique_ptr<pipeline::case_book> book_;
  std::unique_ptr<pipeline::case_desk> case_desk_;
  std::unique_ptr<storage::search_store> search_;
  std::unique_ptr<console::office> office_;
  std::vector<console::endpoint> table_;
  std::unique_ptr<console::gate> gate_;
  http::router routes_;
  std::map<staff_role, person> people_;
  int conversations_ = 0;
  int acts_ = 0;
  int case_numbers_ = 0;
};

}  // namespace zhuqi::console_tests
