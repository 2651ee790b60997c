#include "handlers/webchat/message.hpp"

#include "bot/base/crypto.hpp"
#include "bot/base/text.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace zhuqi::webchat {
namespace {

// 2020-01-01 in seconds. A clock before it is no clock; all of those share 0, which is as good for a resend.
constexpr std::int64_t earliest_s = 1'577'836'800;

storage::digest128 digest(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (std::string_view part : parts) joined.append(part).push_back('\0');
  const auto full = crypto::sha256(joined);
  storage::digest128 out{};
  std::copy_n(full.begin(), out.size(), out.begin());
  return out;
}

class webchat_verifier : pipeline::verifier {
 public:
  static pipeline::verified_message wrap(pipeline::message_fields fields) { return {vouch(), std::move(fields)}; }
};

class by_feed final : public pipeline::reply_encoder {
 public:
  pipeline::passive_reply encode(const pipeline::message_fields&, std::span<const dialogs::message> messages,
                                 unix_ms) const override {
    return {"", messages.size()};
  }
};

}  // namespace

pipeline::message_fields text_message(std::string_view channel, std::string_view visitor, const send& s, unix_ms now) {
  pipeline::message_fields out;
  out.channel = channel;
  out.user = visitor;
  out.origin_id = s.id;
  const std::int64_t created = s.at.value / 1000;
  out.key = {created < earliest_s ? 0 : created, digest({"text", channel, visitor, s.id})};
  out.body_digest = digest({s.text});
  out.event = dialogs::event::text{std::string{text::trim(text::strip_controls(s.text))}};
  out.received = now;
  return out;
}

pipeline::message_fields entered_message(std::string_view channel, std::string_view visitor, dialogs::lang language,
                                         unix_ms now) {
  pipeline::message_fields out;
  out.channel = channel;
  out.user = visitor;
  out.key = {0, digest({"entered", channel, visitor})};
  // Two tabs may differ in language; that is no forgery, so the body does not tell them apart.
  out.body_digest = digest({"entered"});
  const bool native = language == dialogs::lang::zh_cn;
  out.event = dialogs::event::entered{native ? "" : "lang:" + std::string{dialogs::tag(language)}};
  out.received = now;
  return out;
}

pipeline::verified_message vouched(pipeline::message_fields fields) {
  return webchat_verifier::wrap(std::move(fields));
}

std::shared_ptr<const pipeline::reply_encoder> feed_delivery() {
  static const auto instance = std::make_shared<const by_feed>();
  return instance;
}

}  // namespace zhuqi::webchat
