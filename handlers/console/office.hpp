#pragma once
// What the handlers of the console share: the ports, the pipeline's door for officials, and a picture of who works where. Loop
// thread only; outlives every call.

#include "bot/base/clock.hpp"
#include "bot/pipeline/case_desk.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/script_cache.hpp"
#include "bot/staff/login.hpp"
#include "bot/staff/setup.hpp"
#include "handlers/console/read_log.hpp"
#include "storage/desk_store.hpp"
#include "storage/search_store.hpp"

#include <string>
#include <unordered_map>

namespace zhuqi::console {

/// Names and places of people, departments and regions. Reads the store when it is first asked, and again after refresh().
class directory {
 public:
  explicit directory(storage::staff_store& store) : store_{store} {}

  const staff::organisation& where();
  const std::vector<storage::region>& regions();
  const std::vector<storage::department>& departments();
  /// Departments and regions are named "" where unknown.
  std::string name_of(department_id d);
  std::string name_of(region_id r);
  /// nullptr for nobody.
  const storage::staff_member* find(staff_id id);
  /// As the enterprise sees them: 「张某 · 市工信局」.
  std::string shown_name(staff_id id);
  /// The region that a conversation belongs to which nobody placed: the first that was set up.
  region_id home();

  void refresh();

 private:
  void load();
  storage::staff_store& store_;
  bool loaded_ = false;
  staff::organisation where_;
  std::vector<storage::region> regions_;
  std::vector<storage::department> departments_;
  std::unordered_map<staff_id, storage::staff_member> people_;
};

struct office {
  storage::store& store;
  storage::staff_store& staff;
  storage::desk_store& desk;
  storage::search_store& search;
  pipeline::intake& intake;
  pipeline::script_cache& scripts;
  staff::login_desk& login;
  const clock& time;
  const staff::password_hasher& hasher;
  staff::offload_fn offload;
  staff::setup_token setup;
  pipeline::case_desk& cases;
  std::string public_host;  ///< authority of public_url
  directory people{staff};
  read_log reads{staff};
  std::function<void(staff_id)> person_changed{};  ///< after a change of somebody's account or roles
  /// For whoever has the thread open, and whom it names; the target is whose the thread is.
  std::function<void(const storage::note&, const staff::target&)> note_added{};
  std::unordered_map<std::string, department_id> queues{};  ///< where handoffs of a queue go; the hall where absent
};

/// Everybody in the scope, active or not, by id, until `seen` gives false.
result<void> each_member(office& o, const storage::row_scope& scope,
                         const std::function<bool(const storage::staff_member&)>& seen);
storage::row_scope everybody();

/// Fills office::queues from the store.
void load_queues(office& o);

/// To be called after every change of people or places: whoever keeps a picture of them makes it anew.
void staff_changed(office& o);

/// Whose a thread is, for the table of rights. One that only the bot ever had lies in the home region.
staff::target target_of(office& o, const storage::conversation& c);

}  // namespace zhuqi::console
