#include "handlers/console/case_json.hpp"

#include "handlers/console/parts.hpp"

namespace zhuqi::console {
namespace {

namespace work = dialogs::casework;

json place_json(department_id d, const std::string& name) {
  if (!d && name.empty()) return nullptr;
  return {{"id", std::to_string(d.value)}, {"name", name}};
}

json unit_json(office& o, const work::unit& u) {
  const auto& where = o.cases.book().where();
  const auto d = where.department_of(u);
  const auto r = where.region_coded(u.region);
  return {{"department", place_json(d, where.name_of(d))},
          {"region", {{"id", std::to_string(r.value)}, {"code", u.region}, {"name", where.name_of(r)}}}};
}

template <class E>
std::string title_of(std::string_view id, dialogs::lang l) {
  const auto e = work::from_id<E>(id);
  return e ? std::string{work::name_of(*e).in(l)} : std::string{id};
}

/// Of one clock: how much of its time is gone.
std::string_view colour_of(const work::case_clock& clock, unix_ms now) {
  if (clock.status != work::clock_status::running || !clock.due) return "";
  const auto whole = clock.due - clock.base;
  const auto gone = now - clock.base;
  if (gone >= whole) return "red";
  if (whole - gone <= 24 * 3'600'000LL && gone * 2 >= whole) return "orange";
  if (gone * 10 >= whole * 8) return "yellow";
  return gone * 2 >= whole ? "blue" : "";
}

json clocks_json(office& o, const work::case_file& c, dialogs::lang l) {
  json out = json::array();
  for (const auto& clock : c.clocks) {
    out.push_back({{"kind", work::id_of(clock.kind)},
                   {"title", work::name_of(clock.kind).in(l)},
                   {"status", work::id_of(clock.status)},
                   {"started", clock.started.value},
                   {"due", clock.due.value},
                   {"ended", clock.ended.value},
                   {"provisional_year", clock.provisional_year},
                   {"colour", colour_of(clock, o.time.now())},
                   {"department", clock.department}});
  }
  return out;
}

json timeline_json(office& o, const pipeline::case_story& story, dialogs::lang l) {
  json out = json::array();
  for (const auto& e : story.events) {
    const auto* person = o.people.find(staff_id{pipeline::decimal(e.by.id)});
    const auto unit = unit_json(o, {e.by.department, e.by.region});
    out.push_back(
        {{"seq", e.seq},
         {"at", e.at.value},
         {"action", work::id_of(e.what)},
         {"title", work::name_of(e.what).in(l)},
         {"by",
          {{"name", person != nullptr && e.by.as != work::role::enterprise ? person->display_name : std::string{}},
           {"department", unit["department"].is_null() ? json("") : unit["department"]["name"]},
           {"role_title", work::name_of(e.by.as).in(l)}}},
         {"from_title", work::name_of(e.from).in(l)},
         {"to_title", work::name_of(e.to).in(l)},
         {"text", e.fields.text},
         {"reason", e.fields.reason},
         {"basis", e.fields.basis},
         {"days", e.fields.days},
         {"to_unit", e.fields.to.department.empty() ? json() : unit_json(o, e.fields.to)},
         {"grade", e.fields.grade ? json(work::name_of(*e.fields.grade).in(l)) : json()}});
  }
  return out;
}

}  // namespace

json case_row_json(office& o, const storage::case_row& row, dialogs::lang l) {
  const auto& where = o.cases.book().where();
  return {{"id", std::to_string(row.id.value)},
          {"no", row.number},
          {"title", row.title},
          {"enterprise", row.company},
          {"enterprise_id", row.enterprise},
          {"matter", row.matter},
          {"track", row.track},
          {"state", row.state},
          {"state_title", title_of<work::case_state>(row.state, l)},
          {"lead",
           {{"department", place_json(row.lead_department, where.name_of(row.lead_department))},
            {"region", {{"id", std::to_string(row.lead_region.value)}, {"name", where.name_of(row.lead_region)}}}}},
          {"handler", person_json(o, row.handler)},
          {"due", row.due.value},
          {"unit_due", row.unit_due.value},
          {"colour", pipeline::colour_of(row, o.time.now())},
          {"alarm_title", row.alarm_title},
          {"level", row.level},
          {"supervised", row.supervised},
          {"disputed", row.disputed},
          {"redos", row.redos},
          {"outcome", row.outcome},
          {"grade", row.grade.empty() ? json() : json(title_of<work::rating>(row.grade, l))},
          {"version", row.seq},
          {"opened", row.opened.value},
          {"changed", row.changed.value},
          {"closed", row.closed.value}};
}

json case_page_json(office& o, const pipeline::case_story& story, dialogs::lang l) {
  const auto& c = story.file;
  auto page = case_row_json(o, story.row, l);
  page["summary"] = c.what.summary;
  page["contact"] = story.row.contact;
  page["difficulty"] = work::id_of(c.how_hard);
  page["draft_reply"] = c.draft_reply;
  page["draft_basis"] = c.draft_basis;
  page["thread"] = story.row.conversation ? json(std::to_string(story.row.conversation.value)) : json();
  page["chain"] = page["assists"] = json::array();
  for (const auto& step : c.chain) {
    auto one = unit_json(o, step.holder);
    one["how"] = work::id_of(step.how);
    one["how_title"] = work::name_of(step.how).in(l);
    one["since"] = step.since.value;
    one["by"] = person_json(o, staff_id{pipeline::decimal(step.by)});
    page["chain"].push_back(std::move(one));
  }
  for (const auto& a : c.assists) {
    auto one = unit_json(o, a.from);
    one["task"] = a.task;
    one["status"] = work::id_of(a.status);
    one["status_title"] = work::name_of(a.status).in(l);
    one["asked"] = a.asked.value;
    one["answer"] = a.answer;
    page["assists"].push_back(std::move(one));
  }
  return {{"case", std::move(page)}, {"clocks", clocks_json(o, c, l)}, {"timeline", timeline_json(o, story, l)}};
}

json offers_json(const std::vector<pipeline::act_offer>& offers) {
  json out = json::array();
  for (const auto& offer : offers) {
    json fields = json::array();
    for (const auto& f : offer.fields) {
      json choices = json::array();
      for (const auto& choice : f.choices) choices.push_back({{"id", choice.id}, {"title", choice.title}});
      fields.push_back({{"name", f.name},
                        {"title", f.title},
                        {"kind", pipeline::name_of(f.kind)},
                        {"required", f.required},
                        {"choices", std::move(choices)}});
    }
    out.push_back({{"action", work::id_of(offer.what)}, {"title", offer.title}, {"fields", std::move(fields)}});
  }
  return out;
}

}  // namespace zhuqi::console
