#pragma once
// Wire fields → what happened (dialogs::any_event) and who it is (dedupe key). WeChat's names stop here. Trusts nothing but that
// the body came from the platform; what a user typed may be hostile.

#include "bot/base/result.hpp"
#include "dialogs/event.hpp"
#include "handlers/wechat/wire.hpp"
#include "storage/rows.hpp"

#include <string>
#include <string_view>

namespace zhuqi::wechat {

enum class remark : std::uint8_t {
  none,
  text_cut,      ///< the user's text was over limits::user_text_bytes
  unknown_type,  ///< a MsgType this code does not know; the event is media{"unknown"}
  damaged,       ///< authentic but not readable to its end; the event is notice{"unparsable"}
};

struct incoming {
  std::string to;         ///< ToUserName: the account, gh_…
  std::string from;       ///< FromUserName: the user, openid
  std::string origin_id;  ///< MsgId, "" for events
  storage::inbox_key key;
  storage::digest128 body_digest{};
  dialogs::any_event event;
  data_format format = data_format::xml;
  remark note = remark::none;
};

/// What the dedupe key holds besides the message's own fields.
struct key_scope {
  std::string_view channel;  ///< channel id of the configuration
  std::string_view app_id;
};

/// Reads one decrypted body.
///
/// A damaged body (see soundness) still gives a message if the fields before the damage name both parties and the time: the
/// platform writes those before anything a user typed. It becomes notice{"unparsable"}, so that there is a trace of it in the
/// conversation and nothing a user smuggled in is believed.
/// errc::too_large and errc::unsupported as wire_fields::parse; errc::malformed where even sender and time are missing.
result<incoming> decode(std::string_view body, const key_scope& scope);

/// The event of sound fields; the part of decode that knows MsgType and Event.
dialogs::any_event event_of(const wire_fields& fields, remark& note);

}  // namespace zhuqi::wechat
