#pragma once
// Who may talk in a conversation, and what changes that. One rule for takeover, release, transfer and replies: the actor must
// have seen the epoch that stands, and the act must be one that the table allows; everything else is refused with who stands
// there now.

#include "dialogs/event.hpp"
#include "storage/rows.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

namespace zhuqi::pipeline {

/// Words of an official for the user.
struct official_words {
  std::string text;
  std::string name{};  ///< as the user sees it: 「张某 · 市工信局」
};

/// What a case tells its enterprise. It needs no ownership: a promise is kept whoever talks.
struct case_message {
  std::string text;
  std::string case_no;
};

/// By what right somebody acts. Who may force is decided at the door; the house releases what nobody accepted, or what a
/// colleague left behind.
enum class authority : std::uint8_t { own, forced, house };

/// Where the desk puts a conversation.
struct desk_place {
  department_id department;  ///< 0 = the hall
  region_id region;
  bool operator==(const desk_place&) const = default;
};

struct official_act {
  conversation_id conversation;
  std::string staff;       ///< who acts; the door has checked who that is and which conversations are theirs
  epoch_no seen;           ///< the epoch on the actor's screen
  storage::inbox_key key;  ///< of the client's own id of this act: the same act twice has one effect
  storage::digest128 body_digest{};
  std::string client_id;  ///< that id, for the log
  std::variant<official_words, dialogs::event::official, case_message, dialogs::event::revisited> what;
  authority by = authority::own;
  std::optional<desk_place> moves_to{};  ///< a transfer: where its receiver sits
};

enum class act_status : std::uint8_t {
  done,
  duplicate,    ///< seen before: nothing happened again
  stale,        ///< somebody was faster; `now` says who stands there
  not_allowed,  ///< not from this owner, or not by this actor
  mismatch,     ///< the act's id was used for another act
  unknown,      ///< no such conversation
  unavailable,  ///< could not be made durable: try again
};

struct act_outcome {
  act_status status = act_status::unavailable;
  storage::conversation now;  ///< without snapshot; the owner who won, where the act was refused
};

using act_fn = std::function<void(act_outcome)>;

/// Why `act` may not happen to a conversation that stands at `now`; nothing where it may.
std::optional<act_status> refusal(const storage::conversation& now, const official_act& act);

/// Sets owner, id and epoch of `commit.after` as the act wants them, and takes back what the bot has not sent yet.
void apply_ownership(storage::turn_commit& commit, const official_act& act);

/// What the engine hears of an act; nothing of what goes to the user word for word.
std::optional<dialogs::any_event> event_of(const official_act& act);
/// The log's row of those words.
storage::new_event words_of(const official_act& act);

/// The log kind of what an official wrote, body {"id","name","text"}.
inline constexpr std::string_view staff_text_kind = "staff.text";
/// Of what a case told its enterprise, body {"case_no","id","text"}.
inline constexpr std::string_view case_text_kind = "case.text";

}  // namespace zhuqi::pipeline
