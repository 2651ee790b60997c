// Search: what was said is found some moments later, by whoever may see it, whatever happened to the index.

#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/search_store.hpp"
#include "tests/contract/harness.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>
#include <fstream>
#include <future>
#include <set>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;
using namespace std::chrono_literals;

namespace {

const region_id city{1};
const department_id bureau{7};

void say(harness& h, const std::string& user, const std::string& kind, const std::string& text,
         std::optional<department_id> department = {}) {
  static std::uint64_t message = 0;
  auto turn = turn_after(h.load(user), "x", ++message, noon);
  turn.events = {{kind, "user", R"({"text":")" + text + R"("})"}};
  if (department) {
    turn.after.owner = owner_kind::queue;
    turn.after.thread.emplace();
    turn.after.thread->department = *department;
    turn.after.thread->region = city;
  }
  REQUIRE(h.commit(turn).status == commit_status::committed);
}

search_query all(const std::string& words) {
  search_query q;
  q.groups = text::search_groups(words);
  q.scope.everything = true;
  q.home = city;
  return q;
}

std::vector<std::string> found(search_store& s, const search_query& q) {
  const auto page = s.find(q);
  REQUIRE(page.has_value());
  std::vector<std::string> texts;
  for (const auto& hit : page->hits) texts.push_back(hit.said.body.substr(9, hit.said.body.size() - 11));
  return texts;
}
using texts = std::vector<std::string>;

struct searched {
  harness h{kind::sqlite};
  std::unique_ptr<search_store> s = make_sqlite_search_store(h.path());
  void follow() { REQUIRE(s->catch_up(10s).value() == caught_up::wholly); }
};

}  // namespace

TEST_CASE("what people said is found, newest first, and nothing else") {
  searched it;
  say(it.h, "a", "user.text", "房租补贴怎么申请");
  say(it.h, "b", "staff.text", "申请房租补贴请先报送合同A-12");
  say(it.h, "c", "bot.text", "房租补贴");
  say(it.h, "d", "case.text", "补贴已到账，房租另说");
  CHECK(found(*it.s, all("补贴")).empty());  // not taken up yet
  it.follow();
  CHECK(found(*it.s, all("补贴")) == texts{"补贴已到账，房租另说", "申请房租补贴请先报送合同A-12", "房租补贴怎么申请"});
  SECTION("a group stands as it is, several groups anywhere in the message") {
    CHECK(found(*it.s, all("房租补贴")) == texts{"申请房租补贴请先报送合同A-12", "房租补贴怎么申请"});
    CHECK(found(*it.s, all("房租 到账")) == texts{"补贴已到账，房租另说"});
    CHECK(found(*it.s, all("租补贴怎")) == texts{"房租补贴怎么申请"});
  }
  SECTION("one character, the beginning of a word, traditional characters, capitals") {
    CHECK(found(*it.s, all("账")) == texts{"补贴已到账，房租另说"});
    CHECK(found(*it.s, all("合同a 1")) == texts{"申请房租补贴请先报送合同A-12"});
    CHECK(found(*it.s, all("補貼怎麼")) == texts{"房租补贴怎么申请"});
  }
  SECTION("what is not there is not found, and nothing asked for finds nothing") {
    CHECK(found(*it.s, all("房补")).empty());
    CHECK(found(*it.s, all("！？")).empty());
    CHECK(found(*it.s, all("words: * NOT \" said")).empty());
  }
  SECTION("a body that is no JSON does not hold up what comes after it") {
    auto turn = turn_after(it.h.load("e"), "{", 99, noon);
    REQUIRE(it.h.commit(turn).status == commit_status::committed);
    say(it.h, "e", "user.text", "后来的");
    it.follow();
    CHECK(found(*it.s, all("后来")) == texts{"后来的"});
  }
}

TEST_CASE("pages of hits join without a gap or a double") {
  searched it;
  for (int i = 0; i < 25; ++i) say(it.h, "p", "user.text", "第" + std::to_string(i) + "条补贴");
  it.follow();
  auto q = all("补贴");
  q.limit = 10;
  texts joined;
  for (int pages = 0;; ++pages) {
    REQUIRE(pages < 4);
    const auto page = it.s->find(q);
    REQUIRE(page.has_value());
    for (const auto& hit : page->hits) joined.push_back(hit.said.body);
    if (!page->next) break;
    q.before = *page->next;
  }
  REQUIRE(joined.size() == 25);
  CHECK(joined.front().find("24") != std::string::npos);
  CHECK(std::set<std::string>{joined.begin(), joined.end()}.size() == 25);
}

TEST_CASE("nobody finds what lies outside their scope") {
  searched it;
  SQLite::Database{it.h.path(), SQLite::OPEN_READWRITE}.exec(
      "INSERT INTO region VALUES (1, NULL, '990100', 'one'), (2, NULL, '990200', 'two');"
      "INSERT INTO department VALUES (7, NULL, 1, 'bureau')");
  say(it.h, "only-bot", "user.text", "补贴一");
  say(it.h, "with-bureau", "user.text", "补贴二", bureau);
  it.follow();
  auto q = all("补贴");
  q.scope = {};
  CHECK(found(*it.s, q).empty());
  q.scope.region = city;  // where a conversation belongs that only the bot had
  CHECK(found(*it.s, q) == texts{"补贴二", "补贴一"});
  q.scope = {};
  q.scope.region = region_id{2};
  CHECK(found(*it.s, q).empty());
  q.scope = {};
  q.scope.own = staff_id{5};
  CHECK(found(*it.s, q).empty());
}

TEST_CASE("an index that does not fit its database is made anew") {
  searched it;
  say(it.h, "a", "user.text", "房租补贴");
  it.follow();
  const auto file = search_index_file(it.h.path());
  const auto reopen = [&it] {
    it.s = make_sqlite_search_store(it.h.path());
    it.follow();
    CHECK(found(*it.s, all("补贴")) == texts{"房租补贴"});
  };
  SECTION("it goes on where it was") { reopen(); }
  SECTION("it was lost") {
    it.s.reset();
    std::filesystem::remove(file);
    reopen();
  }
  SECTION("it is no database") {
    it.s.reset();
    std::ofstream{file} << std::string(8192, 'x');
    reopen();
  }
  SECTION("it is of a database that was restored since, or cut in another way") {
    it.s.reset();
    const auto* sql = GENERATE("UPDATE progress SET restore_epoch = 77", "UPDATE progress SET tokens = 0",
                               "UPDATE progress SET mark = 1000000");
    SQLite::Database{file, SQLite::OPEN_READWRITE}.exec(sql);
    reopen();
  }
  SECTION("it is damaged while it is in use") {
    {
      std::fstream raw{file, std::ios::in | std::ios::out | std::ios::binary};
      const std::string noise(1 << 20, '\x7f');
      raw.write(noise.data(), static_cast<std::streamsize>(std::filesystem::file_size(file)));
    }
    std::filesystem::resize_file(file + "-wal", 0);
    const auto page = it.s->find(all("补贴"));
    if (!page) CHECK(page.error() == errc::unavailable);
    say(it.h, "a", "user.text", "又说补贴");
    for (int i = 0; i < 3; ++i) {
      std::ignore = it.s->catch_up(10s);
      std::ignore = it.s->find(all("补贴"));
    }
    CHECK(found(*it.s, all("补贴")) == texts{"又说补贴", "房租补贴"});
  }
}

TEST_CASE("one thread takes up what others look for and a third writes") {
  searched it;
  std::atomic<bool> over = false;
  const auto asks = [&] {
    std::size_t most = 0;
    while (!over) {
      const auto page = it.s->find(all("补贴"));
      if (page) most = std::max(most, page->hits.size());
    }
    return most;
  };
  auto one = std::async(std::launch::async, asks), two = std::async(std::launch::async, asks);
  auto follows = std::async(std::launch::async, [&] {
    while (!over) std::ignore = it.s->catch_up(2ms);
  });
  for (int i = 0; i < 200; ++i) say(it.h, "p" + std::to_string(i % 5), "user.text", "补贴");
  over = true;
  follows.get();
  CHECK(one.get() <= 50);
  CHECK(two.get() <= 50);
  it.follow();
  auto q = all("补贴");
  q.limit = 1'000;
  CHECK(found(*it.s, q).size() == 200);
}

TEST_CASE("taking up stops in time and goes on where it stood") {
  searched it;
  for (int i = 0; i < 300; ++i) say(it.h, "p", "user.text", "补贴");
  int steps = 0;
  for (auto more = it.s->catch_up(0ms); more && *more == caught_up::partly; more = it.s->catch_up(1ms))
    REQUIRE(++steps < 400);
  auto q = all("补贴");
  q.limit = 1'000;
  it.follow();
  CHECK(found(*it.s, q).size() == 300);
}
