#include "bot/pipeline/case_services.hpp"

#include "bot/base/json.hpp"
#include "bot/base/text.hpp"
#include "bot/pipeline/case_intake.hpp"
#include "bot/pipeline/case_sentences.hpp"
#include "dialogs/casework/case_json.hpp"
#include "dialogs/casework/case_number.hpp"

#include <algorithm>
#include <array>

namespace zhuqi::pipeline {
namespace {

namespace cw = dialogs::casework;

constexpr std::size_t listed_most = 8;  ///< cases in one message: 450 characters, and a phone's screen
constexpr std::string_view nothing = "—";

service_answer failed(std::string_view error) { return {std::string{error}, {}, {}, {}}; }

std::string yes_no(bool yes) { return yes ? "true" : "false"; }

struct grade_row {
  std::string_view id;
  cw::rating grade;
};
constexpr std::array grades{
    grade_row{"very_poor", cw::rating::very_dissatisfied},
    grade_row{"poor", cw::rating::dissatisfied},
    grade_row{"fair", cw::rating::fair},
    grade_row{"good", cw::rating::satisfied},
    grade_row{"very_good", cw::rating::very_satisfied},
};

std::optional<cw::rating> grade_of(std::string_view score) {
  const auto row = std::ranges::find(grades, score, &grade_row::id);
  return row == grades.end() ? std::nullopt : std::optional{row->grade};
}

std::string enterprise_of(const dialogs::effect::call& call, const service_asker& who) {
  if (std::string code = argument(call, "code"); !code.empty()) return code;
  if (const auto known = who.state.profile.find("company_code"); known != who.state.profile.end()) return known->second;
  return who.conversation ? "conv:" + std::to_string(who.conversation.value) : std::string{};
}

service_answer keep_record(const dialogs::effect::call& call, const service_asker& who) {
  json body = json::object();
  for (const auto& [name, value] : call.args) body[name] = value;
  service_answer out;
  out.records.push_back({call.service, enterprise_of(call, who), dump_json(body)});
  out.fields.emplace("saved", "true");
  return out;
}

service_answer written(prepared ready, std::string field, std::string value) {
  if (!ready.write) return failed("refused");
  service_answer out;
  out.cases.push_back(std::move(*ready.write));
  out.fields.emplace(std::move(field), std::move(value));
  return out;
}

}  // namespace

std::optional<service_answer> case_services::answer(const dialogs::effect::call& call, const service_asker& who) {
  if (call.service == "case_status") return status(call, who);
  if (call.service == "case_list") return list(who);
  if (call.service == "case_recent") return recent(who);
  if (call.service == "case_urge") return urge(call, who);
  if (call.service == "rating_save") return rate(call, who);
  if (call.service == "rating_reopen") return rate_and_reopen(call, who);
  if (call.service == "platform_rating_save" || call.service == "checkin_save") return keep_record(call, who);
  if (intake_of(call)) return create(call, who);
  return std::nullopt;
}

std::optional<case_services::found_case> case_services::find(const dialogs::effect::call& call,
                                                             const service_asker& who) const {
  const auto number = cw::find_number(argument(call, "case_no"));
  const auto written = number ? cw::number_text(*number) : result<std::string>{make_error_code(errc::malformed)};
  if (!written) return std::nullopt;
  auto row = desk_.book().cases().find(*written);
  if (!row) return std::nullopt;
  auto file = cw::case_from_json(row->body);
  if (!file) return std::nullopt;
  const bool own = who.conversation && row->conversation == who.conversation;
  return found_case{std::move(*row), std::move(*file), own};
}

std::string case_services::stands(const found_case& c, const service_asker& who) const {
  const auto& book = desk_.book();
  return progress_sentence(c.file, c.own ? std::string_view{c.row.title} : std::string_view{},
                           book.where().name_of(c.row.lead_department), who.state.language, who.now, book.calendar());
}

prepared case_services::as_enterprise(const found_case& c, cw::action what, const cw::act_fields& fields,
                                      const service_asker& who) {
  const bool pending =
      std::ranges::any_of(who.pending, [&](const storage::case_write& w) { return w.head.number == c.row.number; });
  if (!c.own || pending) return {{}, cw::refusal{cw::refusal_rule::wrong_seat}};
  const cw::actor by{"conv:" + std::to_string(who.conversation.value), cw::role::enterprise, c.row.enterprise, ""};
  return desk_.book().act(c.row, c.file, what, fields, by, who.now);
}

service_answer case_services::create(const dialogs::effect::call& call, const service_asker& who) {
  auto& book = desk_.book();
  const auto taken = intake_of(call);
  const std::string enterprise = enterprise_of(call, who);
  region_id region = book.where().region_in(argument(call, "district") + " " + argument(call, "address"));
  if (!region && region_of_) region = region_of_(who.conversation);
  if (!region) region = book.where().top_region();
  const auto desk = book.intake_of(region);
  if (desk.department.empty() || enterprise.empty()) return failed("unavailable");  // no office has been set up yet
  // The case is of the region whose desk takes it in: there are the people who accept it.
  cw::opening opening{{}, enterprise, desk.region, taken->matter, taken->summary, who.state.language, desk, false};
  const cw::actor by{"conv:" + std::to_string(who.conversation.value), cw::role::enterprise, enterprise, ""};
  const case_about about{taken->title, taken->company, taken->contact, "dialog", storage::this_conversation};
  auto ready = book.open(std::move(opening), about, by, who.now);
  const std::string number = ready.write ? ready.write->head.number : std::string{};
  return written(std::move(ready), "case_no", number);
}

service_answer case_services::status(const dialogs::effect::call& call, const service_asker& who) {
  const auto c = find(call, who);
  service_answer out;
  out.fields.emplace("found", yes_no(c.has_value()));
  out.fields.emplace("status", c ? stands(*c, who) : std::string{nothing});
  return out;
}

std::optional<std::vector<case_services::found_case>> case_services::cases_of(const service_asker& who) const {
  auto rows = desk_.book().cases().of_conversation(who.conversation, listed_most);
  if (!rows) return std::nullopt;
  std::vector<found_case> all;
  all.reserve(rows->size());
  for (auto& row : *rows) {
    if (auto file = cw::case_from_json(row.body)) all.push_back({std::move(row), std::move(*file), true});
  }
  return all;
}

service_answer case_services::listed(const std::vector<found_case>& cases, const service_asker& who) {
  std::string lines;
  for (const auto& c : cases) {
    constexpr std::size_t short_title = 45;  // bytes: fifteen characters
    lines += (lines.empty() ? "" : "\n") +
             progress_line(c.file, text::truncate(c.row.title, short_title), who.state.language);
  }
  service_answer out;
  out.fields.emplace("count", std::to_string(cases.size()));
  out.fields.emplace("lines", lines.empty() ? std::string{nothing} : lines);
  return out;
}

service_answer case_services::list(const service_asker& who) const {
  const auto all = cases_of(who);
  return all ? listed(*all, who) : failed("unavailable");
}

service_answer case_services::recent(const service_asker& who) const {
  auto all = cases_of(who);
  if (!all) return failed("unavailable");
  const auto ended = [](const found_case& c) { return c.row.closed.value != 0; };
  if (!std::ranges::all_of(*all, ended)) std::erase_if(*all, ended);
  auto out = listed(*all, who);
  const bool only = all->size() == 1;
  out.fields.emplace("number", only ? all->front().row.number : std::string{nothing});
  out.fields.emplace("status", only ? stands(all->front(), who) : std::string{nothing});
  return out;
}

service_answer case_services::urge(const dialogs::effect::call& call, const service_asker& who) {
  const auto c = find(call, who);
  if (!c) return failed("refused");
  return written(as_enterprise(*c, cw::action::urge, {}, who), "status", stands(*c, who));
}

service_answer case_services::rate(const dialogs::effect::call& call, const service_asker& who) {
  const auto c = find(call, who);
  cw::act_fields fields;
  fields.grade = grade_of(argument(call, "score"));
  if (!c || !fields.grade) return failed("refused");
  return written(as_enterprise(*c, cw::action::rate, fields, who), "saved", "true");
}

service_answer case_services::rate_and_reopen(const dialogs::effect::call& call, const service_asker& who) {
  const auto c = find(call, who);
  cw::act_fields fields;
  fields.grade = grade_of(argument(call, "score"));
  fields.reason = argument(call, "reason");
  if (!c || !fields.grade) return failed("refused");
  auto ready = as_enterprise(*c, cw::action::rate, fields, who);
  if (!ready.write) {  // rated before: what is asked for now is another round
    fields.grade.reset();
    ready = as_enterprise(*c, cw::action::reopen, fields, who);
  }
  const bool reopened = ready.write && ready.write->head.state == cw::id_of(cw::case_state::in_progress);
  return written(std::move(ready), "reopened", yes_no(reopened));
}

}  // namespace zhuqi::pipeline
