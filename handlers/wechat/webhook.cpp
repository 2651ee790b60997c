#include "handlers/wechat/webhook.hpp"

#include "bot/base/limits.hpp"
#include "bot/runtime/log.hpp"
#include "handlers/channel/http_errors.hpp"
#include "handlers/wechat/reply.hpp"

#include <utility>

namespace zhuqi::wechat {

namespace {

/// Metric label of a refusal.
std::string_view reason_of(const boost::system::error_code& why) {
  if (why.category() != error_category()) return "internal";
  switch (static_cast<errc>(why.value())) {
    case errc::malformed: return "malformed";
    case errc::too_large: return "too_large";
    case errc::bad_signature: return "bad_signature";
    case errc::stale_timestamp: return "stale_timestamp";
    case errc::wrong_recipient: return "wrong_recipient";
    case errc::undecryptable: return "undecryptable";
    case errc::unsupported: return "hostile_body";
    default: return "other";
  }
}

http::response success() {
  http::response done;
  done.body = "success";  // ends the platform's retries and shows the user nothing; never encrypted
  return done;
}

http::response with_body(data_format format, std::string body) {
  http::response out;
  out.content_type = format == data_format::xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
  out.body = std::move(body);
  return out;
}

}  // namespace

webhook::webhook(wechat_channel channel, const clock& clock, submit_fn submit, webhook_observer observer)
    : verifier_{std::move(channel), clock},
      submit_{std::move(submit)},
      observer_{std::move(observer)},
      xml_{std::make_shared<passive_reply_encoder>(data_format::xml)},
      json_{std::make_shared<passive_reply_encoder>(data_format::json)} {}

void webhook::check(const http::request& request, http::responder respond) {
  const auto echo = verifier_.check_url(request.query);
  if (!echo) return refuse(echo.error(), respond);
  http::response ok;
  ok.content_type = "text/plain";
  ok.body = *echo;
  respond(std::move(ok));
}

void webhook::receive(http::request request, http::responder respond) {
  if (request.body.size() > limits::callback_body_bytes) return refuse(errc::too_large, respond);
  auto proof = verifier_.check_message(request.query, std::move(request.body));
  if (!proof) return refuse(proof.error(), respond);
  if (proof->nonce_repeated() && observer_.nonce_repeated) observer_.nonce_repeated(channel().id);

  auto message = decode(proof->bytes(), {channel().id, channel().app_id});
  if (!message && message.error() == errc::malformed) {
    // Authentic, unreadable, and not even a sender to note it under. A retry would bring the same bytes, so end it here.
    log::warn("wechat.unparsable", {{"channel", channel().id}, {"bytes", proof->bytes().size()}, {"kept", false}});
    raise("unparsable");
    return respond(success());
  }
  if (!message) {
    // A DOCTYPE, a depth or a number of fields that the platform never sends.
    raise("hostile_body");
    return refuse(message.error(), respond);
  }
  note(*message);
  hand_in(*proof, std::move(*message), request, std::move(respond));
}

void webhook::hand_in(const authentic_body& proof, incoming message, const http::request& request,
                      http::responder respond) {
  const auto encoder = message.format == data_format::xml ? xml_ : json_;
  auto verified = verifier_.admit(proof, std::move(message));
  if (!verified) return refuse(verified.error(), respond);
  // std::function wants something copyable.
  auto pending = std::make_shared<http::responder>(std::move(respond));
  submit_(std::move(*verified), encoder, request.accepted + limits::callback_deadline,
          [self = shared_from_this(), to = proof.reply(), pending](const pipeline::turn_reply& reply) {
            (*pending)(self->answer(to, reply));
          });
}

http::response webhook::answer(const reply_context& to, const pipeline::turn_reply& reply) {
  switch (reply.status) {
    case pipeline::turn_status::answered:
    case pipeline::turn_status::duplicate:
      if (reply.bytes.empty()) return success();
      return with_body(to.format, verifier_.seal(to, reply.bytes));
    case pipeline::turn_status::mismatch:
      log::error("wechat.body_mismatch", {{"channel", channel().id}});
      raise("body_mismatch");
      return success();
    case pipeline::turn_status::unavailable: return channel::refusal(errc::unavailable);
  }
  return channel::refusal(errc::unavailable);
}

void webhook::note(const incoming& message) const {
  switch (message.note) {
    case remark::none: return;
    case remark::text_cut:
      log::info("wechat.text_cut", {{"channel", channel().id}, {"user", log::pseudonym(message.from)}});
      return;
    case remark::unknown_type: log::warn("wechat.unknown_type", {{"channel", channel().id}}); return;
    case remark::damaged:
      log::warn("wechat.unparsable",
                {{"channel", channel().id}, {"user", log::pseudonym(message.from)}, {"kept", true}});
      raise("unparsable");
      return;
  }
}

void webhook::refuse(const boost::system::error_code& why, http::responder& respond) const {
  const std::string_view reason = reason_of(why);
  log::info("wechat.refused", {{"channel", channel().id}, {"reason", reason}});
  if (observer_.rejected) observer_.rejected(channel().id, reason);
  respond(channel::refusal(why == errc::unsupported ? make_error_code(errc::malformed) : why));
}

void webhook::raise(std::string_view kind) const {
  if (observer_.alarm) observer_.alarm(kind);
}

std::vector<http::route> wechat_routes(const std::vector<std::shared_ptr<webhook>>& webhooks) {
  const http::policy signed_callback{http::access::platform_signature, limits::callback_body_bytes};
  std::vector<http::route> routes;
  for (const auto& hook : webhooks) {
    const std::string path = "/wechat/" + hook->channel().id;
    routes.emplace_back(http::method::get, path, signed_callback,
                        [hook](const http::request& q, http::responder r) { hook->check(q, std::move(r)); });
    routes.emplace_back(http::method::post, path, signed_callback,
                        [hook](http::request q, http::responder r) { hook->receive(std::move(q), std::move(r)); });
  }
  // A channel nobody configured is 404, whatever catch-all stands behind these routes.
  for (const http::method verb : {http::method::get, http::method::post}) {
    routes.emplace_back(verb, "/wechat/*", signed_callback, [](const http::request&, http::responder respond) {
      respond(channel::refusal(errc::not_found));
    });
  }
  return routes;
}

}  // namespace zhuqi::wechat
