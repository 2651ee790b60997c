// The share of matters that the bot settled without a person.

#include "storage/sqlite/desk_store.hpp"
#include "tests/contract/harness.hpp"

#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::storage;
using namespace zhuqi::storage::contract;

namespace {

void ends(harness& h, const std::string& user, const std::vector<std::pair<std::string, std::string>>& events,
          unix_ms at) {
  static std::uint64_t message = 0;
  auto turn = turn_after(h.load(user), "x", ++message, at);
  turn.events.clear();
  for (const auto& [kind, body] : events) turn.events.push_back({kind, "bot", body});
  REQUIRE(h.commit(turn).status == commit_status::committed);
}

const std::pair<std::string, std::string> settled{"dialog.ended", R"({"dialog":"progress_query","outcome":"shown"})"};
const std::pair<std::string, std::string> to_a_person{"dialog.ended",
                                                      R"({"dialog":"progress_query","outcome":"human"})"};
const std::pair<std::string, std::string> lapsed{"dialog.ended", R"({"dialog":"progress_query","outcome":"lapsed"})"};
const std::pair<std::string, std::string> language{"dialog.ended", R"({"dialog":"choose_language","outcome":"done"})"};
const std::pair<std::string, std::string> handed{"handoff", R"({"queue":"综合服务"})"};

}  // namespace

TEST_CASE("self-service is what the bot settled alone, of all that was settled or handed over") {
  harness h{kind::sqlite};
  const auto desk = make_sqlite_desk_store(h.get(), h.path(), h.posts().poster());
  self_service_question q{{}, {1}, noon, noon + 1'000, "choose_language", "lapsed"};
  q.scope.everything = true;
  ends(h, "a", {settled}, noon);
  ends(h, "a", {settled, settled}, noon + 1);     // one turn, one matter
  ends(h, "b", {handed, to_a_person}, noon + 2);  // a dialog that led to a person
  ends(h, "c", {handed}, noon + 3);               // 人工 at the menu
  ends(h, "d", {lapsed}, noon + 4);               // nobody came back
  ends(h, "d", {language}, noon + 5);             // asks for nothing
  ends(h, "d", {settled}, noon + 1'000);          // the next period
  ends(h, "e", {{"dialog.ended", "no json"}}, noon + 6);
  CHECK(desk->self_service(q).value() == share{2, 4});
  q.scope = {};
  CHECK(desk->self_service(q).value() == share{0, 0});
}
