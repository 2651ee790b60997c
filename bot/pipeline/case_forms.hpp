#pragma once
// The forms of acts as data: which fields an act takes, for the console to draw, and what somebody filled in as
// act_fields. And the roles in which an official may act. Pure.

#include "bot/pipeline/offices.hpp"
#include "bot/staff/rights.hpp"
#include "dialogs/casework/case_state.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zhuqi::pipeline {

enum class form_kind : std::uint8_t { text, unit, staff, days, date, choice };
/// "text", "unit", …
std::string_view name_of(form_kind kind);

struct form_choice {
  std::string id;
  std::string title;
};

struct form_field {
  std::string name;
  std::string title;
  form_kind kind = form_kind::text;
  bool required = false;
  std::vector<form_choice> choices;  ///< of form_kind::choice; of form_kind::staff whom the caller knows
};

struct act_offer {
  dialogs::casework::action what = dialogs::casework::action::inform;
  std::string title;
  std::vector<form_field> fields;
};

std::vector<form_field> form_of(dialogs::casework::action what, dialogs::lang l);

/// Values by field name: a unit is a department's number, a person a staff number, a date milliseconds since 1970,
/// days a number, a choice its id. errc::malformed names the field in `bad`; unknown names are an error.
result<dialogs::casework::act_fields> fields_from(const std::map<std::string, std::string>& values,
                                                  dialogs::casework::action what, const offices& where,
                                                  std::string& bad);

/// Everything the official may act as on this case: a role each they hold, in their own place, and for who serves a
/// whole region also in the regions below it.
std::vector<dialogs::casework::actor> actors_of(const staff::person& who, const dialogs::casework::case_file& c,
                                                const offices& where);

/// The role in which the official opens a case; nothing where none of theirs may.
std::optional<dialogs::casework::role> opening_role(storage::role_set roles);

/// Acts that the actors could do now, with their forms; the first actor who may is the one who would.
std::vector<act_offer> offers_for(const dialogs::casework::case_file& c,
                                  const std::vector<dialogs::casework::actor>& actors, unix_ms now,
                                  const dialogs::casework::desk_book& book, dialogs::lang l);

}  // namespace zhuqi::pipeline
