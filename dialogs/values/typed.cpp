// The one entry for typed answers: prepares the text, chooses the parser, speaks of all problems in one enumeration.
#include "bot/base/text.hpp"
#include "dialogs/values/choice.hpp"
#include "dialogs/values/lexicon.hpp"
#include "dialogs/values/phrases.hpp"
#include "dialogs/values/typed_parsers.hpp"

namespace zhuqi::dialogs::values {
namespace {

problem problem_of(misfit m) {
  switch (m) {
    case misfit::none: return problem::none;
    case misfit::unrecognised: return problem::unrecognised;
    case misfit::ambiguous: return problem::ambiguous;
    case misfit::too_short: return problem::text_too_short;
    case misfit::too_long: return problem::text_too_long;
    case misfit::phone_invalid: return problem::phone_invalid;
    case misfit::uscc_length: return problem::uscc_length;
    case misfit::uscc_character: return problem::uscc_character;
    case misfit::uscc_check: return problem::uscc_check;
    case misfit::uscc_old_number: return problem::uscc_old_number;
  }
  return problem::unrecognised;
}

}  // namespace

answer answer_of(parsed p) {
  answer out;
  out.why = problem_of(p.why);
  out.value = std::move(p.value);
  out.detail = p.detail.empty() && p.number > 0 ? std::to_string(p.number) : std::move(p.detail);
  out.guessed = p.guessed;
  return out;
}

namespace {

/// 不清楚 where nothing else was understood.
answer or_dont_know(answer a, std::string_view prepared) {
  if (!a.good() && a.why != problem::ambiguous && says_dont_know(prepared)) a.why = problem::dont_know;
  return a;
}

answer choose(const one_of_type& type, std::string_view folded) {
  std::vector<std::vector<std::string>> keys;
  std::vector<option_view> views;
  keys.reserve(type.options.size());
  for (const auto& option : type.options) {
    auto& words = keys.emplace_back();
    for (const std::string& word : option.words) words.push_back(text::fold(word));
  }
  for (std::size_t i = 0; i < type.options.size(); ++i) views.push_back({type.options[i].id, keys[i]});
  return answer_of(parse_options(views, folded));
}

struct by_type {
  std::string_view raw;
  std::string_view prepared;
  const context& about;

  answer operator()(const boolean_type&) const {
    return or_dont_know(answer_of(parse_yes_no(text::fold(raw))), prepared);
  }
  answer operator()(const integer_type& t) const { return parse_integer(t, prepared); }
  answer operator()(const decimal_type& t) const { return parse_decimal(t, prepared); }
  answer operator()(const percent_type& t) const { return parse_percent(t, prepared); }
  answer operator()(const money_type& t) const { return parse_money(t, prepared); }
  answer operator()(const date_type& t) const { return parse_date(t, prepared, about); }
  answer operator()(const month_type& t) const { return parse_month(t, prepared, about); }
  answer operator()(const duration_type& t) const { return parse_duration(t, prepared); }
  answer operator()(const ordinal_type& t) const { return parse_ordinal(t, prepared); }
  answer operator()(const id_number_type&) const { return parse_id_number(prepared, about); }
  answer operator()(const phone_number_type&) const {
    return or_dont_know(answer_of(parse_phone(text::fold(raw))), prepared);
  }
  answer operator()(const credit_code_type&) const {
    return or_dont_know(answer_of(parse_uscc(text::fold(raw))), prepared);
  }
  answer operator()(const line_type& t) const { return answer_of(parse_text({t.min_chars, t.max_chars}, raw)); }
  answer operator()(const one_of_type& t) const { return or_dont_know(choose(t, text::fold(raw)), prepared); }
};

}  // namespace

answer parse(const value_type& type, std::string_view raw, const context& about) {
  answer out;
  const bool free_text = std::holds_alternative<line_type>(type);
  if (!free_text && raw.size() > max_answer_bytes) {
    out.why = problem::too_long_input;
    return out;
  }
  const std::string prepared = free_text ? std::string{} : prepare(raw);
  if (!free_text && prepared.empty()) {
    out.why = text::is_utf8(raw) ? problem::empty : problem::unrecognised;
    return out;
  }
  return std::visit(by_type{raw, prepared, about}, type);
}

std::vector<found_value> find(value_kind kind, std::string_view raw, const context& about, leaning year) {
  if (raw.size() > max_answer_bytes) return {};
  const std::string prepared = prepare(raw);
  switch (kind) {
    case value_kind::integer:
    case value_kind::decimal:
    case value_kind::percent:
    case value_kind::money: return find_numbers(kind, prepared);
    case value_kind::date: return find_dates(prepared, about, year);
    case value_kind::ordinal: return find_ordinals(prepared);
    default: return {};
  }
}

}  // namespace zhuqi::dialogs::values
