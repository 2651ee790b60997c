#include "tests/unit/console/rig.hpp"

#include "bot/staff/session.hpp"
#include "dialogs/library.hpp"
#include "storage/sqlite/case_store.hpp"
#include "storage/sqlite/desk_store.hpp"
#include "storage/sqlite/search_store.hpp"
#include "storage/sqlite/staff_store.hpp"

namespace zhuqi::console_tests {

std::string answer::code() const {
  const auto error = body.find("error");
  return error == body.end() ? std::string{} : string_or_empty(*error, "code");
}

rig::rig()
    : staff_{std::make_unique<refusing_staff>(
          storage::make_sqlite_staff_store(harness_.get(), harness_.path(), harness_.posts().poster()))},
      desk_{storage::make_sqlite_desk_store(harness_.get(), harness_.path(), harness_.posts().poster())},
      scripts_{harness_.get()},
      turns_{{harness_.get(),
              scripts_,
              feed_,
              time_,
              metrics_,
              [](std::string_view) { return true; },
              nullptr,
              [this](std::string_view, std::string_view) {
                return pipeline::desk_place{{}, city};
              },
              {},
              {}}},
      intake_{turns_} {
  bool published = false;
  scripts_.publish(dialogs::load_library(dialogs::library::files()).scripts, {}, time_.now(),
                   [&](result<void>) { published = true; });
  settle([&] { return published; });

  const auto offload = [](const std::function<void()>& work, const std::function<void(std::exception_ptr)>& done) {
    work();
    done(nullptr);
    return true;
  };
  login_ = std::make_unique<staff::login_desk>(
      staff::login_desk::parts{*staff_, time_, hasher_, offload, nullptr, secret{std::string(32, 'k')}, {}});
  search_ = storage::make_sqlite_search_store(harness_.path());
  cases_ = storage::make_sqlite_case_store(harness_.get(), harness_.path(), harness_.posts().poster());
  using namespace dialogs::casework;
  book_ = std::make_unique<pipeline::case_book>(
      *cases_, *staff_, usual_rules(),
      std::make_shared<const working_calendar>(working_calendar::make(usual_week("city"), shipped_notices()).value()));
  case_desk_ = std::make_unique<pipeline::case_desk>(*book_, time_);
  office_.reset(new console::office{
      harness_.get(), *staff_, *desk_, *search_, intake_, scripts_, *login_, time_, hasher_, offload,
      staff::setup_token{std::filesystem::path{harness_.path()}.parent_path()}, *case_desk_, ""});
  table_ = console::console_routes(*office_);
  gate_ = std::make_unique<console::gate>(*office_, table_);
  gate_->add_routes(routes_);

  city = {apply({storage::add_region{{{}, {}, "990100", "锦城市"}}})};
  elsewhere = {apply({storage::add_region{{{}, {}, "990200", "云溪市"}}})};
  own = {apply({storage::add_department{{{}, {}, city, "市工信局"}}})};
  other = {apply({storage::add_department{{{}, {}, city, "市财政局"}}})};
  far = {apply({storage::add_department{{{}, {}, elsewhere, "云溪市工信局"}}})};
  for (int i = 0; i < storage::staff_role_count; ++i) hire(static_cast<staff_role>(i));
  console::staff_changed(*office_);
}

std::int64_t rig::apply(std::vector<storage::staff_change> changes) {
  std::optional<result<std::int64_t>> done;
  staff_->apply(std::move(changes), {}, [&](result<std::int64_t> r) { done = r; });
  settle([&] { return done.has_value(); });
  return done->value();
}

void rig::hire(staff_role role) {
  storage::staff_member row;
  row.login_name = staff::name_of(role);
  row.display_name = staff::title_of(role);
  row.department = own;
  row.roles = {role};
  row.created = time_.now();
  person p;
  p.id = {apply({storage::add_staff{row}})};
  sign_in(p);
  people_.emplace(role, std::move(p));
}

void rig::later(std::int64_t ms) {
  time_.advance(ms);
  for (auto& [role, p] : people_) sign_in(p);
}

void rig::sign_in(person& p) {
  const auto token = staff::new_session_token();
  apply({storage::open_session{
      {*staff::session_digest_of(token.reveal()), p.id, time_.now(), time_.now(), "127.0.0.1", "test"}}});
  p.cookie = staff::session_cookie(token);
  p.cookie.resize(p.cookie.find(';'));
  p.csrf = login_->who(token.reveal(), {})->csrf;
}

answer rig::call(std::optional<staff_role> role, http::method verb, const std::string& path, const json& body) {
  const auto text = body.is_null() ? std::string{} : dump_json(body);
  if (!role) return call("", "", verb, path, text);
  const auto& p = people_.at(*role);
  return call(p.cookie, p.csrf, verb, path, text);
}

answer rig::call(const std::string& cookie, const std::string& csrf, http::method verb, const std::string& path,
                 const std::string& body, std::vector<std::pair<std::string, std::string>> headers) {
  http::request r;
  r.verb = verb;
  const auto question = path.find('?');
  r.path = std::string{console::api_root} + path.substr(0, question);
  if (question != std::string::npos) r.query = path.substr(question + 1);
  r.host = "zhuqi.example";
  r.peer = "127.0.0.1";
  r.body = body;
  r.headers = std::move(headers);
  if (!body.empty()) r.headers.emplace_back("content-type", "application/json");
  if (!cookie.empty()) r.headers.emplace_back("cookie", cookie);
  if (!csrf.empty()) r.headers.emplace_back("x-csrf-token", csrf);
  const auto found = routes_.find(verb, r.path);
  ZHUQI_ASSERT(found.found != nullptr);
  r.params = found.params;
  std::optional<http::response> given;
  found.found->run(std::move(r), http::responder{[&](http::response a) { given = std::move(a); }});
  settle([&] { return given.has_value(); });
  auto told = parse_json(given->body, 1 << 20);
  return {given->status, told ? std::move(*told) : json::object()};
}

case_id rig::work_case(staff_id handler, department_id department, region_id region) {
  storage::case_write w;
  w.head.number = "ZQ-" + std::to_string(++case_numbers_);
  w.head.seq = 1;
  w.head.body = "{}";
  w.head.title = "零部件被扣";
  w.head.source = "staff";
  w.head.region = region;
  w.head.state = "handling";
  w.head.track = "ordinary";
  w.head.lead_department = department;
  w.head.lead_region = region;
  w.head.handler = handler;
  w.head.opened = w.head.changed = time_.now();
  w.events = {{1, time_.now(), "open", "", -1, department, "{}"}};
  w.parties = {{storage::case_party_kind::lead, department, region}};
  std::optional<result<storage::case_applied>> done;
  cases_->apply(std::move(w), [&](result<storage::case_applied> r) { done = r; });
  settle([&] { return done.has_value(); });
  return done->value().id;
}

staff_id rig::colleague(const std::string& name, storage::role_set roles, department_id where) {
  storage::staff_member row;
  row.login_name = row.display_name = name;
  row.department = where;
  row.roles = roles;
  row.password = "hash";
  row.created = time_.now();
  const staff_id id{apply({storage::add_staff{row}})};
  console::staff_changed(*office_);
  return id;
}

std::string rig::act_id() {
  char digits[37];
  std::snprintf(digits, sizeof digits, "%08llx-%04llx-7000-8000-%012x",
                static_cast<unsigned long long>(time_.now().value >> 16),
                static_cast<unsigned long long>(time_.now().value & 0xffff), static_cast<unsigned>(++acts_));
  return digits;
}

json rig::now(conversation_id id, staff_role who) {
  return call(who, http::method::get, "/threads/" + std::to_string(id.value)).body.at("thread");
}

answer rig::act(staff_role who, conversation_id id, const std::string& what, json fields) {
  fields["id"] = act_id();
  fields["epoch"] = now(id)["epoch"];
  return call(who, http::method::post, "/threads/" + std::to_string(id.value) + "/" + what, fields);
}

std::vector<storage::staff_audit> rig::audit(std::string_view act) {
  auto all = staff_->list_audit({}, 10'000).value();
  std::erase_if(all, [&](const auto& r) { return r.act != act; });
  return all;
}

conversation_id rig::thread(staff_id owner, department_id department, region_id region) {
  const auto user = "u" + std::to_string(++conversations_);
  auto turn = storage::contract::turn_after(storage::contract::stranger(user), "人工",
                                            static_cast<std::uint64_t>(conversations_), time_.now());
  turn.after.owner = owner ? storage::owner_kind::human : storage::owner_kind::queue;
  turn.after.owner_id = owner ? std::to_string(owner.value) : "";
  turn.after.epoch = {1};
  turn.after.thread = storage::thread_row{};
  turn.after.thread->department = department;
  turn.after.thread->region = region;
  return harness_.commit(std::move(turn)).after.id;
}

}  // namespace zhuqi::console_tests
