#pragma once
// The organisation as casework speaks of it. A unit of a case is a department's number in decimal and its region's code
// (GB/T 2260); here both are looked up in either direction, and by name where a person typed one.

#include "bot/staff/organisation.hpp"
#include "dialogs/casework/case_file.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zhuqi::pipeline {

/// Immutable; made anew by whoever changed the organisation.
class offices {
 public:
  offices() = default;
  offices(std::vector<storage::region> regions, std::vector<storage::department> departments);

  /// Both members "" for an unknown department.
  dialogs::casework::unit unit_of(department_id id) const;
  /// 0 for a unit that is none of ours, or of another region than it says.
  department_id department_of(const dialogs::casework::unit& u) const;
  /// "" for an unknown region.
  std::string code_of(region_id id) const;
  region_id region_coded(std::string_view code) const;
  /// The region whose name is the longest of those that stand in the text; 0 = none.
  region_id region_in(std::string_view typed) const;
  /// "" where unknown.
  std::string name_of(department_id id) const;
  std::string name_of(region_id id) const;
  /// The top department of the region, or of the next region above that has one; the first by number. 0 = none.
  department_id first_of(region_id id) const;
  /// The first region without a parent; 0 = there is none.
  region_id top_region() const;
  const staff::organisation& tree() const { return tree_; }

 private:
  const storage::region* find(region_id id) const;
  const storage::department* find(department_id id) const;

  std::vector<storage::region> regions_;          ///< by id
  std::vector<storage::department> departments_;  ///< by id
  staff::organisation tree_;
};

/// A decimal number of ours; 0 for anything else.
std::int64_t decimal(std::string_view text);

}  // namespace zhuqi::pipeline
