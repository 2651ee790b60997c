#pragma once
// From a checked frame of a proved visitor to the pipeline's verified_message.

#include "bot/pipeline/inbound.hpp"
#include "handlers/webchat/frames.hpp"

#include <memory>
#include <string_view>

namespace zhuqi::webchat {

/// Words of the visitor. The dedupe key is made of what a resend repeats: id and clock of the client.
pipeline::message_fields text_message(std::string_view channel, std::string_view visitor, const send& s, unix_ms now);

/// The first visit. Its key depends on the visitor only: however many sockets say hello at once, there is one greeting.
pipeline::message_fields entered_message(std::string_view channel, std::string_view visitor, dialogs::lang language,
                                         unix_ms now);

/// The one place where this channel vouches for a message: the token was verified, the frame was checked.
pipeline::verified_message vouched(pipeline::message_fields fields);

/// Nothing goes into a reply or the outbox: the live feed delivers.
std::shared_ptr<const pipeline::reply_encoder> feed_delivery();

}  // namespace zhuqi::webchat
