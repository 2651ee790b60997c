#include "bot/app/console_desk.hpp"

#include "bot/runtime/log.hpp"
#include "handlers/console/routes.hpp"
#include "storage/sqlite/case_store.hpp"
#include "storage/sqlite/desk_store.hpp"
#include "storage/sqlite/search_store.hpp"
#include "storage/sqlite/staff_store.hpp"

#include <algorithm>

namespace zhuqi::app {
namespace {

constexpr std::int64_t usual_sla_ms = 30 * 60'000;  // where a script promises nothing
constexpr std::size_t remembered_waits = 40;
constexpr std::size_t enough_waits = 5;                 // below, a promise says more than a measurement
constexpr std::chrono::milliseconds search_share{200};  // of each second, on a thread of the pool

staff::offload_fn offload(worker_pool& workers) {
  return [&workers](std::function<void()> work, std::function<void(std::exception_ptr)> done) {
    return workers.submit(std::move(work), std::move(done));
  };
}

/// Usual hours with the shipped notices; a notice is data of this program, so it fits.
std::shared_ptr<const dialogs::casework::working_calendar> city_calendar() {
  using namespace dialogs::casework;
  return std::make_shared<const working_calendar>(
      working_calendar::make(usual_week("city"), shipped_notices()).value());
}

}  // namespace

console_desk::console_desk(parts p)
    : staff_{storage::make_sqlite_staff_store(p.store, p.database, p.post)},
      desk_{storage::make_sqlite_desk_store(p.store, p.database, p.post)},
      case_store_{storage::make_sqlite_case_store(p.store, p.database, p.post)},
      search_{storage::make_sqlite_search_store(p.database)},
      book_{*case_store_, *staff_, dialogs::casework::usual_rules(), city_calendar()},
      cases_{book_, p.time},
      services_{cases_},
      clockwork_{cases_, p.time,
                 [](const storage::case_row& row, const dialogs::casework::alarm_step& step,
                    const std::vector<staff_id>& whom) {
                   log::info(
                       "case.alarm",
                       {{"case", row.number}, {"rung", dialogs::casework::id_of(step.to)}, {"people", whom.size()}});
                 }},
      words_{*case_store_, p.time,
             [this](const storage::case_word& word, const pipeline::case_words::said_fn& done) { say(word, done); }},
      login_{{*staff_, p.time, hasher_, offload(p.workers), nullptr, p.server_key, {}}},
      office_{p.store,
              *staff_,
              *desk_,
              *search_,
              p.intake,
              p.scripts,
              login_,
              p.time,
              hasher_,
              offload(p.workers),
              staff::setup_token{p.data},
              cases_,
              p.public_host},
      table_{console::console_routes(office_)},
      gate_{office_, table_},
      stream_{std::make_shared<console::stream>(office_, p.feed)},
      house_{office_} {
  office_.person_changed = [this](staff_id who) { house_.look_at(who); };
  office_.note_added = [this](const storage::note& note, const staff::target& thread) {
    stream_->note_added(note, thread);
  };
  console::load_queues(office_);
  console::staff_changed(office_);
  house_.look_at_everybody();
  cases_.on_change([this](const storage::case_row& row) {
    stream_->case_changed({row.handler, row.lead_department, row.lead_region, {}}, std::to_string(row.id.value),
                          row.seq);
    words_.poll();
  });
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

/// Who waits before, counted by the same predicate as the list that officials see; and the usual wait of the last ones, or what
/// the script promises while nobody was taken yet.
dialogs::event::queued console_desk::queue_at(pipeline::desk_place where, std::int64_t sla_ms) {
  storage::thread_query q;
  q.scope.department = where.department;
  q.scope.region = where.department ? region_id{} : where.region;
  q.now = office_.time.now();
  const auto counts = desk_->count_threads(q);
  auto wait = sla_ms > 0 ? sla_ms : usual_sla_ms;
  if (waits_ms_.size() >= enough_waits) {
    auto sorted = std::vector<std::int64_t>(waits_ms_.begin(), waits_ms_.end());
    std::ranges::nth_element(sorted, sorted.begin() + std::ssize(sorted) * 3 / 4);
    wait = sorted[sorted.size() * 3 / 4];
  }
  return {counts ? counts->waiting : 0, std::max<std::int64_t>(1, (wait + 59'999) / 60'000)};
}

void console_desk::thread_changed(const storage::conversation& before, const storage::conversation& after) {
  using enum storage::owner_kind;
  if (before.owner == queue && after.owner == human && after.thread) {
    waits_ms_.push_back(office_.time.now() - after.thread->opened);
    if (waits_ms_.size() > remembered_waits) waits_ms_.pop_front();
  }
  stream_->thread_changed(before, after);
}

void console_desk::sweep(std::chrono::steady_clock::time_point now) {
  stream_->sweep(now);
  clockwork_.poll();
  words_.poll();
  follow_search();
  house_.tick();
}

/// The search index follows what is said, some of the time: turns come first.
void console_desk::follow_search() {
  if (following_) return;
  auto done = std::make_shared<result<storage::caught_up>>(make_error_code(errc::unavailable));
  following_ = office_.offload([this, done] { *done = search_->catch_up(search_share); },
                               [this, done](std::exception_ptr failed) {
                                 following_ = false;
                                 const bool works = !failed && done->has_value();
                                 if (!works && search_works_)
                                   log::warn("search.behind", {{"reason", "the index cannot be written"}});
                                 search_works_ = works;
                               });
}

/// A case's words enter the conversation on its lane, like anything else that is said there.
void console_desk::say(const storage::case_word& word, const pipeline::case_words::said_fn& done) {
  pipeline::official_act act;
  act.conversation = word.conversation;
  act.staff = "case";
  act.client_id = word.uuid;
  act.what = pipeline::case_message{word.text, word.number};
  act.key = console::house_key(word.uuid, {});
  office_.intake.act(std::move(act), [done](const pipeline::act_outcome& outcome) {
    using pipeline::act_status;
    if (outcome.status == act_status::done || outcome.status == act_status::duplicate) return done({});
    done(make_error_code(outcome.status == act_status::unknown ? errc::not_found : errc::unavailable));
  });
}

}  // namespace zhuqi::app
