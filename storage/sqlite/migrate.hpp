#pragma once
// Brings a database to this binary's schema: ordered, checksummed, one transaction each. A migration that was applied
// is history: neither the file nor its number may change afterwards.

#include "bot/base/embedded.hpp"
#include "bot/base/ids.hpp"

#include <span>
#include <stdexcept>

namespace SQLite {
class Database;
}

namespace zhuqi::storage::sqlite {

/// The database and the binary do not belong together; what() says how, in a sentence for the operator.
class migration_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// This binary's migrations, by name.
std::span<const base::embedded_file> schema_files();

/// Applies what is missing; gives how many. Files are named V<number>__<what>.sql, numbered 1, 2, 3 … without gaps.
/// Throws migration_error for a database newer than `files`, an edited or renamed migration, or a file that is not
/// ours; SQLite::Exception where one cannot be applied (it then left nothing behind).
std::size_t migrate(SQLite::Database& db, std::span<const base::embedded_file> files, unix_ms now);

/// Throws migration_error unless the database is ours and migrate() would take it. Writes nothing.
void require_ours(SQLite::Database& db, std::span<const base::embedded_file> files);
/// The same, and unless it needs no migration.
void require_current(SQLite::Database& db, std::span<const base::embedded_file> files);

}  // namespace zhuqi::storage::sqlite
