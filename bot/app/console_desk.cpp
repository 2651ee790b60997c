#include "bot/app/console_desk.hpp"

#include "bot/base/crypto.hpp"
#include "bot/runtime/log.hpp"
#include "handlers/console/routes.hpp"
#include "storage/sqlite/desk_store.hpp"
#include "storage/sqlite/staff_store.hpp"

#include <algorithm>

namespace zhuqi::app {
namespace {

constexpr std::size_t transfers_at_once = 50;  // a second; the rest comes with the next one

staff::offload_fn offload(worker_pool& workers) {
  return [&workers](std::function<void()> work, std::function<void(std::exception_ptr)> done) {
    return workers.submit(std::move(work), std::move(done));
  };
}

}  // namespace

console_desk::console_desk(parts p)
    : staff_{storage::make_sqlite_staff_store(p.store, p.database, p.post)},
      desk_{storage::make_sqlite_desk_store(p.store, p.database, p.post)},
      login_{{*staff_, p.time, hasher_, offload(p.workers), nullptr, p.server_key, {}}},
      office_{p.store,      *staff_, *desk_,  p.intake,           p.scripts,
              login_,       p.time,  hasher_, offload(p.workers), staff::setup_token{p.data},
              p.public_host},
      table_{console::console_routes(office_)},
      gate_{office_, table_},
      stream_{std::make_shared<console::stream>(office_, p.feed)} {
  office_.note_added = [this](const storage::note& note) { stream_->note_added(note); };
  console::load_queues(office_);
  const auto state = staff_->state();
  if (state && *state == storage::installation::not_set_up) {
    office_.setup.offer();
    log::info("setup.needed", {{"token_file", office_.setup.file().string()}});
  }
}

void console_desk::add_routes(http::router& routes) const {
  gate_.add_routes(routes);
  routes.add({std::string{console::api_root} + "/stream", {http::access::staff, 0}, stream_->acceptor()});
}

pipeline::desk_place console_desk::place_of(std::string_view /*channel*/, std::string_view queue) {
  const auto route = office_.queues.find(std::string{queue});
  if (route == office_.queues.end()) return {{}, office_.people.home()};
  return {route->second, office_.people.where().region_of(route->second)};
}

void console_desk::thread_changed(const storage::conversation& before, const storage::conversation& after) const {
  stream_->thread_changed(before, after);
}

void console_desk::sweep(std::chrono::steady_clock::time_point now) {
  stream_->sweep(now);
  const auto overdue = desk_->overdue_transfers(office_.time.now(), transfers_at_once);
  if (!overdue) return;
  for (const auto& c : *overdue) release(c, "无人接受转交，退回队列");
}

/// By the house: back to the queue, so that the thread waits where somebody sees it. A turn that came in between wins.
void console_desk::release(const storage::conversation& c, std::string_view why) {
  pipeline::official_act act;
  act.conversation = c.id;
  act.staff = "0";
  act.seen = c.epoch;
  act.by = pipeline::authority::house;
  act.client_id = "house-" + std::to_string(c.id.value) + "-" + std::to_string(c.epoch.value);
  act.key.created_s = office_.time.now().value / 1000;
  const auto digest = crypto::sha256(act.client_id);
  std::copy_n(digest.begin(), act.key.digest.size(), act.key.digest.begin());
  dialogs::event::official back;
  back.what = dialogs::event::official::act::release;
  back.note = why;
  act.what = std::move(back);
  office_.intake.act(std::move(act), [](const pipeline::act_outcome&) {});
}

}  // namespace zhuqi::app
