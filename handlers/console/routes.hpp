#pragma once
// All routes of the console, one list per matter. Put together, they are the API.

#include "bot/base/json.hpp"
#include "handlers/console/endpoint.hpp"
#include "handlers/console/office.hpp"

namespace zhuqi::console {

/// `o` outlives the routes.
std::vector<endpoint> session_routes(office& o);
std::vector<endpoint> own_account_routes(office& o);
std::vector<endpoint> staff_routes(office& o);
std::vector<endpoint> organisation_routes(office& o);
std::vector<endpoint> thread_routes(office& o);
std::vector<endpoint> thread_act_routes(office& o);
std::vector<endpoint> note_routes(office& o);
std::vector<endpoint> desk_routes(office& o);
std::vector<endpoint> case_routes(office& o);
std::vector<endpoint> report_routes(office& o);
std::vector<endpoint> search_routes(office& o);

/// All of them, and the document about them.
std::vector<endpoint> console_routes(office& o);

/// OpenAPI 3.1, from the table alone.
json openapi(const std::vector<endpoint>& table);

/// Who somebody is and what they may: for the page to show what works.
json me_json(office& o, const staff::signed_in& who);

}  // namespace zhuqi::console
