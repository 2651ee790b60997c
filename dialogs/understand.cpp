// Texts, choices and codes have readers that know scripts; all that is counted or dated is values::parse's.
#include "dialogs/understand.hpp"

#include "bot/base/text.hpp"
#include "dialogs/cel/regex.hpp"
#include "dialogs/values/canonical.hpp"
#include "dialogs/values/parse.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

using values::answer;
using values::problem;

struct reader {
  std::string_view raw, folded;
  const values::context& about;

  answer operator()(const text_type& t) const {
    answer out = answer_of(values::parse_text(t, raw));
    if (!out.good() || t.pattern.empty()) return out;
    const auto pattern = cel::regex::compile(t.pattern);
    if (pattern == nullptr || !pattern->covers(out.value)) out.why = problem::unrecognised;
    return out;
  }
  answer operator()(const choice_type& t) const { return answer_of(values::parse_choice(t, folded)); }
  answer operator()(const yes_no_type&) const { return answer_of(values::parse_yes_no(folded)); }
  answer operator()(const phone_type&) const { return answer_of(values::parse_phone(folded)); }
  answer operator()(const uscc_type&) const { return answer_of(values::parse_uscc(folded)); }
  answer operator()(const file_type&) const { return {}; }
  answer operator()(const auto& counted) const { return values::parse(values::value_type{counted}, raw, about); }
};

struct kind_by_type {
  std::optional<values::value_kind> operator()(const text_type&) const { return values::value_kind::text; }
  std::optional<values::value_kind> operator()(const choice_type&) const { return std::nullopt; }
  std::optional<values::value_kind> operator()(const yes_no_type&) const { return std::nullopt; }
  std::optional<values::value_kind> operator()(const file_type&) const { return std::nullopt; }
  std::optional<values::value_kind> operator()(const phone_type&) const { return values::value_kind::phone; }
  std::optional<values::value_kind> operator()(const uscc_type&) const { return values::value_kind::credit_code; }
  std::optional<values::value_kind> operator()(const auto& counted) const {
    return values::kind_of(values::value_type{counted});
  }
};

}  // namespace

answer understand(const variable_type& type, std::string_view raw, std::string_view folded,
                  const values::context& about) {
  answer out = std::visit(reader{raw, folded, about}, type);
  // 「不清楚」 is the same to every question but one that takes any words.
  const bool unread = out.why == problem::unrecognised && !takes_anything(type);
  if (unread && values::parse(values::boolean_type{}, raw, about).why == problem::dont_know)
    out.why = problem::dont_know;
  return out;
}

bool fits(const variable_type& type, const std::string& canonical) {
  if (const auto* c = std::get_if<choice_type>(&type)) {
    return std::any_of(c->options.begin(), c->options.end(), [&](const choice_option& o) { return o.id == canonical; });
  }
  if (std::holds_alternative<file_type>(type)) return !canonical.empty();
  if (std::holds_alternative<yes_no_type>(type)) return canonical == "true" || canonical == "false";
  // A day may have been right when it was said: only its form is asked for, not its distance from today.
  if (std::holds_alternative<values::date_type>(type)) return values::date_from_canonical(canonical).has_value();
  if (std::holds_alternative<values::money_type>(type) || std::holds_alternative<values::month_type>(type) ||
      std::holds_alternative<values::duration_type>(type)) {
    return values::ends_of(canonical).has_value();
  }
  if (const auto ends = values::ends_of(canonical); ends && !ends->exact()) return true;
  const answer again = understand(type, canonical, text::fold(canonical), {});
  return again.good() && again.value == canonical;
}

std::optional<std::string> read_constant(const variable_type& type, const std::string& text) {
  answer read = understand(type, text, text::fold(text), {});
  if (!read.good()) return std::nullopt;
  return std::move(read.value);
}

bool takes_anything(const variable_type& type) { return std::holds_alternative<text_type>(type); }

std::optional<values::value_kind> kind_of(const variable_type& type) { return std::visit(kind_by_type{}, type); }

}  // namespace zhuqi::dialogs
