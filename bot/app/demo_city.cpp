#include "bot/app/demo_city.hpp"

#include "bot/app/data_dir.hpp"
#include "bot/base/clock.hpp"
#include "bot/base/crypto.hpp"
#include "bot/base/json.hpp"
#include "bot/staff/password.hpp"
#include "bot/staff/rights.hpp"
#include "storage/sqlite/desk_store.hpp"
#include "storage/sqlite/staff_store.hpp"
#include "storage/sqlite/store.hpp"

#include <array>
#include <condition_variable>
#include <deque>
#include <iostream>
#include <mutex>
#include <stdexcept>

namespace zhuqi::app {
namespace {

using enum storage::staff_role;
using storage::role_set;

struct made_up_region {
  const char* code;
  const char* name;
  int parent;  // index, -1 = none
};
// Codes beyond those that GB/T 2260 gives out.
constexpr std::array<made_up_region, 3> regions{
    {{"990100", "锦城市", -1}, {"990102", "锦城市东湖区", 0}, {"990200", "云溪市", -1}}};

struct made_up_department {
  const char* name;
  int region;
};
constexpr std::array<made_up_department, 6> departments{{{"市企业服务中心", 0},
                                                         {"市工业和信息化局", 0},
                                                         {"市财政局", 0},
                                                         {"市人力资源和社会保障局", 0},
                                                         {"东湖区企业服务中心", 1},
                                                         {"云溪市工业和信息化局", 2}}};

struct made_up_official {
  const char* login;
  const char* name;
  int department;
  role_set roles;
};
const std::array<made_up_official, 17> officials{{{"sysadmin", "周系统", 0, {system_admin}},
                                                  {"secadmin", "吴安全", 0, {security_admin}},
                                                  {"auditor", "郑审计", 0, {audit_admin}},
                                                  {"zhang", "张敏", 0, {agent}},
                                                  {"li", "李强", 0, {agent}},
                                                  {"wang", "王丽", 0, {dispatcher}},
                                                  {"zhao", "赵督办", 0, {supervisor}},
                                                  {"sun", "孙静", 0, {caller}},
                                                  {"qian", "钱主任", 0, {leader}},
                                                  {"chen", "陈伟", 1, {unit_liaison, handler}},
                                                  {"liu", "刘洋", 1, {handler}},
                                                  {"yang", "杨局长", 1, {approver}},
                                                  {"huang", "黄芳", 2, {handler, unit_liaison}},
                                                  {"zhou", "周凯", 3, {handler}},
                                                  {"xu", "徐婷", 4, {agent}},
                                                  {"he", "何军", 5, {unit_liaison, handler}},
                                                  {"lin", "林编辑", 0, {editor}}}};

constexpr std::array<std::pair<const char*, int>, 2> queues{{{"企业诉求", 1}, {"复工备案", 3}}};

/// 20 letters and digits without those that look alike: 98 bits.
std::string new_password() {
  constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string out;
  for (const char byte : crypto::random_bytes(20)) {
    if (!out.empty() && out.size() % 6 == 5) out += '-';
    out += letters[static_cast<unsigned char>(byte) % letters.size()];
  }
  return out;
}

/// What the stores post runs here, one after the other.
class mailbox {
 public:
  storage::post_fn post() {
    return [this](std::function<void()> f) {
      const std::lock_guard lock{mutex_};
      waiting_.push_back(std::move(f));
      wake_.notify_one();
    };
  }
  template <class T>
  T wait(std::optional<result<T>>& slot) {
    while (!slot) {
      std::function<void()> next;
      {
        std::unique_lock lock{mutex_};
        wake_.wait(lock, [this] { return !waiting_.empty(); });
        next = std::move(waiting_.front());
        waiting_.pop_front();
      }
      next();
    }
    if (!*slot) throw std::runtime_error{"the database refused: " + slot->error().message()};
    return **slot;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> waiting_;
};

class city {
 public:
  explicit city(const config& settings) {
    storage::sqlite_options options;
    options.path = database_file(open_data_dir(settings.data)).string();
    turns_ = storage::make_sqlite_store(options, mail_.post(), [](const std::string& what) {
      std::cerr << "zhuqi: " << what << '\n';
      std::abort();
    });
    staff_ = storage::make_sqlite_staff_store(*turns_, options.path, mail_.post());
    desk_ = storage::make_sqlite_desk_store(*turns_, options.path, mail_.post());
  }

  bool in_use() { return staff_->state().value() == storage::installation::in_use; }

  json found() {
    std::array<region_id, regions.size()> region_ids;
    for (std::size_t i = 0; i < regions.size(); ++i) {
      const auto& r = regions[i];
      region_ids[i] = {
          add(storage::add_region{{{}, r.parent < 0 ? region_id{} : region_ids[at(r.parent)], r.code, r.name}})};
    }
    std::array<department_id, departments.size()> department_ids;
    for (std::size_t i = 0; i < departments.size(); ++i) {
      department_ids[i] = {
          add(storage::add_department{{{}, {}, region_ids[at(departments[i].region)], departments[i].name}})};
    }
    json logins = json::array();
    for (const auto& o : officials) {
      const auto password = new_password();
      storage::staff_member row;
      row.login_name = o.login;
      row.display_name = o.name;
      row.department = department_ids[at(o.department)];
      row.roles = o.roles;
      row.password = hasher_.hash(secret{password});
      row.created = clock_.now();
      add(storage::add_staff{std::move(row)});
      logins.push_back({{"login", o.login},
                        {"name", o.name},
                        {"password", password},
                        {"department", departments[at(o.department)].name},
                        {"roles", titles(o.roles)}});
    }
    for (const auto& [queue, department] : queues) {
      std::optional<result<std::int64_t>> done;
      desk_->apply(storage::put_queue_route{{queue, department_ids[at(department)]}}, {},
                   [&](result<std::int64_t> r) { done = r; });
      mail_.wait(done);
    }
    turns_->close();
    return logins;
  }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }

  std::int64_t add(storage::staff_change change) {
    std::optional<result<std::int64_t>> done;
    storage::staff_audit record{0, clock_.now(), {}, "demo_city", "installation", "", ""};
    staff_->apply({std::move(change)}, {record}, [&](result<std::int64_t> r) { done = r; });
    return mail_.wait(done);
  }

  static std::string titles(role_set roles) {
    std::string out;
    for (int i = 0; i < storage::staff_role_count; ++i) {
      const auto role = static_cast<storage::staff_role>(i);
      if (roles.has(role)) out.append(out.empty() ? "" : "、").append(staff::title_of(role));
    }
    return out;
  }

  system_clock clock_;
  mailbox mail_;
  std::unique_ptr<storage::store> turns_;
  std::unique_ptr<storage::staff_store> staff_;
  std::unique_ptr<storage::desk_store> desk_;
  staff::password_hasher hasher_;
};

}  // namespace

int make_demo_city(const config& settings, output_form form) {
  city c{settings};
  if (c.in_use()) {
    std::cerr << "zhuqi: there is staff already; a demo city is only for a new data folder\n";
    return 1;
  }
  const json logins = c.found();
  if (form == output_form::json) {
    std::cout << dump_json(logins) << '\n';
    return 0;
  }
  for (const auto& one : logins) {
    std::cout << string_or_empty(one, "login") << '\t' << string_or_empty(one, "password") << '\t'
              << string_or_empty(one, "name") << '\t' << string_or_empty(one, "department") << '\t'
              << string_or_empty(one, "roles") << '\n';
  }
  return 0;
}

}  // namespace zhuqi::app
