#include "handlers/console/house.hpp"

#include "bot/base/crypto.hpp"

#include <algorithm>

namespace zhuqi::console {
namespace {

constexpr std::size_t transfers_at_once = 50;  // a second; the rest comes with the next one
constexpr std::size_t threads_at_once = 50;    // of one person, a second
constexpr std::size_t people_at_once = 16;     // so that a department that is closed does not stop the loop

bool talks(office& o, const storage::staff_member& row) {
  return !staff::scope_of(person_of(row, o.people.where()), staff::permission::thread_speak).empty();
}

}  // namespace

storage::inbox_key house_key(const std::string& id, unix_ms at) {
  storage::inbox_key key;
  key.created_s = at.value / 1000;
  const auto digest = crypto::sha256(id);
  std::copy_n(digest.begin(), key.digest.size(), key.digest.begin());
  return key;
}

void house::look_at(staff_id who) {
  const auto* row = office_.people.find(who);
  if (row == nullptr) return;
  if (talks(office_, *row)) {
    leaving_.erase(who);
  } else {
    leaving_.insert(who);
  }
}

void house::look_at_everybody() {
  [[maybe_unused]] const auto all = each_member(office_, everybody(), [this](const storage::staff_member& row) {
    if (!talks(office_, row)) leaving_.insert(row.id);
    return true;
  });
}

void house::tick() {
  if (const auto overdue = office_.desk.overdue_transfers(office_.time.now(), transfers_at_once)) {
    for (const auto& c : *overdue) release(c, "无人接受转交，退回队列", [] {});
  }
  std::size_t looked = 0;
  for (auto next = leaving_.begin(); next != leaving_.end() && looked < people_at_once; ++looked) {
    const staff_id who = *next++;  // who has nothing goes off the list
    give_back(who);
  }
}

void house::give_back(staff_id who) {
  const auto page = office_.desk.threads_of(who, threads_at_once);
  if (!page) return;
  if (page->empty()) {
    leaving_.erase(who);
    return;
  }
  for (const auto& c : *page) {
    release(c, "经办人已停用或不再接办会话，退回队列", [this, who, id = c.id] {
      storage::staff_audit row{0, office_.time.now(), {}, "thread.release", "thread:" + std::to_string(id.value), {},
                               {}};
      row.detail = "staff:" + std::to_string(who.value) + " may not talk any more";
      office_.staff.apply({}, {std::move(row)}, [](const result<std::int64_t>&) {});
    });
  }
}

/// By the house: back to the queue, so that the thread waits where somebody sees it. A turn that came in between wins.
void house::release(const storage::conversation& c, std::string_view why, std::function<void()> done) {
  pipeline::official_act act;
  act.conversation = c.id;
  act.staff = "0";
  act.seen = c.epoch;
  act.by = pipeline::authority::house;
  act.client_id = "house-" + std::to_string(c.id.value) + "-" + std::to_string(c.epoch.value);
  act.key = house_key(act.client_id, office_.time.now());
  dialogs::event::official back;
  back.what = dialogs::event::official::act::release;
  back.note = why;
  act.what = std::move(back);
  office_.intake.act(std::move(act), [done = std::move(done)](const pipeline::act_outcome& outcome) {
    if (outcome.status == pipeline::act_status::done) done();
  });
}

}  // namespace zhuqi::console
