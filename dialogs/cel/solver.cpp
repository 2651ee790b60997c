#include "dialogs/cel/solver.hpp"

namespace zhuqi::dialogs::cel {
namespace {

bool agrees_with_all(const type& t) { return t.is(type_kind::dyn) || t.is(type_kind::error); }

// CEL lets null stand for these and nothing else.
bool nullable(const type& t) {
  return t.is(type_kind::null) || t.is(type_kind::timestamp) || t.is(type_kind::duration) || t.is(type_kind::opaque);
}

bool at_least_as_general(const type& a, const type& b) {
  if (agrees_with_all(a) || a.is(type_kind::parameter)) return true;
  if (agrees_with_all(b) || b.is(type_kind::parameter)) return false;
  if (b.is(type_kind::null) && nullable(a)) return true;
  if (a.kind != b.kind || a.name != b.name || a.of.size() != b.of.size()) return false;
  for (std::size_t i = 0; i < a.of.size(); ++i) {
    if (!at_least_as_general(a.of[i], b.of[i])) return false;
  }
  return true;
}

}  // namespace

type solver::fresh() {
  type out{type_kind::parameter};
  out.name = "#" + std::to_string(count_++);
  return out;
}

type solver::instantiate(const type& generic, std::map<std::string, type>& names) {
  if (generic.is(type_kind::parameter)) {
    const auto found = names.find(generic.name);
    return found != names.end() ? found->second : names.emplace(generic.name, fresh()).first->second;
  }
  type out = generic;
  for (type& t : out.of) t = instantiate(t, names);
  return out;
}

void solver::set(const std::string& name, type t) {
  const auto found = known_.find(name);
  if (found == known_.end()) {
    trail_.emplace_back(name, type{type_kind::error});
    known_.emplace(name, std::move(t));
  } else {
    trail_.emplace_back(name, std::exchange(found->second, std::move(t)));
  }
}

void solver::undo(std::size_t mark) {
  while (trail_.size() > mark) {
    auto& [name, former] = trail_.back();
    if (former.is(type_kind::error)) {
      known_.erase(name);
    } else {
      known_[name] = std::move(former);
    }
    trail_.pop_back();
  }
}

bool solver::assignable(const type& from, const type& to) {
  const std::size_t mark = trail_.size();
  const bool good = agree(from, to);
  if (!good) undo(mark);
  return good;
}

bool solver::assignable(const std::vector<type>& from, const std::vector<type>& to) {
  if (from.size() != to.size()) return false;
  const std::size_t mark = trail_.size();
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (agree(from[i], to[i])) continue;
    undo(mark);
    return false;
  }
  return true;
}

bool solver::agree(const type& from, const type& to) {
  bool was_bound = false;
  if (to.is(type_kind::parameter)) {
    if (bind(to, from, was_bound)) return true;
    if (was_bound) return false;
  }
  if (from.is(type_kind::parameter)) return bind(from, to, was_bound);
  if (agrees_with_all(from) || agrees_with_all(to)) return true;
  if (from.is(type_kind::null)) return nullable(to);
  if (to.is(type_kind::null)) return nullable(from);
  if (from.kind != to.kind || from.name != to.name) return false;
  if (from.is(type_kind::type)) return true;  // type(int) == type(string) is a question, not a mistake
  if (from.of.size() != to.of.size()) return false;
  for (std::size_t i = 0; i < from.of.size(); ++i) {
    if (!agree(from.of[i], to.of[i])) return false;
  }
  return true;
}

bool solver::bind(const type& parameter, const type& to, bool& was_bound) {
  if (parameter == to) return true;
  const auto found = known_.find(parameter.name);
  if (found == known_.end()) {
    if (occurs(parameter, to)) return false;
    set(parameter.name, to);
    return true;
  }
  was_bound = true;
  const type now = found->second;
  if (now == to) return true;
  if (!agree(to, now)) return false;
  type wider = more_general(to, now);
  if (!occurs(parameter, wider)) set(parameter.name, std::move(wider));
  return true;
}

bool solver::occurs(const type& parameter, const type& in) const {
  if (in.is(type_kind::parameter)) {
    if (in.name == parameter.name) return true;
    const auto found = known_.find(in.name);
    return found != known_.end() && occurs(parameter, found->second);
  }
  for (const type& t : in.of) {
    if (occurs(parameter, t)) return true;
  }
  return false;
}

type solver::more_general(const type& a, const type& b) { return at_least_as_general(a, b) ? a : b; }

type solver::filled(const type& t) const {
  if (t.is(type_kind::parameter)) {
    const auto found = known_.find(t.name);
    return found == known_.end() ? t : filled(found->second);
  }
  type out = t;
  for (type& inner : out.of) inner = filled(inner);
  return out;
}

type solver::settled(const type& t) const {
  if (t.is(type_kind::parameter)) {
    const auto found = known_.find(t.name);
    return found == known_.end() ? type{type_kind::dyn} : settled(found->second);
  }
  type out = t;
  for (type& inner : out.of) inner = settled(inner);
  return out;
}

}  // namespace zhuqi::dialogs::cel
