#pragma once
// The services of dialogs that are about cases: registering what an enterprise asks for, how it stands, urging, rating.
// Acts are the enterprise's own and only from the conversation in which the case was raised: a credit code is public and
// proves nothing. To everybody else a number tells where the case stands, not what it is about.

#include "bot/pipeline/case_desk.hpp"
#include "bot/pipeline/service_desk.hpp"

#include <functional>

namespace zhuqi::pipeline {

/// Loop thread only.
class case_services final : public service_desk {
 public:
  /// Which region a conversation belongs to, where its dialog does not say: by its channel. 0 or absent = the top region.
  using region_fn = std::function<region_id(conversation_id)>;

  explicit case_services(case_desk& desk, region_fn region_of = {}) : desk_{desk}, region_of_{std::move(region_of)} {}

  std::optional<service_answer> answer(const dialogs::effect::call& call, const service_asker& who) override;
  void committed(const std::vector<std::string>& case_numbers) override { desk_.written(case_numbers); }

 private:
  struct found_case {
    storage::case_row row;
    dialogs::casework::case_file file;
    bool own = false;  ///< raised in the asker's conversation
  };
  std::optional<found_case> find(const dialogs::effect::call& call, const service_asker& who) const;
  std::string stands(const found_case& c, const service_asker& who) const;
  prepared as_enterprise(const found_case& c, dialogs::casework::action what,
                         const dialogs::casework::act_fields& fields, const service_asker& who);

  service_answer create(const dialogs::effect::call& call, const service_asker& who);
  service_answer status(const dialogs::effect::call& call, const service_asker& who);
  service_answer list(const service_asker& who) const;
  service_answer recent(const service_asker& who) const;
  std::optional<std::vector<found_case>> cases_of(const service_asker& who) const;
  static service_answer listed(const std::vector<found_case>& cases, const service_asker& who);
  service_answer urge(const dialogs::effect::call& call, const service_asker& who);
  service_answer rate(const dialogs::effect::call& call, const service_asker& who);
  service_answer rate_and_reopen(const dialogs::effect::call& call, const service_asker& who);

  case_desk& desk_;
  region_fn region_of_;
};

}  // namespace zhuqi::pipeline
