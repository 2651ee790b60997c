#include "tests/unit/pipeline/case_rig.hpp"

#include "dialogs/casework/case_json.hpp"

#include <cstdio>

namespace zhuqi::pipeline_tests {

using storage::staff_role;

unix_ms local(std::string_view time) {
  const auto day = cw::day_from_text(time.substr(0, 10)).value();
  int hour = 0, minute = 0;
  REQUIRE(std::sscanf(std::string{time.substr(10)}.c_str(), " %d:%d", &hour, &minute) == 2);
  return {day.time_since_epoch().count() * 86'400'000LL + (hour * 60 + minute - 480) * 60'000LL};
}

std::shared_ptr<const cw::working_calendar> city_calendar() {
  static const auto calendar = std::make_shared<const cw::working_calendar>(
      cw::working_calendar::make(cw::usual_week("370600"), cw::shipped_notices()).value());
  return calendar;
}

cw::act_fields saying(std::string text) {
  cw::act_fields f;
  f.text = std::move(text);
  return f;
}

cw::act_fields because(std::string reason) {
  cw::act_fields f;
  f.reason = std::move(reason);
  f.basis = "三定方案";
  return f;
}

case_rig::case_rig() {
  const auto poster = [this](std::function<void()> f) { post(std::move(f)); };
  turns = storage::make_memory_store(poster);
  people = storage::make_memory_staff_store(poster);
  cases = storage::make_memory_case_store(*turns, *people, poster);
  const auto place = [](std::int64_t parent, std::string code, std::string name) {
    return storage::add_region{{{}, {parent}, std::move(code), std::move(name)}};
  };
  const auto office = [](std::int64_t parent, std::int64_t region, std::string name) {
    return storage::add_department{{{}, {parent}, {region}, std::move(name)}};
  };
  std::vector<storage::staff_change> all{place(0, "370600", "烟台市"), place(1, "370602", "芝罘区"),
                                         place(0, "370200", "青岛市"), office(0, 1, "市企业服务中心"),
                                         office(1, 1, "市工信局"),     office(1, 1, "市人社局"),
                                         office(0, 3, "青岛市工信局")};
  const auto add = [&all](std::string name, std::int64_t department, storage::role_set roles) {
    storage::staff_member s;
    s.login_name = name;
    s.display_name = std::move(name);
    s.department = {department};
    s.roles = roles;
    all.emplace_back(storage::add_staff{s});
  };
  add("agent", centre, {staff_role::agent});
  add("dispatcher", centre, {staff_role::dispatcher});
  add("supervisor", centre, {staff_role::supervisor});
  add("caller", centre, {staff_role::caller});
  add("liaison", industry, {staff_role::unit_liaison});
  add("handler", industry, {staff_role::handler});
  add("approver", industry, {staff_role::approver});
  add("handler-b", labour, {staff_role::handler, staff_role::unit_liaison});
  add("far-liaison", elsewhere, {staff_role::unit_liaison});
  add("far-handler", elsewhere, {staff_role::handler});
  add("far-approver", elsewhere, {staff_role::approver});
  add("far-dispatcher", elsewhere, {staff_role::dispatcher});
  people->apply(std::move(all), {}, [](result<std::int64_t> r) { REQUIRE(r.has_value()); });
  settle();
  book = std::make_unique<pipeline::case_book>(*cases, *people, cw::usual_rules(), city_calendar());
  REQUIRE(book->reload_offices().has_value());
  desk = std::make_unique<pipeline::case_desk>(*book, time);
  desk->on_change([this](const storage::case_row& now) { changed.push_back(now); });
  clockwork = std::make_unique<pipeline::case_clockwork>(
      *desk, time, [this](const storage::case_row&, const cw::alarm_step& step, const std::vector<staff_id>& whom) {
        alarms.push_back({step, whom});
      });
}

void case_rig::settle() {
  while (!posted.empty()) {
    auto f = std::move(posted.front());
    posted.pop_front();
    f();
  }
}

void case_rig::tick() {
  for (int i = 0; i < 20; ++i) {
    clockwork->poll();
    settle();
  }
}

storage::case_act_key case_rig::key() {
  storage::case_act_key k;
  if (++keys_ == 0) ++more_keys_;
  k.id[0] = keys_;
  k.id[1] = more_keys_;
  return k;
}

staff::person case_rig::who(std::int64_t id) {
  return staff::person_of(people->load_staff({id}).value(), book->where().tree());
}

cw::act_fields case_rig::giving(std::int64_t department, std::string why) {
  auto f = because(std::move(why));
  f.text = "请协助";
  f.to = book->where().unit_of({department});
  return f;
}

pipeline::case_opening case_rig::a_case(conversation_id conversation) {
  pipeline::case_opening o;
  o.key = key();
  o.who = who(agent);
  o.enterprise = "91370600MA3C000000";
  o.company = "烟台某机械厂";
  o.contact = "王女士 13800138000";
  o.matter = "supply";
  o.title = "零部件被扣在外市仓库";
  o.summary = "供应商停工";
  o.conversation = conversation;
  return o;
}

pipeline::case_outcome case_rig::open(pipeline::case_opening what) {
  pipeline::case_outcome out;
  desk->open(std::move(what), [&](pipeline::case_outcome o) { out = std::move(o); });
  settle();
  return out;
}

pipeline::case_outcome case_rig::tries(std::int64_t staff, case_id id, cw::action what, const cw::act_fields& fields) {
  pipeline::case_outcome out;
  desk->act({key(), who(staff), id, row(id).seq, what, fields}, [&](pipeline::case_outcome o) { out = std::move(o); });
  settle();
  return out;
}

storage::case_row case_rig::does(std::int64_t staff, case_id id, cw::action what, const cw::act_fields& fields) {
  auto out = tries(staff, id, what, fields);
  if (out.why) FAIL(std::string{cw::id_of(what)} + ": " + cw::sentence(*out.why, dialogs::lang::en));
  REQUIRE(out.status == pipeline::case_status::done);
  return out.now;
}

storage::case_row case_rig::enterprise_does(case_id id, cw::action what, const cw::act_fields& fields) {
  const auto stands = row(id);
  auto ready = book->act(stands, file(id), what, fields, {"", cw::role::enterprise, stands.enterprise, ""}, time.now());
  if (ready.why) FAIL(std::string{cw::id_of(what)} + ": " + cw::sentence(*ready.why, dialogs::lang::en));
  desk->commit(std::move(*ready.write), [](result<storage::case_row> r) { REQUIRE(r.has_value()); });
  settle();
  return row(id);
}

cw::case_file case_rig::file(case_id id) { return cw::case_from_json(row(id).body).value(); }

}  // namespace zhuqi::pipeline_tests
