// Any bytes as a decrypted callback body. Beyond not crashing: whatever is read is clean UTF-8 within its bounds, reading it again
// gives the same, and echoing it in a reply cannot break out of the reply.

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "handlers/channel/callback_query.hpp"
#include "handlers/wechat/codec.hpp"
#include "handlers/wechat/reply.hpp"

#include <cstdint>
#include <cstdlib>

using namespace zhuqi;
using namespace zhuqi::wechat;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_echo(const incoming& message, const std::string& words, data_format format) {
  pipeline::message_fields to;
  to.account = message.to;
  to.user = message.from;
  const dialogs::message echo{words, {}, ""};
  const auto reply = passive_reply_encoder{format}.encode(to, std::span{&echo, 1}, unix_ms{1'780'000'000'000});
  if (reply.bytes.empty()) return;
  const auto read = wire_fields::parse(reply.bytes);
  require(read.has_value() && read->state() == soundness::sound);
  require(read->all().size() == 5);
  require(read->get("Content").size() <= limits::wechat_text_bytes);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body{reinterpret_cast<const char*>(data), size};
  (void)channel::callback_query::parse(body);
  const auto first = decode(body, {"city", "wx1"});
  if (!first) return 0;
  const auto second = decode(body, {"city", "wx1"});
  require(second->key == first->key && second->body_digest == first->body_digest && second->event == first->event);
  if (const auto* words = std::get_if<dialogs::event::text>(&first->event)) {
    require(text::is_utf8(words->text) && words->text.size() <= limits::user_text_bytes);
    check_echo(*first, words->text, data_format::xml);
    check_echo(*first, words->text, data_format::json);
  }
  return 0;
}
