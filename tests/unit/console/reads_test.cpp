// Looking at what is not one's own leaves a record; what cannot be recorded is not shown.

#include "handlers/console/read_log.hpp"

#include "storage/memory/staff_store.hpp"
#include "tests/unit/console/rig.hpp"

#include <catch2/catch.hpp>
#include <deque>

namespace zhuqi::console_tests {
namespace {

using http::method;
using enum staff_role;

constexpr std::int64_t hour_ms = 3'600'000;

/// A log over a store that commits when it is told to.
struct log_rig {
  std::deque<std::function<void()>> posted;
  refusing_staff store{
      storage::make_memory_staff_store([this](std::function<void()> f) { posted.push_back(std::move(f)); })};
  console::read_log log{store, 4};
  int shown = 0, refused = 0;

  void read(std::int64_t who, const std::string& what, unix_ms at) {
    log.record({{who}, "thread.read", what, at, "10.0.0.1"},
               [this](const result<void>& done) { ++(done ? shown : refused); });
  }
  void commit() {
    while (!posted.empty()) {
      const auto f = std::move(posted.front());
      posted.pop_front();
      f();
    }
  }
  std::size_t records() { return store.list_audit({}, 1000).value().size(); }
};

constexpr unix_ms noon = storage::contract::noon;

}  // namespace

TEST_CASE(
    "read log: nothing is shown before its record is durable, and those who ask meanwhile wait for the same one") {
  log_rig r;
  r.read(7, "thread:1", noon);
  r.read(7, "thread:1", noon + 1);
  r.read(7, "thread:1", noon + 2);
  CHECK(r.shown == 0);
  CHECK(r.store.writes == 1);
  r.commit();
  CHECK(r.shown == 3);
  CHECK(r.records() == 1);
}

TEST_CASE("read log: one record a person, object and hour") {
  log_rig r;
  const std::vector<std::pair<std::int64_t, std::size_t>> looks{
      {0, 1}, {1, 1}, {hour_ms - 1, 1}, {hour_ms, 2}, {2 * hour_ms - 1, 2}, {2 * hour_ms + 5, 3}};
  for (const auto& [after, records] : looks) {
    INFO(after);
    r.read(7, "thread:1", noon + after);
    r.commit();
    CHECK(r.records() == records);
  }
  r.read(8, "thread:1", noon + 2 * hour_ms + 6);
  r.read(7, "thread:2", noon + 2 * hour_ms + 6);
  r.read(7, "case:1", noon + 2 * hour_ms + 6);
  r.commit();
  CHECK(r.records() == 6);
  r.read(7, "thread:1", noon);  // a clock that was set back
  r.commit();
  CHECK(r.records() == 7);
}

TEST_CASE("read log: what cannot be written is refused, and tried again with the next look") {
  log_rig r;
  r.store.full = true;
  r.read(7, "thread:1", noon);
  r.read(7, "thread:1", noon);
  r.commit();
  CHECK((r.shown == 0 && r.refused == 2 && r.records() == 0));
  r.store.full = false;
  r.read(7, "thread:1", noon);
  r.commit();
  CHECK((r.shown == 1 && r.records() == 1));
}

TEST_CASE("read log: its memory is bounded; what it forgot is recorded once more") {
  log_rig r;
  for (int i = 0; i < 100; ++i) {
    r.read(7, "thread:" + std::to_string(i), noon + i);
    r.commit();
    CHECK(r.log.size() <= 5);
  }
  r.read(7, "thread:99", noon + 100);
  r.commit();
  CHECK(r.records() == 100);
  r.read(7, "thread:0", noon + 101);
  r.commit();
  CHECK(r.records() == 101);
}

TEST_CASE("reads: every way to open somebody else's thread is on record once, one's own is not") {
  rig r;
  const auto id = r.thread(r.id_of(agent), r.own, r.city);
  const auto path = "/threads/" + std::to_string(id.value);
  for (const char* part : {"", "/events", "/script", "/colleagues"}) {
    CHECK(r.call(agent, method::get, path + part).status == 200);
  }
  CHECK(r.audit("thread.read").empty());
  for (const char* part : {"/events?after=0", "", "/script", ""}) {
    CHECK(r.call(handler, method::get, path + part).status == 200);
  }
  const auto records = r.audit("thread.read");
  REQUIRE(records.size() == 1);
  CHECK(records[0].actor == r.id_of(handler));
  CHECK(records[0].subject == "thread:" + std::to_string(id.value));
  CHECK(records[0].address == "127.0.0.1");
  r.later(hour_ms);
  r.call(handler, method::get, path);
  CHECK(r.audit("thread.read").size() == 2);
}

TEST_CASE("reads: a case is on record for whoever opens it and does not handle it") {
  rig r;
  const auto id = r.work_case(r.id_of(handler), r.own, r.city);
  const auto path = "/cases/" + std::to_string(id.value);
  r.call(handler, method::get, path);
  CHECK(r.audit("case.read").empty());
  r.call(supervisor, method::get, path);
  r.call(supervisor, method::get, path);
  r.call(leader, method::get, path);
  const auto records = r.audit("case.read");
  REQUIRE(records.size() == 1);
  CHECK(records[0].actor == r.id_of(supervisor));
  CHECK(records[0].subject == "case:" + std::to_string(id.value));
  r.staff().full = true;
  CHECK(r.call(approver, method::get, path).code() == "unavailable");
}

TEST_CASE("reads: a list is no opening, nor is what one may not see, nor a request that is none") {
  rig r;
  const auto mine = r.thread({}, r.own, r.city), far = r.thread({}, r.far, r.elsewhere);
  CHECK(r.call(agent, method::get, "/threads?view=waiting").status == 200);
  CHECK(r.call(agent, method::get, "/threads/" + std::to_string(far.value)).status == 404);
  CHECK(r.call(agent, method::get, "/threads/" + std::to_string(mine.value) + "/events?limit=0x").status == 400);
  CHECK(r.audit("thread.read").empty());
}

TEST_CASE("reads: where nothing can be written, one's own thread opens and another's is 503") {
  rig r;
  const auto id = r.thread(r.id_of(agent), r.own, r.city);
  const auto path = "/threads/" + std::to_string(id.value);
  r.staff().full = true;
  CHECK(r.call(agent, method::get, path).status == 200);
  CHECK(r.call(handler, method::get, path).code() == "unavailable");
  CHECK(r.call(handler, method::get, path + "/events").code() == "unavailable");
  r.staff().full = false;
  CHECK(r.call(handler, method::get, path).status == 200);
  CHECK(r.audit("thread.read").size() == 1);
}

}  // namespace zhuqi::console_tests
