#pragma once
// The callback URL of one Official Account: verify → decode → pipeline → answer. Knows HTTP and WeChat's manners about retries,
// nothing of dialogs or storage. Loop thread only.

#include "bot/base/clock.hpp"
#include "bot/pipeline/inbound.hpp"
#include "bot/runtime/router.hpp"
#include "handlers/wechat/config.hpp"
#include "handlers/wechat/verify.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace zhuqi::wechat {

/// The pipeline's door (pipeline::intake::submit). Must call the last argument exactly once, on the loop thread.
using submit_fn = std::function<void(pipeline::verified_message, std::shared_ptr<const pipeline::reply_encoder>,
                                     std::chrono::steady_clock::time_point deadline, pipeline::reply_fn)>;

/// Where the webhook tells what it saw. Empty members are skipped. Reasons and kinds are constants, fit for metric labels.
struct webhook_observer {
  std::function<void(std::string_view channel, std::string_view reason)> rejected;
  std::function<void(std::string_view kind)>
      alarm;  ///< somebody must look: "unparsable", "body_mismatch", "hostile_body"
  std::function<void(std::string_view channel)> nonce_repeated;
};

class webhook : public std::enable_shared_from_this<webhook> {
 public:
  /// Throws std::invalid_argument for a channel that validate() refuses. `clock` outlives the webhook.
  webhook(wechat_channel channel, const clock& clock, submit_fn submit, webhook_observer observer);

  /// GET: the platform checks the URL.
  void check(const http::request& request, http::responder respond);
  /// POST: a message or event.
  ///   200 + reply or `success`  it is durable, or there is nothing in it that could be
  ///   503 + close               not durable in time: the platform tries again
  ///   403 / 400 / 413           not from the platform / nothing the platform sends; no effect
  void receive(http::request request, http::responder respond);

  const wechat_channel& channel() const { return verifier_.channel(); }

 private:
  void refuse(const boost::system::error_code& why, http::responder& respond) const;
  void hand_in(const authentic_body& proof, incoming message, const http::request& request, http::responder respond);
  http::response answer(const reply_context& to, const pipeline::turn_reply& reply);
  void note(const incoming& message) const;
  void raise(std::string_view kind) const;

  callback_verifier verifier_;
  submit_fn submit_;
  webhook_observer observer_;
  std::shared_ptr<const pipeline::reply_encoder> xml_;
  std::shared_ptr<const pipeline::reply_encoder> json_;
};

/// GET and POST /wechat/{id} for each, and 404 for every other path below /wechat/.
std::vector<http::route> wechat_routes(const std::vector<std::shared_ptr<webhook>>& webhooks);

}  // namespace zhuqi::wechat
