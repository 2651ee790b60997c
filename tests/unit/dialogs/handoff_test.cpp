// Ownership: exactly the table, and the epoch as a fence.
#include "dialogs/handoff.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace zhuqi;
using namespace zhuqi::dialogs;

namespace {

constexpr int last_cause = static_cast<int>(handoff_cause::case_open);

struct move {
  int to, cause;
  bool stale, same_id;
};

}  // namespace

TEST_CASE("only the changes of the table are possible") {
  int possible = 0;
  for (int from = 0; from < 4; ++from) {
    for (int to = 0; to < 4; ++to) {
      for (int cause = 0; cause <= last_cause; ++cause) {
        possible +=
            is_allowed(static_cast<talker>(from), static_cast<talker>(to), static_cast<handoff_cause>(cause)) ? 1 : 0;
      }
    }
  }
  CHECK(possible == static_cast<int>(ownership_changes().size()));
  CHECK(is_allowed(talker::bot, talker::queue, handoff_cause::asked_for_human));
  CHECK(is_allowed(talker::queue, talker::bot, handoff_cause::withdrawn_by_user));
  CHECK_FALSE(is_allowed(talker::human, talker::bot, handoff_cause::withdrawn_by_user));
  CHECK_FALSE(is_allowed(talker::closed, talker::queue, handoff_cause::script));
}

TEST_CASE("of two officials who accept under the same epoch, the first gets it and the second is told") {
  const ownership queued{talker::queue, "企业诉求", {7}};
  const auto first = change_owner(queued, queued.epoch, talker::human, "zhang", handoff_cause::accepted);
  REQUIRE(first.has_value());
  CHECK(first->epoch == epoch_no{8});
  CHECK(change_owner(*first, queued.epoch, talker::human, "li", handoff_cause::accepted).error() == errc::conflict);
  CHECK(change_owner(*first, first->epoch, talker::human, "zhang", handoff_cause::transferred).error() ==
        errc::conflict);
  CHECK(change_owner(queued, queued.epoch, talker::human, "", handoff_cause::accepted).error() == errc::conflict);
}

TEST_CASE("law: the epoch counts the changes, and everything refused changes nothing") {
  const bool held = rc::check([] {
    ownership now;
    std::int64_t changes = 0;
    for (int i = 0; i < 50; ++i) {
      const move m{*rc::gen::inRange(0, 4), *rc::gen::inRange(0, last_cause + 1), *rc::gen::inRange(0, 4) == 0,
                   *rc::gen::inRange(0, 2) == 0};
      const epoch_no seen{now.epoch.value - (m.stale ? 1 : 0)};
      const auto to = static_cast<talker>(m.to);
      const auto next = change_owner(now, seen, to, m.same_id ? now.id : "x" + std::to_string(i),
                                     static_cast<handoff_cause>(m.cause));
      if (!next) continue;
      RC_ASSERT(!m.stale);
      RC_ASSERT(is_allowed(now.owner, to, static_cast<handoff_cause>(m.cause)));
      now = *next;
      RC_ASSERT(now.epoch.value == ++changes);
    }
  });
  REQUIRE(held);
}
