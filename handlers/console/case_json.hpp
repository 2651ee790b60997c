#pragma once
// Cases as the console sees them: the row of a list, the page, the ledger.

#include "bot/base/json.hpp"
#include "handlers/console/office.hpp"

namespace zhuqi::console {

json case_row_json(office& o, const storage::case_row& row, dialogs::lang l);
/// Everything on the page of a case but what the caller may do.
json case_page_json(office& o, const pipeline::case_story& story, dialogs::lang l);
json offers_json(const std::vector<pipeline::act_offer>& offers);

}  // namespace zhuqi::console
