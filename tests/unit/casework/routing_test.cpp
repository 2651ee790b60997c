// Routing: the own liaison first, then matter × region × language × load, never over capacity, and always with a
// reason.
#include "dialogs/casework/routing.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace zhuqi;
using namespace zhuqi::dialogs::casework;
using zhuqi::dialogs::lang;

namespace {

const unit industry{"工信局", "370600"};
const unit labour{"人社局", "370600"};
const unit district{"芝罘区企服中心", "370602"};
const unit fallback{"市企服中心", "370600"};

const std::vector<competence> city{
    {"supply", "3706", industry}, {"labour", "3706", labour}, {"supply", "370602", district}, {"", "37", fallback}};

official someone(std::string id, const unit& of, int load, int capacity = 5) {
  return {std::move(id), of, {lang::zh_cn}, capacity, load, true, {}};
}

route_request asked(std::string matter, lang l = lang::zh_cn, std::string liaison = {}) {
  return {std::move(matter), "370600", l, std::move(liaison)};
}

}  // namespace

TEST_CASE("the enterprise's own liaison comes first, whatever the matter, while he is there and has room") {
  std::vector<official> staff{someone("own", fallback, 4), someone("zhang", industry, 0)};
  const auto request = asked("supply", lang::zh_cn, "own");
  CHECK(find_route(request, staff, city).staff == "own");
  CHECK(find_route(request, staff, city).why == route_why::own_liaison);
  staff[0].load = 5;
  const route full = find_route(request, staff, city);
  CHECK(full.staff == "zhang");
  CHECK(full.liaison_full);
  CHECK(sentence(full, request, lang::zh_cn) ==
        "包联专员own已满负荷。按事项和地区由工信局办理，zhang在岗且当前负荷最低。");
  staff[0].load = 0;
  staff[0].on_duty = false;
  CHECK(find_route(request, staff, city).liaison_off_duty);
  CHECK(find_route(asked("supply", lang::zh_cn, "gone"), staff, city).staff == "zhang");
}

TEST_CASE("the most exact competence decides: the matter before any matter, the district before the city") {
  const std::vector<official> staff{someone("a", industry, 0), someone("b", district, 0), someone("c", fallback, 0)};
  CHECK(find_route(asked("supply"), staff, city).to == industry);
  CHECK(find_route({"supply", "370602", lang::zh_cn, ""}, staff, city).to == district);
  CHECK(find_route(asked("fire_safety"), staff, city).to == fallback);
  CHECK(find_route({"supply", "370700", lang::zh_cn, ""}, staff, city).to == fallback);
  CHECK(find_route({"supply", "110100", lang::zh_cn, ""}, staff, city).why == route_why::no_department);
}

TEST_CASE("of those with room the least loaded for his capacity, then who waited longest, then by id") {
  std::vector<official> staff{someone("a", industry, 3, 4), someone("b", industry, 5, 10),
                              someone("c", industry, 2, 4)};
  staff[1].last_given = unix_ms{100};
  staff[2].last_given = unix_ms{50};
  CHECK(find_route(asked("supply"), staff, city).staff == "c");
  staff[2].last_given = unix_ms{100};
  CHECK(find_route(asked("supply"), staff, city).staff == "b");
}

TEST_CASE("nobody free is a place in the department's queue, with the reason") {
  std::vector<official> staff{someone("a", industry, 5), someone("b", labour, 0)};
  CHECK(find_route(asked("supply"), staff, city).why == route_why::queue_full);
  CHECK(find_route(asked("supply"), staff, city).to == industry);
  CHECK(find_route(asked("labour", lang::ko), staff, city).why == route_why::queue_no_language);
  staff[1].on_duty = false;
  CHECK(find_route(asked("labour"), staff, city).why == route_why::queue_off_duty);
  CHECK(find_route(asked("other"), staff, city).why == route_why::queue_empty);
  staff[0].capacity = 0;
  staff[0].load = 0;
  CHECK(find_route(asked("supply"), staff, city).why == route_why::queue_full);
}

TEST_CASE("every reason is a whole sentence in both languages") {
  for (int i = 0; i <= static_cast<int>(route_why::no_department); ++i) {
    const route chosen{static_cast<route_why>(i), industry, "zhang"};
    for (const lang l : {lang::zh_cn, lang::en}) {
      const std::string said = sentence(chosen, asked("supply", lang::ko), l);
      CAPTURE(said);
      CHECK(said.find('{') == std::string::npos);
      CHECK(said.size() > 20);
    }
  }
  CHECK(sentence({route_why::queue_no_language, industry, ""}, asked("supply", lang::ko), lang::en).find("Korean") !=
        std::string::npos);
}

TEST_CASE(
    "law: no capacity is ever exceeded, nobody waits while somebody fit has room, and the order of the list is "
    "nothing") {
  const bool held = rc::check([] {
    std::vector<official> staff;
    const unit units[] = {industry, labour, fallback};
    const int people = *rc::gen::inRange(0, 8);
    for (int i = 0; i < people; ++i) {
      official o = someone("p" + std::to_string(i), units[*rc::gen::inRange(0, 3)], 0, *rc::gen::inRange(0, 4));
      o.on_duty = *rc::gen::inRange(0, 4) > 0;
      if (*rc::gen::inRange(0, 2) == 0) o.languages.push_back(lang::en);
      staff.push_back(o);
    }
    for (int turn = 1; turn <= 30; ++turn) {
      const char* matters[] = {"supply", "labour", "other"};
      const auto request =
          asked(matters[*rc::gen::inRange(0, 3)], *rc::gen::inRange(0, 3) == 0 ? lang::en : lang::zh_cn,
                *rc::gen::inRange(0, 3) == 0 ? "p1" : "");
      const route chosen = find_route(request, staff, city);
      std::vector<official> turned{staff.rbegin(), staff.rend()};
      RC_ASSERT(find_route(request, turned, city) == chosen);
      const auto taker =
          std::find_if(staff.begin(), staff.end(), [&](const official& o) { return o.id == chosen.staff; });
      if (taker != staff.end()) {
        RC_ASSERT(taker->on_duty);
        RC_ASSERT(taker->of == chosen.to);
        RC_ASSERT(++taker->load <= taker->capacity);
        taker->last_given = unix_ms{turn};
        continue;
      }
      for (const official& o : staff) {
        const bool fit = o.of == chosen.to && o.on_duty &&
                         std::find(o.languages.begin(), o.languages.end(), request.language) != o.languages.end();
        RC_ASSERT(!fit || o.load >= o.capacity);
      }
    }
  });
  REQUIRE(held);
}
