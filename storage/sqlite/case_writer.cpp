#include "storage/sqlite/case_writer.hpp"

#include "storage/sqlite/case_columns.hpp"

namespace zhuqi::storage::sqlite {

case_writer::case_writer(SQLite::Database& db)
    : db_{db},
      find_key_{db, find_case_act},
      find_seq_{db, "SELECT seq FROM case_head WHERE id = ?"},
      find_number_{db, "SELECT 1 FROM case_head WHERE number = ?"},
      count_load_{db,
                  "SELECT count(*) FROM case_head WHERE handler = ? AND handler <> 0 AND closed_ms = 0 AND id <> ?"},
      insert_head_{db, "INSERT INTO case_head (" ZHUQI_CASE_FIXED ", " ZHUQI_CASE_MOVING
                       ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                       " ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      update_head_{db, "UPDATE case_head SET (" ZHUQI_CASE_MOVING
                       ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                       " WHERE id = ?"},
      put_body_{db, "INSERT OR REPLACE INTO case_body VALUES (?, ?)"},
      insert_event_{db, "INSERT INTO case_event VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
      drop_parties_{db, "DELETE FROM case_party WHERE case_id = ?"},
      insert_party_{db, "INSERT INTO case_party VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"},
      drop_waits_{db, "DELETE FROM case_wait WHERE case_id = ?"},
      insert_wait_{db, "INSERT INTO case_wait VALUES (?, ?, ?, ?, ?, ?)"},
      insert_word_{db, "INSERT INTO case_word (uuid, case_id, conversation, text, said_ms) VALUES (?, ?, ?, ?, 0)"},
      insert_key_{db, "INSERT INTO case_act VALUES (?, ?, ?, ?, ?)"},
      give_{db, "UPDATE case_duty SET last_given_ms = ? WHERE staff = ?"},
      insert_record_{
          db, "INSERT INTO enterprise_record (at_ms, kind, conversation, enterprise, body) VALUES (?, ?, ?, ?, ?)"} {}

result<std::optional<case_applied>> case_writer::repeated(const case_act_key& key) {
  return read_known(find_key_, key);
}

std::optional<errc> case_writer::refusal(const case_write& w) {
  if (w.head.id) {
    execution row{find_seq_};
    if (!row.bind(w.head.id.value).step()) return errc::not_found;
    if (row.integer(0) != w.expected) return errc::conflict;
  } else {
    execution row{find_number_};
    if (row.bind(w.head.number).step()) return errc::conflict;
  }
  if (w.room) {
    execution row{count_load_};
    row.bind(w.room->staff.value).bind(w.head.id.value).step();
    if (row.integer(0) >= w.room->capacity) return errc::conflict;
  }
  return std::nullopt;
}

case_applied case_writer::write(const case_write& w, conversation_id own) {
  const auto conversation = w.head.conversation == this_conversation ? own : w.head.conversation;
  const auto id = write_head(w, conversation);
  write_events(w, id);
  write_lists(w, id, conversation);
  if (w.room) execution{give_}.bind(w.head.changed.value).bind(w.room->staff.value).run();
  if (w.key) {
    execution{insert_key_}
        .bind_blob(w.key->id.data(), w.key->id.size())
        .bind_blob(w.key->content.data(), w.key->content.size())
        .bind(id.value)
        .bind(w.head.seq)
        .bind(w.head.changed.value)
        .run();
  }
  return {id, w.head.seq, false};
}

void case_writer::write(const enterprise_record& r, conversation_id own, unix_ms at) {
  execution{insert_record_}.bind(at.value).bind(r.kind).bind(own.value).bind(r.enterprise).bind(r.body).run();
}

case_id case_writer::write_head(const case_write& w, conversation_id conversation) {
  const auto& r = w.head;
  if (r.id) {
    execution update{update_head_};
    bind_moving(update, r).bind(r.id.value).run();
    execution{put_body_}.bind(r.id.value).bind(r.body).run();
    return r.id;
  }
  execution insert{insert_head_};
  insert.bind(r.number)
      .bind(conversation.value)
      .bind(r.title)
      .bind(r.enterprise)
      .bind(r.company)
      .bind(r.contact)
      .bind(r.source)
      .bind(r.matter)
      .bind(r.region.value)
      .bind(r.opened.value);
  bind_moving(insert, r).run();
  const case_id id{db_.getLastInsertRowid()};
  execution{put_body_}.bind(id.value).bind(r.body).run();
  return id;
}

void case_writer::write_events(const case_write& w, case_id id) {
  for (const auto& e : w.events) {
    execution{insert_event_}
        .bind(id.value)
        .bind(e.seq)
        .bind(e.at.value)
        .bind(e.action)
        .bind(e.actor)
        .bind(e.value)
        .bind(e.department.value)
        .bind(e.body)
        .run();
  }
}

void case_writer::write_lists(const case_write& w, case_id id, conversation_id conversation) {
  execution{drop_parties_}.bind(id.value).run();
  for (const auto& p : w.parties) {
    execution{insert_party_}
        .bind(id.value)
        .bind(static_cast<std::int64_t>(p.kind))
        .bind(p.department.value)
        .bind(p.region.value)
        .run();
  }
  execution{drop_waits_}.bind(id.value).run();
  for (const auto& wait : w.waits) {
    execution{insert_wait_}
        .bind(id.value)
        .bind(std::int64_t{wait.roles.bits()})
        .bind(wait.staff.value)
        .bind(wait.department.value)
        .bind(wait.region.value)
        .bind(wait.due.value)
        .run();
  }
  for (const auto& word : w.words) {
    execution{insert_word_}.bind(word.uuid).bind(id.value).bind(conversation.value).bind(word.text).run();
  }
}

}  // namespace zhuqi::storage::sqlite
