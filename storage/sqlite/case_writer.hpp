#pragma once
// Writes of cases as SQL, inside a transaction that the caller has open: of the case port's own jobs and of turns whose
// dialog asked a service. Nothing is written by a write that is refused.

#include "storage/case_store.hpp"
#include "storage/sqlite/connection.hpp"

#include <optional>

namespace zhuqi::storage::sqlite {

class case_writer {
 public:
  explicit case_writer(SQLite::Database& db);

  /// The act that the key stands for already; an error where it stands for another one.
  result<std::optional<case_applied>> repeated(const case_act_key& key);
  /// Why write() may not be called; nullopt = it may.
  std::optional<errc> refusal(const case_write& w);
  /// `own` stands for this_conversation.
  case_applied write(const case_write& w, conversation_id own);
  void write(const enterprise_record& r, conversation_id own, unix_ms at);

 private:
  case_id write_head(const case_write& w, conversation_id conversation);
  void write_events(const case_write& w, case_id id);
  void write_lists(const case_write& w, case_id id, conversation_id conversation);

  SQLite::Database& db_;
  SQLite::Statement find_key_, find_seq_, find_number_, count_load_, insert_head_, update_head_, put_body_,
      insert_event_, drop_parties_, insert_party_, drop_waits_, insert_wait_, insert_word_, insert_key_, give_,
      insert_record_;
};

}  // namespace zhuqi::storage::sqlite
