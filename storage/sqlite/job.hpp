#pragma once
// Writes that are not turns (publishing, pruning). The writer runs them between group commits, a bounded step at a
// time, so that turns never wait long behind one.

#include "storage/sqlite/connection.hpp"

namespace zhuqi::storage::sqlite {

enum class progress { more, finished };

class job {
 public:
  virtual ~job() = default;
  /// One bounded step, inside a transaction of its own. May throw SQLite::Exception: the transaction is rolled back.
  virtual progress step(SQLite::Database& db) = 0;
  /// After the COMMIT of the last step.
  virtual void succeeded() = 0;
  /// Instead, where a step failed or the store is closing; earlier steps stay.
  virtual void failed() = 0;
};

/// What has a writer to give jobs to: the SQLite store. For the ports that share its file.
class job_runner {
 public:
  virtual ~job_runner() = default;
  virtual void run(std::unique_ptr<job> j) = 0;
};

}  // namespace zhuqi::storage::sqlite
