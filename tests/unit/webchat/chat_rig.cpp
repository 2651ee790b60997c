#include "tests/unit/webchat/chat_rig.hpp"

#include "handlers/webchat/message.hpp"

#include <utility>

namespace zhuqi::webchat {

std::string uuid(int n) {
  std::string digits = std::to_string(n);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

chat_rig::chat_rig() {
  store = storage::make_memory_store([this](std::function<void()> f) { posted_.push_back(std::move(f)); });
  options o;
  o.token_key = secret{"0123456789abcdef0123456789abcdef"};
  o.public_host = "zhuqi.example.gov.cn";
  const auto submit = [this](pipeline::verified_message m, std::shared_ptr<const pipeline::reply_encoder>,
                             std::chrono::steady_clock::time_point, pipeline::reply_fn done) {
    submitted.push_back(*m);
    if (pipeline_full) return done({});
    run_turn(*m, done);
  };
  chat = std::make_shared<endpoint>(std::move(o), submit, *store, feed, time, [this] { return steady; });
}

std::pair<std::unique_ptr<http::ws_session>, http::response> chat_rig::upgrade(http::request request) {
  return chat->acceptor()(request);
}

tab chat_rig::open(std::string peer) {
  http::request request;
  request.host = "zhuqi.example.gov.cn";
  request.peer = std::move(peer);
  request.headers.emplace_back("origin", "https://zhuqi.example.gov.cn");
  return tab{upgrade(std::move(request)).first};
}

void chat_rig::settle() {
  while (!posted_.empty()) {
    for (auto& f : std::exchange(posted_, {})) f();
  }
}

void chat_rig::run_turn(const pipeline::message_fields& m, const pipeline::reply_fn& done) {
  const bool words = std::holds_alternative<dialogs::event::text>(m.event);
  const json said =
      words ? json{{"id", m.origin_id}, {"text", std::get<dialogs::event::text>(m.event).text}} : json::object();
  std::vector<storage::new_event> events{
      {words ? "user.text" : "user.entered", "user", dump_json(said)},
      {"bot.text", "bot", dump_json({{"text", words ? "收到" : "您好"}, {"options", json::array()}, {"hint", ""}})}};
  commit(
      m.user, std::move(events), storage::owner_kind::bot, &m,
      [done](storage::commit_outcome o) {
        using storage::commit_status;
        using pipeline::turn_status;
        const turn_status s = o.status == commit_status::committed       ? turn_status::answered
                              : o.status == commit_status::duplicate     ? turn_status::duplicate
                              : o.status == commit_status::body_mismatch ? turn_status::mismatch
                                                                         : turn_status::unavailable;
        done({s, {}, o.after.id, o.after.seq});
      },
      true);
}

void chat_rig::append(const std::string& visitor, storage::new_event event, storage::owner_kind owner) {
  commit(
      visitor, {std::move(event)}, owner, nullptr, [](const auto&) {}, true);
}

void chat_rig::append_silently(const std::string& visitor, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    commit(
        visitor, {{"bot.text", "bot", R"({"text":"…"})"}}, storage::owner_kind::bot, nullptr, [](const auto&) {},
        false);
  }
}

void chat_rig::commit(const std::string& visitor, std::vector<storage::new_event> events, storage::owner_kind owner,
                      const pipeline::message_fields* cause, std::function<void(storage::commit_outcome)> done,
                      bool tell) {
  storage::turn_commit turn;
  store->load("web", visitor, [&](auto loaded) { turn.before = *loaded; });
  turn.after = turn.before;
  turn.after.channel = "web";
  turn.after.user = visitor;
  turn.after.owner = owner;
  turn.events = events;
  turn.at = time.now();
  if (cause != nullptr) {
    turn.key = cause->key;
    turn.body_digest = cause->body_digest;
  }
  store->commit(std::move(turn), [this, visitor, events, owner, tell, done](storage::commit_outcome o) {
    done(o);
    if (o.status != storage::commit_status::committed || !tell) return;
    std::vector<storage::stored_event> stored;
    for (seq_no seq = o.first_seq; const auto& e : events) {
      stored.push_back({{}, o.after.id, seq, o.after.last_turn, time.now(), {}, e.kind, e.actor, e.body});
      seq = seq.next();
    }
    feed.publish("web", visitor, stored, owner);
  });
}

}  // namespace zhuqi::webchat
