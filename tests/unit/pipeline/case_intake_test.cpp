// What dialogs collected, as cases.

#include "bot/pipeline/case_intake.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace zhuqi;

namespace {

dialogs::effect::call asking(std::string service, std::map<std::string, std::string> args) {
  return {"c1", std::move(service), std::move(args), 10'000, true};
}

}  // namespace

TEST_CASE("what a dialog collected reads like a form: labels, and values in words") {
  struct row {
    std::string service;
    std::map<std::string, std::string> args;
    std::string matter, title, summary;
  };
  const std::vector<row> rows{
      {"case_create",
       {{"kind", "rent"},
        {"company", "某厂"},
        {"district", "芝罘区"},
        {"period_from", "2026-01"},
        {"amount", "1200000"}},
       "subsidy",
       "房租补贴申请",
       "申请类别：房租补贴\n所在区县：芝罘区\n起始月份：2026年1月\n金额：12,000元\n"},
      {"coordination_create",
       {{"topic", "transport"}, {"matter", "货车进不了城"}, {"region", "青岛市"}, {"wanted", "2026-03-20"}},
       "coordination",
       "货物运输通行：货车进不了城",
       "协调事项：货物运输通行\n事项描述：货车进不了城\n涉及地区：青岛市\n希望解决日期：2026年3月20日\n"},
      {"filing_create",
       {{"resume_on", "2026-03-09"}, {"staff", "35"}, {"ready", "true"}, {"plan", "file-7"}},
       "filing",
       "复工备案",
       "计划复工日期：2026年3月9日\n首批返岗人数：35\n复工准备齐全：是\n复工方案（文件）：file-7\n"},
  };
  for (const auto& r : rows) {
    const auto taken = pipeline::intake_of(asking(r.service, r.args));
    REQUIRE(taken.has_value());
    CHECK(taken->matter == r.matter);
    CHECK(taken->title == r.title);
    CHECK(taken->summary == r.summary);
  }
  CHECK_FALSE(pipeline::intake_of(asking("case_status", {})).has_value());
}

TEST_CASE("a long matter is cut in the title at a character, and stays whole in the summary") {
  std::string long_matter;
  for (int i = 0; i < 80; ++i) long_matter += "货";
  const auto taken = pipeline::intake_of(asking("coordination_create", {{"topic", "other"}, {"matter", long_matter}}));
  CHECK(taken->title.size() <= 120);
  CHECK(taken->title.size() % 3 == 0);
  CHECK(taken->summary.find(long_matter) != std::string::npos);
}
