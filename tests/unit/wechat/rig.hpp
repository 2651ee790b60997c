#pragma once
// One webhook with a clock that stands still, a pipeline that records, and a platform that signs. Everything goes through the
// HTTP handlers, as in production.

#include "bot/base/clock.hpp"
#include "bot/base/crypto.hpp"
#include "handlers/wechat/webhook.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace zhuqi::wechat::test {

inline constexpr std::int64_t now_s = 1'780'000'000;
inline const std::string token = "cityToken2026";
inline const std::string aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
inline const std::string other_key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
inline const std::string app_id = "wx2c2769f8efd9abc2";
inline const std::string account = "gh_10f6c3c3ac5a";
inline const std::string user = "oyORnuP8q7ou2gfYjqLzSIWZf0rs";

inline wechat_channel channel_in(security_mode mode) {
  wechat_channel c;
  c.id = "city";
  c.mode = mode;
  c.allow_plaintext = mode == security_mode::plaintext;
  c.original_id = account;
  c.app_id = app_id;
  c.token = secret{token};
  c.encoding_aes_key = secret{aes_key};
  return c;
}

/// The platform's own signature, written without ours.
inline std::string sha1_of_sorted(std::vector<std::string> parts) {
  std::sort(parts.begin(), parts.end());
  std::string joined;
  for (const auto& part : parts) joined += part;
  return crypto::hex(crypto::sha1(joined));
}

using params = std::map<std::string, std::string>;

inline std::string query_of(const params& values) {
  static const std::string digits = "0123456789ABCDEF";
  std::string out;
  for (const auto& [name, value] : values) {
    out += (out.empty() ? "" : "&") + name + "=";
    for (char c : value) {
      const auto byte = static_cast<unsigned char>(c);
      if (std::isalnum(byte) != 0) {
        out += c;
      } else {
        out += {'%', digits[byte >> 4], digits[byte & 15]};
      }
    }
  }
  return out;
}

/// A plain signature for now, as in GET and in plaintext mode.
inline params plain_params(const std::string& timestamp = std::to_string(now_s),
                           const std::string& nonce = "486452656") {
  return {{"timestamp", timestamp}, {"nonce", nonce}, {"signature", sha1_of_sorted({token, timestamp, nonce})}};
}

inline params secure_params(const std::string& encrypt, const std::string& timestamp = std::to_string(now_s),
                            const std::string& nonce = "486452656") {
  params p = plain_params(timestamp, nonce);
  p["encrypt_type"] = "aes";
  p["msg_signature"] = sha1_of_sorted({token, timestamp, nonce, encrypt});
  return p;
}

inline std::string xml_envelope(const std::string& encrypt) {
  return "<xml><ToUserName><![CDATA[" + account + "]]></ToUserName><Encrypt><![CDATA[" + encrypt +
         "]]></Encrypt></xml>";
}

inline std::string text_xml(const std::string& content, const std::string& msg_id = "6054768590064713728") {
  return "<xml><ToUserName><![CDATA[" + account + "]]></ToUserName><FromUserName><![CDATA[" + user +
         "]]></FromUserName><CreateTime>1409735668</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[" +
         content + "]]></Content><MsgId>" + msg_id + "</MsgId></xml>";
}

inline std::string sealed(const std::string& message, const std::string& key = aes_key,
                          const std::string& receiver = app_id) {
  return channel::envelope::create(secret{key}, secret{}, receiver)
      ->seal(message, channel::envelope::key_slot::current);
}

class rig {
 public:
  explicit rig(security_mode mode) : rig{channel_in(mode)} {}
  explicit rig(wechat_channel c) : clock{unix_ms{now_s * 1000}} {
    webhook_observer observer;
    observer.rejected = [this](std::string_view, std::string_view reason) { rejected.emplace_back(reason); };
    observer.alarm = [this](std::string_view kind) { alarms.emplace_back(kind); };
    observer.nonce_repeated = [this](std::string_view) { ++repeated_nonces; };
    hook = std::make_shared<webhook>(
        std::move(c), clock,
        [this](pipeline::verified_message m, std::shared_ptr<const pipeline::reply_encoder> encoder,
               std::chrono::steady_clock::time_point deadline, const pipeline::reply_fn& done) {
          submitted.push_back(*m);
          deadlines.push_back(deadline);
          pipeline::turn_reply reply = outcome;
          if (reply.status == pipeline::turn_status::answered) {
            reply.bytes = encoder->encode(*m, bot_says, clock.now()).bytes;
          }
          done(reply);
        },
        std::move(observer));
  }

  http::response get(const std::string& query) {
    return run([&](http::responder respond) { hook->check(request_with(query, ""), std::move(respond)); });
  }
  http::response post(const std::string& query, const std::string& body) {
    return run([&](http::responder respond) { hook->receive(request_with(query, body), std::move(respond)); });
  }
  http::response post(const params& p, const std::string& body) { return post(query_of(p), body); }
  http::response post_plain(const std::string& body) { return post(plain_params(), body); }
  http::response post_secure(const std::string& message) {
    const std::string encrypt = sealed(message);
    return post(secure_params(encrypt), xml_envelope(encrypt));
  }

  manual_clock clock;
  std::vector<dialogs::message> bot_says{{"好的", {}, ""}};
  pipeline::turn_reply outcome{pipeline::turn_status::answered, "", {}, {}};
  std::vector<pipeline::message_fields> submitted;
  std::vector<std::chrono::steady_clock::time_point> deadlines;
  std::vector<std::string> rejected;
  std::vector<std::string> alarms;
  int repeated_nonces = 0;
  std::shared_ptr<webhook> hook;
  std::chrono::steady_clock::time_point accepted{std::chrono::seconds{1000}};

 private:
  http::request request_with(const std::string& query, const std::string& body) const {
    http::request q;
    q.path = "/wechat/city";
    q.query = query;
    q.body = body;
    q.accepted = accepted;
    return q;
  }
  template <class Call>
  static http::response run(Call call) {
    std::optional<http::response> got;
    call(http::responder{[&](http::response r) { got = std::move(r); }});
    return got.value();
  }
};

}  // namespace zhuqi::wechat::test
