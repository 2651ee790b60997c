#pragma once
// The one shape of writes that are no turns and may be refused: all or nothing, and an answer. For the ports that share the file.

#include "storage/sqlite/job.hpp"
#include "storage/sqlite/staff_changes.hpp"
#include "storage/store.hpp"

#include <functional>
#include <utility>

namespace zhuqi::storage::sqlite {

/// `work` under a savepoint: what it or a constraint refuses is taken back whole, without failing the transaction of the writer. `done`
/// goes through `post`.
template <class T>
class savepoint_job final : public job {
 public:
  using work_fn = std::function<result<T>(SQLite::Database&)>;
  savepoint_job(work_fn work, post_fn post, std::function<void(result<T>)> done)
      : work_{std::move(work)}, post_{std::move(post)}, done_{std::move(done)} {}

  progress step(SQLite::Database& db) override {
    db.exec("SAVEPOINT one_job");
    try {
      answer_ = work_(db);
    } catch (const SQLite::Exception& error) {
      if (classify(error) != fault::poison) throw;
      answer_ = make_error_code(meaning_of(error));
    }
    if (!answer_) db.exec("ROLLBACK TO one_job");
    db.exec("RELEASE one_job");
    return progress::finished;
  }
  void succeeded() override {
    post_([done = std::move(done_), answer = std::move(answer_)] { done(answer); });
  }
  void failed() override {
    post_([done = std::move(done_)] { done(make_error_code(errc::unavailable)); });
  }

 private:
  work_fn work_;
  post_fn post_;
  std::function<void(result<T>)> done_;
  result<T> answer_ = make_error_code(errc::unavailable);
};

}  // namespace zhuqi::storage::sqlite
