#pragma once
// The door of the pipeline. Bytes become a verified_message only inside a channel that checked who sent them.

#include "dialogs/effect.hpp"
#include "dialogs/event.hpp"
#include "storage/rows.hpp"

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace zhuqi::pipeline {

/// Key to the only constructor of verified_message. Channels derive their verifier from it; tests have their own.
class verifier {
 protected:
  verifier() = default;
  ~verifier() = default;
  struct proof {
   private:
    proof() = default;
    friend class verifier;
  };
  static proof vouch() { return {}; }

 public:
  using proof_type = proof;
};

struct message_fields {
  std::string channel;  ///< channel id of the configuration
  std::string account;  ///< who it was sent to on the platform (gh_…), "" for web chat
  std::string user;     ///< who sent it (openid, visitor id)
  std::string
      origin_id;  ///< the sender's own id of the message (MsgId, the client's UUID), "" for events; kept in the log
  storage::inbox_key key;
  storage::digest128 body_digest{};
  dialogs::any_event event;
  unix_ms received;
};

/// A message whose sender is proved and whose bytes are decoded.
class verified_message {
 public:
  verified_message(verifier::proof_type, message_fields fields) : fields_{std::move(fields)} {}
  const message_fields* operator->() const { return &fields_; }
  const message_fields& operator*() const { return fields_; }

 private:
  message_fields fields_;
};

/// The bytes of an answer given in the HTTP response, and how much of what the bot said they carry.
struct passive_reply {
  std::string bytes;         ///< stored with the dedupe key; a retry gets the same
  std::size_t messages = 0;  ///< the first n messages are in `bytes`; the rest goes to the outbox
};

/// How a channel writes a passive reply; pure. Channels without one deliver by other means and give {"" , all}.
class reply_encoder {
 public:
  virtual ~reply_encoder() = default;
  virtual passive_reply encode(const message_fields& to, std::span<const dialogs::message> messages,
                               unix_ms now) const = 0;
};

enum class turn_status : std::uint8_t {
  answered,     ///< durable; `bytes` is the passive reply ("" = nothing to say)
  duplicate,    ///< seen before; `bytes` is the stored passive reply
  mismatch,     ///< the key was seen with another body: no effect, alarm raised
  unavailable,  ///< could not be made durable in time: let the platform retry
};

struct turn_reply {
  turn_status status = turn_status::unavailable;
  std::string bytes;
  conversation_id conversation;
  seq_no last_seq;
};

using reply_fn = std::function<void(turn_reply)>;

}  // namespace zhuqi::pipeline
