#pragma once
// The storage port of the officials' desk: lists of conversations that are with people, and what officials keep beside them
// (notes, drafts, canned replies). Who talks in a conversation is not changed here: that is a turn (storage/store.hpp).

#include "bot/base/result.hpp"
#include "storage/staff_store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace zhuqi::storage {

enum class thread_view : std::uint8_t {
  waiting,     ///< for anybody to take
  mine,        ///< with the official who asks
  department,  ///< with somebody of the official's department, or waiting for it
  overdue,     ///< should have been answered by now
  bot,         ///< with the bot, also those that never were with a person; newest first
  closed,      ///< newest first
  revisit,     ///< ended by an official without a good grade, and nobody asked the user yet; the oldest end first
  mentioned,   ///< with a note that names the official who asks and that they have not seen; the newest note first
};

/// Where a page of a list ended. Opaque to clients, as "rank.id".
struct thread_cursor {
  std::int64_t rank = INT64_MIN;
  std::int64_t id = 0;
  bool operator==(const thread_cursor&) const = default;
};

struct thread_query {
  thread_view view = thread_view::waiting;
  row_scope scope;
  staff_id me;
  department_id my_department;
  region_id home;  ///< where conversations belong that never were with a person
  unix_ms now;
  thread_cursor after;
  std::size_t limit = 50;
};

struct thread_page {
  std::vector<conversation> rows;  ///< without snapshots; with their threads, but those that only the bot had
  std::optional<thread_cursor> next;
};

struct thread_counts {
  std::int64_t waiting = 0, mine = 0, department = 0, overdue = 0;
  std::int64_t mentioned = 0;  ///< limits::counted_mentions where there are more
  bool operator==(const thread_counts&) const = default;
};

struct self_service_question {
  row_scope scope;
  region_id home;
  unix_ms from;
  unix_ms to;                ///< exclusive
  std::string_view beside;   ///< a dialog that settles nothing
  std::string_view gave_up;  ///< the outcome of one that nobody finished
};
struct share {
  std::int64_t part = 0, whole = 0;
  bool operator==(const share&) const = default;
};

/// Whom a note is for.
enum class audience : std::uint8_t {
  colleagues = 0,  ///< whoever may see the conversation
  whispered = 1,   ///< its author, those it names, and who may whisper there themselves
};

struct note {
  std::int64_t id = 0;
  conversation_id conversation;
  unix_ms at;
  staff_id author;
  std::string text;
  std::string client_id;  ///< the same one twice is one note
  audience meant_for = audience::colleagues;
  std::vector<staff_id> to{};  ///< who is named in it, by id
  bool operator==(const note&) const = default;
};

struct canned_reply {
  std::int64_t id = 0;
  department_id department;  ///< 0 = everybody's
  std::string title;
  std::string text;
  staff_id author;
  unix_ms at;
  bool operator==(const canned_reply&) const = default;
};

struct queue_route {
  std::string queue;
  department_id department;
  bool operator==(const queue_route&) const = default;
};

/// errc::conflict where the client's id stands for another note.
struct add_note {
  note row;
};
/// The official has seen what names them, up to this note.
struct see_mentions {
  staff_id staff;
  conversation_id conversation;
  std::int64_t up_to = 0;
  unix_ms at;
};
/// "" takes the draft away.
struct put_draft {
  staff_id staff;
  conversation_id conversation;
  unix_ms at;
  std::string text;
};
/// id 0 adds one; else replaces title, text and department. errc::not_found.
struct put_canned_reply {
  canned_reply row;
};
/// errc::not_found.
struct drop_canned_reply {
  std::int64_t id = 0;
};
/// department 0: to the hall. errc::not_found for one that is not there.
struct put_queue_route {
  queue_route row;
};

using desk_change =
    std::variant<add_note, see_mentions, put_draft, put_canned_reply, drop_canned_reply, put_queue_route>;

class desk_store {
 public:
  virtual ~desk_store() = default;

  /// Writes the change and the records of it in one transaction, or nothing. Gives the id of what was added (also where the same
  /// note was added before), else 0.
  virtual void apply(desk_change change, std::vector<staff_audit> records,
                     std::function<void(result<std::int64_t>)> done) = 0;

  // Reads see what is committed. Blocking, indexed, callable from the loop thread.
  virtual result<thread_page> list_threads(const thread_query& query) = 0;
  virtual result<thread_counts> count_threads(const thread_query& query) = 0;
  /// Rows that a turn after `change` wrote, oldest change first, whatever their scope: the caller says of each row whether it is
  /// seen or gone.
  virtual result<std::vector<conversation>> changed_threads(turn_id change, std::size_t limit) = 0;
  virtual result<turn_id> last_change() = 0;
  virtual result<std::vector<conversation>> overdue_transfers(unix_ms now, std::size_t limit) = 0;
  virtual result<std::vector<conversation>> threads_of(staff_id staff, std::size_t limit) = 0;

  /// Matters that the bot settled alone, of all that it settled or handed over. Takes its time: some 0.1 s per 100,000 of them; from
  /// any thread, beside the other reads.
  virtual result<share> self_service(const self_service_question& q) = 0;

  virtual result<std::vector<note>> notes(conversation_id conversation, std::size_t limit) = 0;  ///< oldest first
  virtual result<std::string> draft(staff_id staff, conversation_id conversation) = 0;           ///< "" = none
  virtual result<std::vector<canned_reply>> canned_replies() = 0;                                ///< by title
  virtual result<std::vector<queue_route>> queue_routes() = 0;
};

}  // namespace zhuqi::storage
