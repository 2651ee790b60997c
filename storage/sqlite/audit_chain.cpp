#include "storage/sqlite/audit_chain.hpp"

#include "bot/base/crypto.hpp"

namespace zhuqi::storage::sqlite {
namespace {

/// Each part with its length before it, so that no two records give the same bytes.
std::string link_of(const std::string& before, const staff_audit& r) {
  std::string all = before;
  for (const std::string& part : {std::to_string(r.id), std::to_string(r.at.value), std::to_string(r.actor.value),
                                  r.act, r.subject, r.detail, r.address}) {
    all.append(std::to_string(part.size())).append(":").append(part);
  }
  const auto digest = crypto::sha256(all);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

void append_audit(SQLite::Database& db, const staff_audit& record) {
  staff_audit r = record;
  r.id = query_integer(db, "SELECT seq FROM sqlite_sequence WHERE name = 'staff_audit'") + 1;
  std::string before;
  {
    SQLite::Statement last{db, "SELECT chain FROM staff_audit ORDER BY id DESC LIMIT 1"};
    execution row{last};
    if (row.step()) before = row.text(0);
  }
  const auto chain = link_of(before, r);
  SQLite::Statement add{db, "INSERT INTO staff_audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  execution{add}
      .bind(r.id)
      .bind(r.at.value)
      .bind(r.actor.value)
      .bind(r.act)
      .bind(r.subject)
      .bind(r.detail)
      .bind(r.address)
      .bind_blob(chain.data(), chain.size())
      .run();
}

std::string check_audit(SQLite::Database& db, const std::function<void(std::int64_t, const char*)>& found) {
  SQLite::Statement list{db,
                         "SELECT id, at_ms, actor, act, subject, detail, address, chain FROM staff_audit ORDER BY id"};
  execution row{list};
  std::string before;
  std::int64_t last = 0;
  while (row.step()) {
    const staff_audit r{row.integer(0), {row.integer(1)}, {row.integer(2)}, row.text(3),
                        row.text(4),    row.text(5),      row.text(6)};
    if (r.id != last + 1) found(r.id, "a record before it is missing");
    const auto stored = row.text(7);
    if (link_of(before, r) != stored) found(r.id, "it, or the one before it, was changed afterwards");
    before = stored;
    last = r.id;
  }
  if (query_integer(db, "SELECT seq FROM sqlite_sequence WHERE name = 'staff_audit'") != last) {
    found(last, "the records after it are missing");
  }
  return crypto::hex({reinterpret_cast<const std::uint8_t*>(before.data()), before.size()});
}

}  // namespace zhuqi::storage::sqlite
