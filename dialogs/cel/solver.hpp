#pragma once
// Finds what the parameters of signatures and the elements of empty lists stand for, by CEL's rules of assignability:
// dyn agrees with everything, and of two types that agree the more general one is kept.

#include "dialogs/cel/type.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace zhuqi::dialogs::cel {

class solver {
 public:
  /// A parameter that nothing is known of yet.
  type fresh();
  /// The signature's parameters replaced by fresh ones, the same name by the same one within `names`.
  type instantiate(const type& generic, std::map<std::string, type>& names);

  /// Whether a value of type `from` may stand where `to` is wanted. What is learned is kept only on success.
  bool assignable(const type& from, const type& to);
  bool assignable(const std::vector<type>& from, const std::vector<type>& to);

  /// With everything known filled in; the parameters left stay.
  type filled(const type& t) const;
  /// The same, and dyn for the parameters left.
  type settled(const type& t) const;
  /// Of the two that agree the more general one.
  static type more_general(const type& a, const type& b);

 private:
  bool agree(const type& from, const type& to);
  bool bind(const type& parameter, const type& to, bool& was_bound);
  bool occurs(const type& parameter, const type& in) const;
  void set(const std::string& name, type t);
  void undo(std::size_t mark);

  std::map<std::string, type> known_;
  std::vector<std::pair<std::string, type>> trail_;  ///< former values, to undo; kind error means none
  std::size_t count_ = 0;
};

}  // namespace zhuqi::dialogs::cel
