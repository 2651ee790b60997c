#include "storage/memory/staff_store.hpp"

#include "bot/base/limits.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace zhuqi::storage {
namespace {

const std::optional<errc> done = std::nullopt;

bool separate(role_set roles) {
  constexpr role_set admins{staff_role::system_admin, staff_role::security_admin, staff_role::audit_admin};
  const auto admin = roles.bits() & admins.bits();
  return admin == 0 || (roles.bits() == admin && (admin & (admin - 1)) == 0);
}

/// Everything the port keeps, copied for each apply(), so that a refusal takes nothing with it.
struct contents {
  std::map<region_id, region> regions;
  std::map<department_id, department> departments;
  std::map<staff_id, staff_member> staff;
  std::map<staff_id, std::set<digest256>> recovery;
  std::map<digest256, staff_session> sessions;
  std::vector<staff_audit> audit;
  region_id last_region;
  department_id last_department;
  staff_id last_staff;
  std::int64_t last = 0;

  template <class Id>
  static Id known(Id id, Id added) {
    return id == just_added<Id> ? added : id;
  }
  staff_member* find(staff_id id) {
    const auto s = staff.find(known(id, last_staff));
    return s == staff.end() ? nullptr : &s->second;
  }
  template <class F>
  std::optional<errc> with(staff_id id, F&& change) {
    auto* s = find(id);
    if (!s) return errc::not_found;
    change(*s);
    return done;
  }
  template <class Tree, class Id>
  static std::size_t depth(const Tree& tree, Id id) {
    std::size_t n = 0;
    for (; id && n < 1'000; ++n) id = tree.at(id).parent;
    return n;
  }
  std::size_t height(department_id id) const {
    std::size_t below = 0;
    for (const auto& [child, d] : departments) {
      if (d.parent == id) below = std::max(below, height(child));
    }
    return below + 1;
  }

  std::optional<errc> operator()(const add_region& c) {
    auto row = c.row;
    row.parent = known(row.parent, last_region);
    if (row.parent && !regions.contains(row.parent)) return errc::not_found;
    if (row.parent && depth(regions, row.parent) >= limits::organisation_depth) return errc::too_large;
    if (row.code.empty() || row.name.empty()) return errc::malformed;
    for (const auto& [id, r] : regions) {
      if (r.code == row.code) return errc::conflict;
    }
    row.id = last_region = {static_cast<std::int64_t>(regions.size()) + 1};
    last = row.id.value;
    regions.emplace(row.id, row);
    return done;
  }
  std::optional<errc> operator()(const add_department& c) {
    auto row = c.row;
    row.parent = known(row.parent, last_department);
    row.region = known(row.region, last_region);
    if (row.parent && !departments.contains(row.parent)) return errc::not_found;
    if (row.parent && depth(departments, row.parent) >= limits::organisation_depth) return errc::too_large;
    if (row.name.empty()) return errc::malformed;
    if (!regions.contains(row.region)) return errc::not_found;
    row.id = last_department = {static_cast<std::int64_t>(departments.size()) + 1};
    last = row.id.value;
    departments.emplace(row.id, row);
    return done;
  }
  std::optional<errc> operator()(const move_department& c) {
    if (!departments.contains(c.id)) return errc::not_found;
    for (auto up = c.parent; up && departments.contains(up); up = departments.at(up).parent) {
      if (up == c.id) return errc::conflict;
    }
    if (c.parent && !departments.contains(c.parent)) return errc::not_found;
    if (c.parent && depth(departments, c.parent) + height(c.id) > limits::organisation_depth) return errc::too_large;
    departments.at(c.id).parent = c.parent;
    return done;
  }
  std::optional<errc> operator()(const add_staff& c) {
    auto row = c.row;
    row.department = known(row.department, last_department);
    const bool sound = !row.login_name.empty() && row.login_name.size() <= limits::login_name_bytes &&
                       !row.display_name.empty() && separate(row.roles);
    if (!sound) return errc::malformed;
    for (const auto& [id, s] : staff) {
      if (s.login_name == row.login_name) return errc::conflict;
    }
    if (!departments.contains(row.department)) return errc::not_found;
    row.id = last_staff = {static_cast<std::int64_t>(staff.size()) + 1};
    row.totp.clear();
    row.totp_step = 0;
    last = row.id.value;
    staff.emplace(row.id, row);
    return done;
  }
  std::optional<errc> operator()(const require_nobody&) { return staff.empty() ? done : errc::conflict; }
  std::optional<errc> operator()(const require_holder& c) {
    const auto holds = [&](const auto& s) {
      return s.second.roles.has(c.role) && !s.second.disabled && !s.second.password.empty();
    };
    return std::ranges::any_of(staff, holds) ? done : errc::unsupported;
  }
  std::optional<errc> operator()(const set_password& c) {
    return with(c.id, [&](staff_member& s) { s.password = c.hash; });
  }
  std::optional<errc> operator()(const set_roles& c) {
    auto* s = find(c.id);
    if (!s) return errc::not_found;
    if (s->roles != c.expected) return errc::conflict;
    if (!separate(c.roles)) return errc::malformed;
    s->roles = c.roles;
    return done;
  }
  std::optional<errc> operator()(const set_department& c) {
    const auto where = known(c.department, last_department);
    if (!departments.contains(where)) return errc::not_found;
    return with(c.id, [&](staff_member& s) { s.department = where; });
  }
  std::optional<errc> operator()(const set_disabled& c) {
    return with(c.id, [&](staff_member& s) { s.disabled = c.since; });
  }
  std::optional<errc> operator()(const set_totp& c) {
    return with(c.id, [&](staff_member& s) {
      s.totp = c.key;
      s.totp_step = c.step;
      recovery[s.id] = {c.recovery.begin(), c.recovery.end()};
    });
  }
  std::optional<errc> operator()(const use_totp_step& c) {
    auto* s = find(c.id);
    if (!s || s->totp_step >= c.step) return errc::conflict;
    s->totp_step = c.step;
    return done;
  }
  std::optional<errc> operator()(const use_recovery_code& c) {
    return recovery[c.id].erase(c.digest) == 1 ? done : errc::conflict;
  }
  std::optional<errc> operator()(const open_session& c) {
    auto row = c.row;
    row.staff = known(row.staff, last_staff);
    if (sessions.contains(row.digest)) return errc::conflict;
    if (!staff.contains(row.staff)) return errc::not_found;
    sessions.emplace(row.digest, row);
    const auto mine = sessions_of(row.staff);
    for (std::size_t i = limits::sessions_per_person; i < mine.size(); ++i) sessions.erase(mine[i].digest);
    return done;
  }
  std::optional<errc> operator()(const touch_session& c) {
    const auto s = sessions.find(c.digest);
    if (s != sessions.end()) s->second.seen = std::max(s->second.seen, c.seen);
    return done;
  }
  std::optional<errc> operator()(const rotate_session& c) {
    auto node = sessions.extract(c.from);
    if (node.empty()) return errc::not_found;
    if (sessions.contains(c.to)) return errc::conflict;
    node.key() = node.mapped().digest = c.to;
    sessions.insert(std::move(node));
    return done;
  }
  std::optional<errc> operator()(const close_session& c) {
    std::erase_if(sessions, [&](const auto& s) { return s.first == c.digest && s.second.staff == c.id; });
    return done;
  }
  std::optional<errc> operator()(const close_sessions& c) {
    const auto id = known(c.id, last_staff);
    std::erase_if(sessions, [&](const auto& s) { return s.second.staff == id && s.first != c.except; });
    return done;
  }
  std::optional<errc> operator()(const drop_dead_sessions& c) {
    std::erase_if(sessions,
                  [&](const auto& s) { return s.second.seen < c.seen_before || s.second.opened < c.opened_before; });
    return done;
  }

  /// Newest login first.
  std::vector<staff_session> sessions_of(staff_id id) const {
    std::vector<staff_session> mine;
    for (const auto& [digest, s] : sessions) {
      if (s.staff == id) mine.push_back(s);
    }
    std::ranges::stable_sort(mine, [](const auto& a, const auto& b) {
      return std::pair{a.opened, a.seen} > std::pair{b.opened, b.seen};
    });
    return mine;
  }
  template <class Tree, class Id>
  static bool within(const Tree& tree, Id id, Id top) {
    for (; id && tree.contains(id); id = tree.at(id).parent) {
      if (id == top) return true;
    }
    return false;
  }
  bool covers(const row_scope& scope, const staff_member& s) const {
    return scope.everything || (scope.own && scope.own == s.id) ||
           (scope.department && within(departments, s.department, scope.department)) ||
           (scope.region && within(regions, departments.at(s.department).region, scope.region));
  }
};

class memory_staff_store final : public staff_store {
 public:
  explicit memory_staff_store(post_fn post) : post_{std::move(post)} {}

  void apply(std::vector<staff_change> changes, std::vector<staff_audit> records,
             std::function<void(result<std::int64_t>)> done_fn) override {
    post_([answer = write(changes, std::move(records)), done_fn = std::move(done_fn)] { done_fn(answer); });
  }
  result<installation> state() override { return now_.staff.empty() ? installation::not_set_up : installation::in_use; }
  result<staff_member> find_staff(std::string_view login_name) override {
    for (const auto& [id, s] : now_.staff) {
      if (s.login_name == login_name) return s;
    }
    return make_error_code(errc::not_found);
  }
  result<staff_member> load_staff(staff_id id) override {
    const auto s = now_.staff.find(id);
    if (s == now_.staff.end()) return make_error_code(errc::not_found);
    return s->second;
  }
  result<std::vector<staff_member>> list_staff(const row_scope& scope, staff_id after, std::size_t limit) override {
    std::vector<staff_member> found;
    for (const auto& [id, s] : now_.staff) {
      if (id > after && found.size() < limit && now_.covers(scope, s)) found.push_back(s);
    }
    return found;
  }
  result<std::vector<region>> regions() override { return values(now_.regions); }
  result<std::vector<department>> departments() override { return values(now_.departments); }
  result<std::size_t> recovery_codes_left(staff_id id) override {
    const auto codes = now_.recovery.find(id);
    return codes == now_.recovery.end() ? std::size_t{0} : codes->second.size();
  }
  result<staff_session> load_session(const digest256& digest) override {
    const auto s = now_.sessions.find(digest);
    if (s == now_.sessions.end()) return make_error_code(errc::not_found);
    return s->second;
  }
  result<std::vector<staff_session>> list_sessions(staff_id id) override { return now_.sessions_of(id); }
  result<std::vector<staff_audit>> list_audit(const audit_question& q, std::size_t limit) override {
    std::vector<staff_audit> found;
    for (const auto& r : now_.audit) {
      const bool on_page = q.before != 0 ? r.id < q.before : r.id > q.after;
      const bool asked_for = (!q.actor || r.actor == q.actor) && (q.act.empty() || r.act == q.act) &&
                             (q.subject.empty() || r.subject == q.subject);
      if (on_page && asked_for) found.push_back(r);
    }
    if (q.before != 0) std::ranges::reverse(found);
    if (found.size() > limit) found.resize(limit);
    return found;
  }

 private:
  template <class Map>
  static std::vector<typename Map::mapped_type> values(const Map& rows) {
    std::vector<typename Map::mapped_type> out;
    out.reserve(rows.size());
    for (const auto& [id, row] : rows) out.push_back(row);
    return out;
  }

  result<std::int64_t> write(const std::vector<staff_change>& changes, std::vector<staff_audit> records) {
    auto next = now_;
    next.last_region = {};
    next.last_department = {};
    next.last_staff = {};
    next.last = 0;
    for (const auto& change : changes) {
      if (const auto refused = std::visit(next, change)) return make_error_code(*refused);
    }
    for (auto& r : records) {
      if (r.act.empty()) return make_error_code(errc::malformed);
      r.id = static_cast<std::int64_t>(next.audit.size()) + 1;
      r.actor = contents::known(r.actor, next.last_staff);
      next.audit.push_back(std::move(r));
    }
    now_ = std::move(next);
    return now_.last;
  }

  post_fn post_;
  contents now_;
};

}  // namespace

std::unique_ptr<staff_store> make_memory_staff_store(post_fn post) {
  return std::make_unique<memory_staff_store>(std::move(post));
}

}  // namespace zhuqi::storage
