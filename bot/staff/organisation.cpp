#include "bot/staff/organisation.hpp"

#include "bot/base/limits.hpp"

namespace zhuqi::staff {
namespace {

/// Walks up; the bound makes a cycle, which the store refuses to write, a plain "no".
template <class Id>
bool below(const std::unordered_map<Id, Id>& parent, Id start, Id top) {
  if (!top) return false;
  auto here = start;
  for (std::size_t depth = 0; depth <= limits::organisation_depth; ++depth) {
    const auto known = parent.find(here);
    if (known == parent.end()) return false;
    if (here == top) return true;
    here = known->second;
  }
  return false;
}

}  // namespace

organisation::organisation(const std::vector<storage::region>& regions,
                           const std::vector<storage::department>& departments) {
  for (const auto& r : regions) region_parent_.emplace(r.id, r.parent);
  for (const auto& d : departments) {
    department_parent_.emplace(d.id, d.parent);
    region_of_.emplace(d.id, d.region);
  }
}

bool organisation::within(department_id d, department_id top) const { return below(department_parent_, d, top); }
bool organisation::within(region_id r, region_id top) const { return below(region_parent_, r, top); }

region_id organisation::region_of(department_id d) const {
  const auto known = region_of_.find(d);
  return known == region_of_.end() ? region_id{} : known->second;
}

}  // namespace zhuqi::staff
