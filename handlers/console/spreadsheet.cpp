#include "handlers/console/spreadsheet.hpp"

#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace zhuqi::console {
namespace {

/// A name of our own in the temporary folder; the file goes with the scope.
class temporary_file {
 public:
  temporary_file() {
    std::string name = (std::filesystem::temp_directory_path() / "zhuqi-XXXXXX").string();
    const int fd = ::mkstemp(name.data());
    if (fd < 0) return;
    ::close(fd);
    name_ = std::move(name);
  }
  ~temporary_file() {
    if (!name_.empty()) ::unlink(name_.c_str());
  }
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

void write(lxw_workbook& book, const sheet& s) {
  auto* page = workbook_add_worksheet(&book, nullptr);
  auto* bold = workbook_add_format(&book);
  format_set_bold(bold);
  worksheet_write_string(page, 0, 0, s.title.c_str(), nullptr);
  const auto columns = static_cast<lxw_col_t>(s.heads.size());
  for (lxw_col_t i = 0; i < columns; ++i) worksheet_write_string(page, 1, i, s.heads[i].c_str(), bold);
  lxw_row_t at = 2;
  for (const auto& row : s.rows) {
    for (lxw_col_t i = 0; i < columns; ++i) worksheet_write_string(page, at, i, row[i].c_str(), nullptr);
    ++at;
  }
  if (columns == 0) return;
  worksheet_set_column(page, 0, static_cast<lxw_col_t>(columns - 1), 18, nullptr);
  worksheet_freeze_panes(page, 2, 0);
  worksheet_autofilter(page, 1, 0, at - 1, static_cast<lxw_col_t>(columns - 1));
}

}  // namespace

result<std::string> as_xlsx(const sheet& s) {
  const temporary_file file;
  if (file.name().empty()) return make_error_code(errc::unavailable);
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  auto* book = workbook_new_opt(file.name().c_str(), &options);
  if (book == nullptr) return make_error_code(errc::unavailable);
  write(*book, s);
  if (workbook_close(book) != LXW_NO_ERROR) return make_error_code(errc::unavailable);
  std::ifstream in{file.name(), std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  if (!in.good() && !in.eof()) return make_error_code(errc::unavailable);
  return bytes;
}

}  // namespace zhuqi::console
