#pragma once
// Who people are to the rest of storage: their numbers, their roles, and the rows that somebody may touch.

#include "bot/base/ids.hpp"

#include <cstdint>
#include <initializer_list>

namespace zhuqi::storage {

/// The numbers are stored: never renumber, only append (and widen the CHECK of the schema).
enum class staff_role : std::uint8_t {
  agent = 0,           ///< 坐席: talks
  dispatcher,          ///< 派单员
  unit_liaison,        ///< 承办单位联络员: signs and assigns for a department
  handler,             ///< 承办人, 协办人
  approver,            ///< 审核领导
  supervisor,          ///< 督办员
  caller,              ///< 回访员
  enterprise_liaison,  ///< 企业服务专员
  editor,              ///< 脚本/知识编辑
  publisher,           ///< 发布审核
  leader,              ///< 领导看板
  system_admin,        ///< 系统管理员
  security_admin,      ///< 安全管理员
  audit_admin,         ///< 审计管理员
};
inline constexpr int staff_role_count = 14;

/// A set of roles, as the bits 1 << role.
class role_set {
 public:
  constexpr role_set() = default;
  constexpr role_set(std::initializer_list<staff_role> roles) {
    for (const auto r : roles) add(r);
  }
  static constexpr role_set from_bits(std::uint32_t bits) {
    role_set s;
    s.bits_ = bits & ((1u << staff_role_count) - 1);
    return s;
  }
  constexpr void add(staff_role r) { bits_ |= 1u << static_cast<unsigned>(r); }
  constexpr bool has(staff_role r) const { return (bits_ >> static_cast<unsigned>(r) & 1u) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint32_t bits() const { return bits_; }
  friend constexpr bool operator==(role_set, role_set) = default;

 private:
  std::uint32_t bits_ = 0;
};

/// Which rows somebody may touch: the union of the parts that are set. Empty = none.
struct row_scope {
  bool everything = false;
  staff_id own{};              ///< rows of this person
  department_id department{};  ///< rows of this department and those below it
  region_id region{};          ///< rows of this region and those below it
  bool empty() const { return !everything && !own && !department && !region; }
  bool operator==(const row_scope&) const = default;
};

}  // namespace zhuqi::storage
