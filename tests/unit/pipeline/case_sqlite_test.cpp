// The desk over the real store: acts at once, capacity under a group of writers, a stop in the middle, and a verify of what
// is left on disk.

#include "bot/pipeline/case_replay.hpp"
#include "storage/sqlite/case_store.hpp"
#include "storage/sqlite/staff_store.hpp"
#include "storage/sqlite/store.hpp"
#include "storage/sqlite/verify.hpp"
#include "storage/sqlite/walk.hpp"
#include "tests/unit/pipeline/case_rig.hpp"

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>

using namespace zhuqi;
using namespace zhuqi::pipeline_tests;
using cw::action;
using pipeline::case_status;

namespace {

class office {
 public:
  office() {
    auto name = (std::filesystem::temp_directory_path() / "zhuqi-cases-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    start();
    const storage::region city{{}, {}, "370600", "烟台市"};
    const auto person = [](std::string login, storage::role_set roles) {
      storage::staff_member s;
      s.login_name = login;
      s.display_name = std::move(login);
      s.department = {1};
      s.roles = roles;
      return storage::add_staff{s};
    };
    using storage::staff_role;
    std::vector<storage::staff_change> all{storage::add_region{city}, storage::add_department{{{}, {}, {1}, "中心"}},
                                           person("agent", {staff_role::agent, staff_role::dispatcher}),
                                           person("handler", {staff_role::handler}),
                                           storage::add_department{{{}, {}, {1}, "工信局"}}};
    auto worker = person("worker", {staff_role::handler, staff_role::unit_liaison});
    worker.row.department = {2};
    all.emplace_back(worker);
    bool done = false;
    people->apply(all, {}, [&](result<std::int64_t> r) { done = r.has_value(); });
    until([&] { return done; });
    REQUIRE(book->reload_offices().has_value());
  }
  ~office() {
    stop();
    std::filesystem::remove_all(folder_);
  }

  void start() {
    const auto poster = [this](std::function<void()> f) { post(std::move(f)); };
    storage::sqlite_options options;
    options.path = path();
    turns = storage::make_sqlite_store(options, poster, [](const std::string& what) { FAIL(what); });
    people = storage::make_sqlite_staff_store(*turns, path(), poster);
    cases = storage::make_sqlite_case_store(*turns, path(), poster);
    book = std::make_unique<pipeline::case_book>(*cases, *people, cw::usual_rules(), city_calendar());
    REQUIRE(book->reload_offices().has_value());
    desk = std::make_unique<pipeline::case_desk>(*book, time);
  }
  /// As a process ends: what was answered is on disk, what was posted and not run is lost.
  void stop() {
    turns->close();
    desk.reset();
    book.reset();
    cases.reset();
    people.reset();
    turns.reset();
    queue_.clear();
  }

  template <class F>
  void until(F&& done) {
    while (!done()) {
      std::function<void()> next;
      {
        std::unique_lock lock{mutex_};
        REQUIRE(wake_.wait_for(lock, std::chrono::seconds{30}, [this] { return !queue_.empty(); }));
        next = std::move(queue_.front());
        queue_.pop_front();
      }
      next();
    }
  }
  std::string path() const { return (folder_ / "zhuqi.db").string(); }
  staff::person who(std::int64_t id) {
    return staff::person_of(people->load_staff({id}).value(), book->where().tree());
  }
  storage::case_act_key key() {
    storage::case_act_key k;
    k.id[0] = static_cast<std::uint8_t>(++keys_);
    k.id[1] = static_cast<std::uint8_t>(keys_ >> 8);
    return k;
  }
  pipeline::case_opening a_case(conversation_id conversation = {}) {
    pipeline::case_opening o;
    o.key = key();
    o.who = who(1);
    o.enterprise = "91370600MA3C000000";
    o.matter = "supply";
    o.title = "零部件被扣";
    o.conversation = conversation;
    return o;
  }
  std::vector<storage::case_row> open(std::vector<pipeline::case_opening> all) {
    std::vector<storage::case_row> out;
    for (auto& o : all) {
      desk->open(std::move(o), [&](pipeline::case_outcome r) {
        REQUIRE(r.status == case_status::done);
        out.push_back(r.now);
      });
    }
    until([&] { return out.size() == all.size(); });
    return out;
  }
  std::vector<pipeline::case_outcome> act(std::vector<pipeline::case_act> all) {
    std::vector<pipeline::case_outcome> out;
    for (auto& a : all) desk->act(std::move(a), [&](pipeline::case_outcome r) { out.push_back(std::move(r)); });
    until([&] { return out.size() == all.size(); });
    return out;
  }
  void does(std::int64_t staff, case_id id, action what, const cw::act_fields& fields = {}) {
    const auto out = act({{key(), who(staff), id, cases->load(id).value().seq, what, fields}});
    REQUIRE(out.front().status == case_status::done);
  }
  std::vector<std::string> faults() {
    std::vector<std::string> out;
    for (const auto& f : storage::verify(path()).findings) out.push_back(f.rule + " " + f.what);
    storage::visitor visit;
    visit.script = [](storage::script_version) {};
    visit.event = [](storage::stored_event) {};
    visit.state = [](storage::conversation) {};
    visit.case_log = [&](const storage::case_row& row, const std::vector<storage::case_event_row>& events) {
      if (auto what = pipeline::fault_in(row, events); !what.empty()) out.push_back(std::move(what));
    };
    storage::walk(path(), visit);
    return out;
  }
  /// A conversation that cases can belong to.
  conversation_id conversation() {
    storage::turn_commit turn;
    turn.before.channel = turn.after.channel = "city";
    turn.before.user = turn.after.user = "wang";
    turn.after.snapshot = "{}";
    turn.at = time.now();
    conversation_id id;
    turns->commit(turn, [&](storage::commit_outcome o) { id = o.after.id; });
    until([&] { return bool(id); });
    return id;
  }

  manual_clock time{local("2026-03-02 09:00")};
  std::unique_ptr<storage::store> turns;
  std::unique_ptr<storage::staff_store> people;
  std::unique_ptr<storage::case_store> cases;
  std::unique_ptr<pipeline::case_book> book;
  std::unique_ptr<pipeline::case_desk> desk;

 private:
  void post(std::function<void()> f) {
    {
      const std::lock_guard lock{mutex_};
      queue_.push_back(std::move(f));
    }
    wake_.notify_one();
  }
  std::filesystem::path folder_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  unsigned keys_ = 0;
};

}  // namespace

TEST_CASE("over the real store one of 64 acts at once wins, and 40 cases opened at once have 40 numbers") {
  office o;
  std::vector<pipeline::case_opening> many;
  many.reserve(40);
  for (int i = 0; i < 40; ++i) many.push_back(o.a_case());
  const auto rows = o.open(std::move(many));
  std::set<std::string> numbers;
  for (const auto& r : rows) numbers.insert(r.number);
  CHECK(numbers.size() == 40);
  for (int round = 0; round < 10; ++round) {
    const auto& row = rows[std::size_t(round)];
    std::vector<pipeline::case_act> acts;
    acts.reserve(64);
    for (int i = 0; i < 64; ++i) acts.push_back({o.key(), o.who(1), row.id, row.seq, action::accept, {}});
    const auto out = o.act(std::move(acts));
    CHECK(std::ranges::count(out, case_status::done, &pipeline::case_outcome::status) == 1);
    CHECK(std::ranges::count(out, case_status::stale, &pipeline::case_outcome::status) == 63);
  }
  CHECK(o.faults().empty());
}

TEST_CASE(
    "over the real store an official gets no more cases than he has room for, and nobody waits where there is room") {
  office o;
  bool put = false;
  o.cases->put({storage::duty_row{{3}, 5, true, 1, {}}}, [&](result<void> r) { put = r.has_value(); });
  o.until([&] { return put; });
  std::vector<pipeline::case_opening> many;
  many.reserve(40);
  for (int i = 0; i < 40; ++i) many.push_back(o.a_case());
  std::vector<pipeline::case_act> acts;
  for (const auto& row : o.open(std::move(many))) {
    o.does(1, row.id, action::accept);
    auto to = because("属其职责");
    to.to = o.book->where().unit_of({2});
    acts.push_back({o.key(), o.who(1), row.id, row.seq + 1, action::dispatch, to});
  }
  const auto out = o.act(std::move(acts));
  CHECK(std::ranges::count(out, case_status::done, &pipeline::case_outcome::status) == 40);
  CHECK(o.cases->loads().value() == std::vector<storage::load_row>{{{3}, 5}});
  CHECK(o.faults().empty());
}

TEST_CASE("a stop between an act and its words loses none and says none twice") {
  office o;
  const auto talk = o.conversation();
  const auto id = o.open({o.a_case(talk)}).front().id;
  std::map<std::string, std::string> said;  // by UUID, as the conversation's log has them
  int handed_over = 0;
  const auto say = [&](const storage::case_word& w, pipeline::case_words::said_fn done) {
    ++handed_over;
    said.emplace(w.uuid, w.text);
    done({});
  };
  for (int i = 0; i < 5; ++i) {
    o.does(1, id, action::inform, saying("进展" + std::to_string(i)));
    auto words = std::make_unique<pipeline::case_words>(*o.cases, o.time, say);
    if (i % 2 == 0) words->poll();  // handed over; the mark that it was said may or may not reach the disk
    o.stop();
    words.reset();
    o.start();
  }
  pipeline::case_words words{*o.cases, o.time, say};
  words.poll();
  o.until([&] { return words.idle(); });
  CHECK(said.size() == 6);  // the case's number, and five words
  CHECK(handed_over >= 6);
  CHECK(o.cases->unsaid_words(10).value().empty());
}

TEST_CASE("a verify adds the events of each case up again and finds what was edited") {
  case_rig r;
  const case_id id = r.open(r.a_case()).now.id;
  r.does(case_rig::dispatcher, id, action::accept);
  const auto row = r.row(id);
  const auto events = r.cases->events(id, 0, 100).value();
  CHECK(pipeline::fault_in(row, events).empty());
  const auto edited = [&](auto change) {
    auto row_now = row;
    auto events_now = events;
    change(row_now, events_now);
    return !pipeline::fault_in(row_now, events_now).empty();
  };
  CHECK(edited([](auto& c, auto&) { c.state = "closed"; }));
  CHECK(edited([](auto& c, auto&) { c.number.back() ^= 1; }));
  CHECK(edited([](auto& c, auto&) { c.body.replace(c.body.find("supply"), 6, "funds1"); }));
  CHECK(edited([](auto&, auto& e) { e.pop_back(); }));
  CHECK(edited([](auto&, auto& e) { e.back().at = e.back().at + 1; }));
  CHECK(edited([](auto&, auto& e) { e[1].action = "accept"; }));
}
