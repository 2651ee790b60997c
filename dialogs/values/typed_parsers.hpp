#pragma once
// One parser per kind, over a prepared text (lexicon.hpp) that is neither empty nor over the bound. Only for
// typed.cpp.

#include "dialogs/values/types.hpp"

namespace zhuqi::dialogs::values {

answer parse_integer(const integer_type& type, std::string_view prepared);
answer parse_decimal(const decimal_type& type, std::string_view prepared);
answer parse_percent(const percent_type& type, std::string_view prepared);
answer parse_money(const money_type& type, std::string_view prepared);
answer parse_date(const date_type& type, std::string_view prepared, const context& about);
answer parse_month(const month_type& type, std::string_view prepared, const context& about);
answer parse_duration(const duration_type& type, std::string_view prepared);
answer parse_ordinal(const ordinal_type& type, std::string_view prepared);
answer parse_id_number(std::string_view prepared, const context& about);

std::vector<found_value> find_numbers(value_kind kind, std::string_view prepared);
std::vector<found_value> find_ordinals(std::string_view prepared);
std::vector<found_value> find_dates(std::string_view prepared, const context& about, leaning year);

}  // namespace zhuqi::dialogs::values
