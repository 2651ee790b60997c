#pragma once
// Reads of the case port, on a connection of their own: never behind the writer, always of what is committed.

#include "storage/case_store.hpp"
#include "storage/sqlite/connection.hpp"

#include <mutex>

namespace zhuqi::storage::sqlite {

class case_reader {
 public:
  explicit case_reader(const std::string& path);

  result<case_row> load(case_id id);
  result<case_row> find(std::string_view number);
  result<std::vector<case_event_row>> events(case_id id, std::int64_t after, std::size_t limit);
  result<std::vector<case_row>> of_conversation(conversation_id id, std::size_t limit);
  result<std::optional<case_applied>> known(const case_act_key& key);
  result<visibility> covered(case_id id, const row_scope& scope);
  result<case_page> list(const case_question& q, case_cursor after, std::size_t limit);
  result<case_counts> counts(const case_question& q);
  result<case_figures> figures(const figures_question& q);
  result<std::vector<case_row>> due_alarms(unix_ms now, case_cursor after, std::size_t limit);
  result<std::vector<case_row>> counted_otherwise(std::string_view calendar, case_id after, std::size_t limit);
  result<std::vector<case_word>> unsaid_words(std::size_t limit);
  result<std::string> last_number(std::string_view beginning);
  result<std::vector<load_row>> loads();
  result<std::vector<competence_row>> competences();
  result<std::vector<duty_row>> duties();
  result<staff_id> liaison_of(std::string_view enterprise);

 private:
  template <class T, class F>
  result<T> guarded(F&& read);

  std::mutex mutex_;
  std::unique_ptr<SQLite::Database> db_;
  SQLite::Statement by_id_, by_number_;
};

}  // namespace zhuqi::storage::sqlite
