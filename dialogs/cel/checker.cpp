#include "dialogs/cel/checker.hpp"

#include <algorithm>

namespace zhuqi::dialogs::cel {
namespace {

// The names that are types when nothing else is called so.
std::optional<type> type_called(const std::string& name) {
  auto t = parse_type(name);
  if (!t || t->is(type_kind::opaque) || t->is(type_kind::parameter) || t->is(type_kind::dyn)) return std::nullopt;
  type out{type_kind::type};
  out.of.push_back(std::move(*t));
  return out;
}

}  // namespace

bool is_number_literal(const node& n) {
  return n.kind == node_kind::literal && (n.constant.is(kind::integer) || n.constant.is(kind::floating));
}

void checker::report(rule what, node_id id, std::vector<std::string> args) {
  if (how_ == strictness::dynamic) return;
  const node& n = tree_[id];
  problems_.push_back({what, n.begin, n.end, std::move(args)});
}

std::uint32_t checker::push(const std::string& name, type what) {
  const auto slot = static_cast<std::uint32_t>(locals_.size());
  locals_.push_back({name, std::move(what), slot});
  most_locals_ = std::max(most_locals_, slot + 1);
  return slot;
}

const checker::local* checker::find_local(const node& name) const {
  if (name.absolute) return nullptr;
  const auto found =
      std::find_if(locals_.rbegin(), locals_.rend(), [&](const local& l) { return l.name == name.text; });
  return found == locals_.rend() ? nullptr : &*found;
}

std::string checker::dotted(node_id id) const {
  std::vector<std::string_view> words;
  const node* n = &tree_[id];
  for (; n->kind == node_kind::select; n = &tree_[n->children[0]]) words.push_back(n->text);
  if (n->kind != node_kind::name || find_local(*n) != nullptr) return "";
  std::string out = n->text;
  for (auto w = words.rbegin(); w != words.rend(); ++w) out.append(".").append(*w);
  return out;
}

bool checker::declared(const std::string& name) const { return names_.slot_of(name) || type_called(name); }

type checker::visit(node_id id) {
  type out = visit_node(id);
  meanings_[id].deduced = out;
  return out;
}

type checker::visit_node(node_id id) {
  const node& n = tree_[id];
  switch (n.kind) {
    case node_kind::literal: return visit_literal(n);
    case node_kind::name: return visit_name(id);
    case node_kind::select: return visit_select(id);
    case node_kind::call: return visit_call(id);
    case node_kind::operation: return visit_operation(id);
    case node_kind::all_of:
    case node_kind::any_of: return visit_conditions(id);
    case node_kind::conditional: return visit_conditional(id);
    case node_kind::list: return visit_list(id);
    case node_kind::map: return visit_map(id);
    case node_kind::macro: return visit_macro(id);
  }
  return failed();
}

type checker::visit_literal(const node& n) {
  switch (n.constant.kind()) {
    case kind::null: return {type_kind::null};
    case kind::boolean: return {type_kind::boolean};
    case kind::integer: return {type_kind::integer};
    case kind::unsigned_integer: return {type_kind::unsigned_integer};
    case kind::floating: return {type_kind::floating};
    case kind::bytes: return {type_kind::bytes};
    default: return {type_kind::string};
  }
}

type checker::visit_name(node_id id) {
  const node& n = tree_[id];
  meaning& m = meanings_[id];
  if (const local* found = find_local(n)) {
    m.how = meaning::form::local;
    m.slot = found->slot;
    return found->what;
  }
  if (const auto slot = names_.slot_of(n.text)) {
    m.how = meaning::form::fact;
    m.slot = *slot;
    return names_.variables()[*slot].what;
  }
  if (auto t = type_called(n.text)) {
    m.how = meaning::form::type_name;
    return *t;
  }
  m.how = meaning::form::unknown_name;
  if (names_.has_function(n.text)) {
    report(rule::not_a_value, id, {n.text});
  } else {
    report(rule::unknown_name, id, {n.text, names_.nearest_variable(n.text)});
  }
  return failed();
}

type checker::visit_select(node_id id) {
  meaning& m = meanings_[id];
  const std::string name = dotted(id);
  if (!name.empty()) {
    if (const auto slot = names_.slot_of(name)) {
      m.how = meaning::form::fact;
      m.slot = *slot;
      return names_.variables()[*slot].what;
    }
    if (auto t = type_called(name)) {
      m.how = meaning::form::type_name;
      return *t;
    }
    bool known = false;
    for (auto dot = name.rfind('.'); dot != std::string::npos && !known;
         dot = dot == 0 ? dot : name.rfind('.', dot - 1)) {
      known = declared(name.substr(0, dot));
    }
    if (!known) {
      m.how = meaning::form::unknown_name;
      report(rule::unknown_name, id, {name, names_.nearest_variable(name)});
      return failed();
    }
  }
  return field_of(id, visit(tree_[id].children[0]));
}

type checker::field_of(node_id id, const type& target) {
  const type t = solver_.filled(target);
  if (t.is(type_kind::map)) {
    if (solver_.assignable({type_kind::string}, t.of[0])) return t.of[1];
  } else if (t.is(type_kind::dyn) || t.is(type_kind::error) || t.is(type_kind::parameter)) {
    return t.is(type_kind::parameter) ? type{type_kind::dyn} : t;
  }
  report(rule::no_fields, id, {shown(t), tree_[id].text});
  return failed();
}

void checker::condition(node_id id, std::string_view of) {
  const type t = visit(id);
  if (!solver_.assignable(t, {type_kind::boolean})) {
    report(rule::condition_not_bool, id, {std::string{of}, shown(t)});
  }
}

type checker::visit_conditions(node_id id) {
  const node& n = tree_[id];
  for (const node_id child : n.children) condition(child, n.kind == node_kind::all_of ? "&&" : "||");
  return {type_kind::boolean};
}

type checker::visit_conditional(node_id id) {
  const node& n = tree_[id];
  condition(n.children[0], "?:");
  const type a = visit(n.children[1]);
  const type b = visit(n.children[2]);
  if (solver_.assignable(b, a)) return solver::more_general(solver_.filled(a), solver_.filled(b));
  report(rule::branches_differ, id, {shown(a), shown(b)});
  return failed();
}

type checker::join(const type& so_far, const type& next) {
  if (!solver_.assignable(so_far, next)) return {type_kind::dyn};
  return solver::more_general(solver_.filled(so_far), solver_.filled(next));
}

type checker::visit_list(node_id id) {
  const node& n = tree_[id];
  if (n.children.empty()) return list_of(solver_.fresh());
  type element = visit(n.children[0]);
  for (std::size_t i = 1; i < n.children.size(); ++i) element = join(element, visit(n.children[i]));
  return list_of(std::move(element));
}

type checker::visit_map(node_id id) {
  const node& n = tree_[id];
  if (n.children.empty()) return map_of(solver_.fresh(), solver_.fresh());
  std::optional<type> key;
  std::optional<type> item;
  for (std::size_t i = 0; i + 1 < n.children.size(); i += 2) {
    type k = solver_.filled(visit(n.children[i]));
    const bool usable = k.is(type_kind::boolean) || k.is(type_kind::integer) || k.is(type_kind::unsigned_integer) ||
                        k.is(type_kind::string) || k.is(type_kind::dyn) || k.is(type_kind::error) ||
                        k.is(type_kind::parameter);
    if (!usable) {
      report(rule::bad_key_type, n.children[i], {shown(k)});
      k = failed();
    }
    const type v = visit(n.children[i + 1]);
    key = key ? join(*key, k) : k;
    item = item ? join(*item, v) : v;
  }
  return map_of(*key, *item);
}

// What the one or two variables of a macro run over: the index or key, and the item.
std::pair<type, type> checker::members(node_id id, const type& collection) {
  const type t = solver_.filled(collection);
  if (t.is(type_kind::list)) return {{type_kind::integer}, t.of[0]};
  if (t.is(type_kind::map)) return {t.of[0], t.of[1]};
  if (!t.is(type_kind::dyn) && !t.is(type_kind::error) && !t.is(type_kind::parameter)) {
    report(rule::not_a_collection, id, {std::string{spelling(tree_[id].macro)}, shown(t)});
    return {failed(), failed()};
  }
  return {{type_kind::dyn}, {type_kind::dyn}};
}

type checker::visit_bind(node_id id) {
  const node& n = tree_[id];
  const type what = visit(n.children[0]);
  meanings_[id].slot = push(n.text, what);
  type out = visit(n.children[1]);
  locals_.pop_back();
  return out;
}

type checker::visit_macro(node_id id) {
  const node& n = tree_[id];
  if (n.macro == macro_kind::bind) return visit_bind(id);
  if (n.macro == macro_kind::has) {
    const node_id selection = n.children[0];
    meaning& m = meanings_[selection];
    m.deduced = field_of(selection, visit(tree_[selection].children[0]));
    return {type_kind::boolean};
  }
  const type collection = visit(n.children[0]);
  const auto [key, item] = members(id, collection);
  const std::size_t before = locals_.size();
  const bool keys_alone = n.second.empty() && solver_.filled(collection).is(type_kind::map);
  meanings_[id].slot = push(n.text, n.second.empty() && !keys_alone ? item : key);
  if (!n.second.empty()) push(n.second, item);
  type out = macro_result(id, key, keys_alone ? key : item);
  locals_.resize(before, local{});
  return out;
}

type checker::macro_result(node_id id, const type& key, const type& item) {
  const node& n = tree_[id];
  const std::string word{spelling(n.macro)};
  switch (n.macro) {
    case macro_kind::all:
    case macro_kind::exists:
    case macro_kind::exists_one: condition(n.children[1], word); return {type_kind::boolean};
    case macro_kind::filter: condition(n.children[1], word); return list_of(item);
    default: break;
  }
  if (n.children.size() == 3) condition(n.children[1], word);
  type body = visit(n.children.back());
  return n.macro == macro_kind::transform_map ? map_of(key, std::move(body)) : list_of(std::move(body));
}

}  // namespace zhuqi::dialogs::cel
