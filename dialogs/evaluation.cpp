// Guards, checks and placeholders over what a conversation knows.
#include "dialogs/office.hpp"
#include "dialogs/program.hpp"
#include "dialogs/turn.hpp"
#include "dialogs/values/calendar.hpp"
#include "dialogs/values/canonical.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// What one frame knows; `candidate` stands for the answer that is being judged.
class frame_values final : public name_values {
 public:
  frame_values(const script_source& set, const frame* in, unix_ms now, const ask_node* asking,
               const std::string* candidate)
      : set_{set}, in_{in}, now_{now}, asking_{asking}, candidate_{candidate} {}

  const std::string* of(const name_binding& name) const override {
    switch (name.where) {
      case name_binding::from::parameter: return parameter_of(name.id);
      case name_binding::from::variable:
        if (candidate_ != nullptr && asking_->into == name.id) return candidate_;
        return in_ != nullptr ? found(in_->vars, name.id) : nullptr;
      case name_binding::from::result: {
        if (in_ == nullptr) return nullptr;
        const auto result = in_->results.find(in_->last_do);
        return result != in_->results.end() ? found(result->second, name.id) : nullptr;
      }
      case name_binding::from::outcome: return in_ != nullptr ? &in_->outcome : nullptr;
    }
    return nullptr;
  }

 private:
  static const std::string* found(const std::map<std::string, std::string>& in, const std::string& id) {
    const auto at = in.find(id);
    return at != in.end() ? &at->second : nullptr;
  }
  const std::string* parameter_of(const std::string& id) const {
    for (const parameter& p : set_.parameters) {
      if (p.id == id) return p.on(day_of(now_, set_.hours.utc_offset_min));
    }
    return nullptr;
  }

  const script_source& set_;
  const frame* in_;
  unix_ms now_;
  const ask_node* asking_;
  const std::string* candidate_;
};

}  // namespace

cel::value turn::evaluate(const formula& f, const frame* in, const std::string* candidate) const {
  const ask_node* asking = candidate != nullptr ? here().ask : nullptr;
  return f.code->run(frame_values{scripts_.source(), in, env_.now, asking, candidate});
}

/// A name is shown as its type is; anything else as the value that it has.
void turn::append_value(const formula& f, const frame* in, lang l, std::string& to) const {
  if (f.source == "summary") {
    to += summary(l);
  } else if (f.source == "opens") {
    to += opening_text(l);
  } else if (const name_binding* name = f.code->only_name()) {
    const frame_values known{scripts_.source(), in, env_.now, nullptr, nullptr};
    const std::string* value = known.of(*name);
    // A remembered answer may be named before it is confirmed.
    if (value == nullptr && name->where == name_binding::from::variable && in != nullptr) {
      const dialog* d = scripts_.find(in->dialog);
      const auto index = d->find_variable(name->id);
      if (index) value = offered(*in, d->vars[*index]);
    }
    if (value != nullptr) to += shown(name->type, *value, l);
  } else {
    const cel::value v = evaluate(f, in);
    if (v.is(cel::kind::string)) to += v.text();
    if (v.is(cel::kind::integer)) to += std::to_string(v.number());
    if (v.is(cel::kind::boolean)) to += shown(yes_no_type{}, v.is_true() ? "true" : "false", l);
    if (v.is(cel::kind::money)) to += values::shown(values::value_kind::money, std::to_string(v.number()), l);
    if (v.is(cel::kind::decimal)) to += canonical_text(v, values::decimal_type{}).value_or("");
    if (v.is(cel::kind::percent))
      to += shown(values::percent_type{}, canonical_text(v, values::percent_type{}).value_or(""), l);
    if (v.is(cel::kind::date)) to += shown(values::date_type{}, canonical_text(v, values::date_type{}).value_or(""), l);
    if (v.is(cel::kind::month))
      to += shown(values::month_type{}, canonical_text(v, values::month_type{}).value_or(""), l);
  }
}

/// A range did not decide a guard: its question again, and this time exactly.
turn::target turn::refine(const cel::value& undecided) {
  frame& f = top();
  const dialog& d = *scripts_.find(f.dialog);
  for (const std::string& name : undecided.open_names()) {
    const auto asked = std::find_if(f.trail.rbegin(), f.trail.rend(), [&](const std::string& id) {
      const auto index = d.find_state(id);
      const auto* ask = index ? std::get_if<ask_node>(&d.states[*index].what) : nullptr;
      return ask != nullptr && ask->into == name;
    });
    if (asked == f.trail.rend()) continue;
    const auto range = f.vars.find(name);
    const auto index = d.find_variable(name);
    if (range != f.vars.end() && index) {
      say(system(system_text::exact_wanted, next_.language,
                 {{"value", shown(d.vars[*index].type, range->second, next_.language)}}));
      f.vars.erase(range);
    }
    f.exact.push_back(name);
    const std::string state_id = *asked;
    const auto from = std::find(f.trail.begin(), f.trail.end(), state_id);
    f.replay.assign(from + 1, f.trail.end());
    return d.find_state(state_id);
  }
  give_up();
  return std::nullopt;
}

values::context turn::about() const {
  const auto today = values::date_from_canonical(day_of(env_.now, scripts_.source().hours.utc_offset_min));
  return {next_.language, today.value_or(values::civil_date{})};
}

}  // namespace zhuqi::dialogs
