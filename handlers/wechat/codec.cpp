#include "handlers/wechat/codec.hpp"

#include "bot/base/crypto.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace zhuqi::wechat {

namespace {

constexpr std::size_t party_bytes = 128;      // openids have 28, account ids 15; a longer one is not from the platform
constexpr std::size_t message_id_bytes = 64;  // an int64 has 19 digits

std::optional<std::int64_t> seconds_of(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
  return value;
}

bool is_party(std::string_view id) { return !id.empty() && id.size() <= party_bytes; }

/// Hashes a list of values so that no two different lists give the same bytes: values hold no NUL.
class digest_builder {
 public:
  digest_builder& add(std::string_view value) {
    bytes_ += value;
    bytes_ += '\0';
    return *this;
  }
  storage::digest128 finish() const {
    const crypto::sha256_digest full = crypto::sha256(bytes_);
    storage::digest128 half{};
    std::copy_n(full.begin(), half.size(), half.begin());
    return half;
  }

 private:
  std::string bytes_;
};

/// The same for XML and JSON and for any order of the fields.
storage::digest128 digest_of(const wire_fields& fields) {
  std::vector<const wire_fields::field*> sorted;
  sorted.reserve(fields.all().size());
  for (const auto& field : fields.all()) sorted.push_back(&field);
  // Stable: the items of a list share a path and keep their order.
  std::stable_sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->path < b->path; });
  digest_builder digest;
  for (const auto* field : sorted) digest.add(field->path).add(field->value);
  return digest.finish();
}

/// What tells two events of one user in one second apart.
void add_event_identity(digest_builder& digest, const wire_fields& fields) {
  static constexpr std::array names{"EventKey", "MsgID",     "Ticket",        "AgentID",    "ChangeType",
                                    "MenuId",   "KfAccount", "FromKfAccount", "ToKfAccount"};
  std::string event{fields.get("Event")};
  std::transform(event.begin(), event.end(), event.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  digest.add("event").add(event);
  for (const char* name : names) digest.add(fields.get(name));
  // Groups (what was scanned, which subscription) have no field that names them.
  for (const auto& field : fields.all()) {
    if (field.path.find('.') != std::string::npos) digest.add(field.path).add(field.value);
  }
}

storage::digest128 key_digest(const wire_fields& fields, const incoming& message, const key_scope& scope) {
  digest_builder digest;
  digest.add(scope.channel).add(scope.app_id).add(message.to).add(message.from).add(fields.get("CreateTime"));
  if (!message.origin_id.empty()) {
    digest.add("message").add(message.origin_id);
  } else if (message.note != remark::damaged && fields.has("Event")) {
    add_event_identity(digest, fields);
  } else {
    // Nothing names it but what it says: a retry says the same.
    digest.add("content").add({reinterpret_cast<const char*>(message.body_digest.data()), message.body_digest.size()});
  }
  return digest.finish();
}

}  // namespace

result<incoming> decode(std::string_view body, const key_scope& scope) {
  const auto fields = wire_fields::parse(body);
  if (!fields) return fields.error();

  incoming message;
  message.to = fields->get("ToUserName");
  message.from = fields->get("FromUserName");
  const auto created = seconds_of(fields->get("CreateTime"));
  if (!is_party(message.to) || !is_party(message.from) || !created) return errc::malformed;
  message.key.created_s = *created;
  message.format = fields->format();
  message.body_digest = digest_of(*fields);

  const bool sound = fields->state() == soundness::sound && !fields->get("MsgType").empty() &&
                     fields->get("MsgId").size() <= message_id_bytes;
  if (sound) {
    message.origin_id = fields->get("MsgId");
    message.event = event_of(*fields, message.note);
  } else {
    // MsgId comes after the user's text, so it may be a user's invention here.
    message.note = remark::damaged;
    message.event = dialogs::event::notice{"unparsable", std::string{fields->get("MsgType")}};
  }
  message.key.digest = key_digest(*fields, message, scope);
  return message;
}

}  // namespace zhuqi::wechat
