// Asking services: an effect goes out, the frame waits, a result event or its timer comes back. What a service returned is kept
// with the state that asked, so that walking the way again does not ask twice.
#include "dialogs/turn.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

constexpr std::string_view timer_prefix = "call:";

}  // namespace

turn::target turn::enter(const do_node& n) {
  frame& f = top();
  if (f.results.contains(f.state)) {
    f.last_do = f.state;
    return follow(n.next);
  }
  const service& s = scripts_.source().services[n.service];
  effect::call call{"c" + std::to_string(++next_.calls), s.id, {}, s.timeout_ms, s.once};
  for (std::size_t i = 0; i < n.args.size() && i < s.args.size(); ++i) {
    const auto value = canonical_text(evaluate(n.args[i], &f), s.args[i].type);
    if (!value) return service_failed(n);
    call.args.emplace(s.args[i].id, *value);
  }
  if (!n.say.empty()) say(render(n.say, &f, next_.language));
  f.awaits = call.id;
  next_.timers.push_back({std::string{timer_prefix} + call.id, env_.now + s.timeout_ms});
  effects_.emplace_back(std::move(call));
  return std::nullopt;
}

void turn::on(const event::service_result& e) {
  const position at = here();
  acted_ = before_.owner == talker::bot && at.doing != nullptr && top().awaits == e.id;
  if (!acted_) return;
  frame& f = top();
  f.awaits.clear();
  std::erase_if(next_.timers, [&](const pending_timer& t) { return t.name == std::string{timer_prefix} + e.id; });
  const service& s = scripts_.source().services[at.doing->service];
  std::map<std::string, std::string> fields;
  bool whole = e.error.empty();
  for (const service::field& field : s.returns) {
    const auto value = e.fields.find(field.id);
    whole = whole && value != e.fields.end() && dialogs::fits(field.type, value->second);
    if (whole) fields.emplace(field.id, value->second);
  }
  if (whole) {
    f.results.insert_or_assign(f.state, std::move(fields));
    f.last_do = f.state;
    run(follow(at.doing->next));
  } else {
    run(service_failed(*at.doing));
  }
  arm_timers();
}

turn::target turn::service_failed(const do_node& n) {
  top().awaits.clear();
  pass(passage::by::on_error);
  return n.error_target;
}

}  // namespace zhuqi::dialogs
