#pragma once
// The trees of departments and regions as one immutable picture, to answer "is this below that" without a query.
// Rebuilt by whoever changed them.

#include "storage/staff_store.hpp"

#include <unordered_map>

namespace zhuqi::staff {

class organisation {
 public:
  organisation() = default;
  organisation(const std::vector<storage::region>& regions, const std::vector<storage::department>& departments);

  /// `d` is `top` or somewhere below it. False for unknown ones and for 0.
  bool within(department_id d, department_id top) const;
  bool within(region_id r, region_id top) const;
  /// 0 where unknown.
  region_id region_of(department_id d) const;

 private:
  std::unordered_map<region_id, region_id> region_parent_;
  std::unordered_map<department_id, department_id> department_parent_;
  std::unordered_map<department_id, region_id> region_of_;
};

}  // namespace zhuqi::staff
