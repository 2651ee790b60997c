#include "bot/pipeline/case_forms.hpp"

#include "dialogs/casework/state_table.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace zhuqi::pipeline {
namespace {

namespace cw = dialogs::casework;
using storage::staff_role;

struct field_row {
  std::string_view name, zh, en;
  form_kind kind;
};

constexpr std::array field_table{
    field_row{"reason", "理由", "Reason", form_kind::text},
    field_row{"text", "内容", "Text", form_kind::text},
    field_row{"basis", "依据或办理渠道", "Basis, or where to turn", form_kind::text},
    field_row{"to", "单位", "Unit", form_kind::unit},
    field_row{"staff", "承办人", "Official", form_kind::staff},
    field_row{"days", "工作日数", "Working days", form_kind::days},
    field_row{"until", "截止日期", "Date", form_kind::date},
    field_row{"grade", "评价", "Grade", form_kind::choice},
    field_row{"ground", "挂起原因", "Ground", form_kind::choice},
    field_row{"track", "办理通道", "Track", form_kind::choice},
    field_row{"difficulty", "难易程度", "Difficulty", form_kind::choice},
};

/// What an act takes besides what it needs.
std::vector<std::string_view> optional_fields(cw::action what) {
  switch (what) {
    case cw::action::accept: return {"track", "difficulty"};
    case cw::action::dispatch:
    case cw::action::urge:
    case cw::action::withdraw:
    case cw::action::confirm_solved: return {"reason"};
    case cw::action::ask_assist: return {"days"};
    case cw::action::suspend: return {"until"};
    case cw::action::submit_reply: return {"basis"};
    case cw::action::rate: return {"reason"};
    default: return {};
  }
}

template <class E>
std::vector<form_choice> choices(dialogs::lang l) {
  std::vector<form_choice> out;
  out.reserve(cw::names<E>().size());
  for (const auto& row : cw::names<E>()) out.push_back({std::string{row.id}, std::string{row.in(l)}});
  return out;
}

std::vector<form_choice> choices_of(std::string_view name, dialogs::lang l) {
  if (name == "grade") return choices<cw::rating>(l);
  if (name == "ground") return choices<cw::suspend_ground>(l);
  if (name == "track") return choices<cw::track>(l);
  if (name == "difficulty") return choices<cw::difficulty>(l);
  return {};
}

bool is_needed(cw::action what, std::string_view name) {
  constexpr std::array needed{cw::field::reason, cw::field::text,  cw::field::basis, cw::field::to,    cw::field::staff,
                              cw::field::days,   cw::field::until, cw::field::grade, cw::field::ground};
  return std::ranges::any_of(needed,
                             [&](cw::field f) { return cw::id_of_field(f) == name && cw::rule_of(what).needs.has(f); });
}

template <class E>
bool choose(std::optional<E>& slot, std::string_view id) {
  slot = cw::from_id<E>(id);
  return slot.has_value();
}

bool set_field(cw::act_fields& f, std::string_view name, const std::string& value, const offices& where) {
  if (name == "reason") return f.reason = value, true;
  if (name == "text") return f.text = value, true;
  if (name == "basis") return f.basis = value, true;
  if (name == "grade") return choose(f.grade, value);
  if (name == "ground") return choose(f.ground, value);
  if (name == "track") return choose(f.on, value);
  if (name == "difficulty") return choose(f.how_hard, value);
  const std::int64_t number = decimal(value);
  if (name == "days") return (f.days = number) > 0;
  if (name == "until") return (f.until = {number}).value > 0;
  if (name == "staff") return f.staff = value, number > 0;
  f.to = where.unit_of({number});
  return !f.to.department.empty();
}

struct role_row {
  staff_role held;
  cw::role as;
  bool serves_region;
};

constexpr std::array role_table{
    role_row{staff_role::dispatcher, cw::role::dispatcher, true},
    role_row{staff_role::unit_liaison, cw::role::liaison, false},
    role_row{staff_role::handler, cw::role::handler, false},
    role_row{staff_role::approver, cw::role::reviewer, false},
    role_row{staff_role::supervisor, cw::role::supervisor, true},
    role_row{staff_role::caller, cw::role::call_back_officer, true},
    role_row{staff_role::enterprise_liaison, cw::role::specialist, false},
    role_row{staff_role::agent, cw::role::agent, true},
};

/// Fields that are there, whatever is in them: what is refused then is refused whatever a person fills in.
cw::act_fields any_fields(const cw::case_file& c, cw::action what, unix_ms now) {
  cw::act_fields f;
  f.reason = f.text = f.basis = "-";
  f.to = {"0", "000000"};
  if (what == cw::action::release_assist) {
    for (const auto& a : c.assists) {
      if (a.status == cw::assist_status::asked) f.to = a.from;
    }
  }
  f.staff = "0";
  f.days = 1;
  f.until = now + 1;
  f.grade = cw::rating::satisfied;
  f.ground = cw::suspend_ground::statutory;
  return f;
}

bool depends_on_fields(cw::refusal_rule rule) {
  using r = cw::refusal_rule;
  return rule == r::assist_too_long || rule == r::bad_days || rule == r::bad_until;
}

}  // namespace

std::string_view name_of(form_kind kind) {
  constexpr std::array<std::string_view, 6> names{"text", "unit", "staff", "days", "date", "choice"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<form_field> form_of(cw::action what, dialogs::lang l) {
  std::vector<form_field> out;
  const auto besides = optional_fields(what);
  for (const auto& row : field_table) {
    const bool needed = is_needed(what, row.name);
    if (!needed && std::ranges::find(besides, row.name) == besides.end()) continue;
    const auto title = l == dialogs::lang::zh_cn ? row.zh : row.en;
    out.push_back({std::string{row.name}, std::string{title}, row.kind, needed, choices_of(row.name, l)});
  }
  return out;
}

result<cw::act_fields> fields_from(const std::map<std::string, std::string>& values, cw::action what,
                                   const offices& where, std::string& bad) {
  cw::act_fields f;
  const auto form = form_of(what, dialogs::lang::zh_cn);
  for (const auto& [name, value] : values) {
    const bool taken = std::ranges::any_of(form, [&](const form_field& field) { return field.name == name; });
    if (taken && (value.empty() || set_field(f, name, value, where))) continue;
    bad = name;
    return make_error_code(errc::malformed);
  }
  return f;
}

std::optional<cw::role> opening_role(storage::role_set roles) {
  // Whoever dispatches also takes down what an enterprise tells them.
  if (roles.has(staff_role::agent) || roles.has(staff_role::dispatcher)) return cw::role::agent;
  if (roles.has(staff_role::enterprise_liaison)) return cw::role::specialist;
  return std::nullopt;
}

std::vector<cw::actor> actors_of(const staff::person& who, const cw::case_file& c, const offices& where) {
  std::vector<cw::actor> out;
  if (!who.active || !who.id) return out;
  const cw::unit own = where.unit_of(who.department);
  for (const auto& row : role_table) {
    if (!who.roles.has(row.held)) continue;
    std::set<std::string> regions{own.region};
    if (row.serves_region) {
      for (const auto& code : {c.what.region, c.lead.region}) {
        if (where.tree().within(where.region_coded(code), who.region)) regions.insert(code);
      }
    }
    out.push_back({std::to_string(who.id.value), row.as, own.department, own.region});
    regions.erase(own.region);
    for (const auto& code : regions) {
      out.push_back({std::to_string(who.id.value), row.as, own.department, code});
    }
  }
  return out;
}

std::vector<act_offer> offers_for(const cw::case_file& c, const std::vector<cw::actor>& actors, unix_ms now,
                                  const cw::desk_book& book, dialogs::lang l) {
  std::vector<act_offer> out;
  for (const auto& rule : cw::action_rules()) {
    if (rule.what == cw::action::open || rule.needs.has(cw::field::clock)) continue;
    const auto fields = any_fields(c, rule.what, std::max(now, c.changed));
    const auto may = [&](const cw::actor& by) {
      const auto no = cw::refusal_of(c, rule.what, fields, by, now, book);
      return !no || depends_on_fields(no->rule);
    };
    if (std::ranges::none_of(actors, may)) continue;
    out.push_back({rule.what, std::string{cw::name_of(rule.what).in(l)}, form_of(rule.what, l)});
  }
  return out;
}

}  // namespace zhuqi::pipeline
