// Seeded defects: good scripts with one place broken, each to be found by the rule that is meant for it. The originals are the
// shipped library and tests/golden/mutants, and have no finding at all.
#include "tests/unit/dialogs/mutants.hpp"
#include "dialogs/check_flow.hpp"
#include "tests/unit/dialogs/talk.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

using namespace zhuqi;
using namespace zhuqi::dialogs;
using namespace zhuqi::dialogs::test;

namespace {

using texts = std::map<std::string, std::string>;

texts invented() {
  texts out;
  for (const auto& entry : std::filesystem::directory_iterator{ZHUQI_SOURCE_DIR "/tests/golden/mutants"}) {
    std::ifstream in{entry.path(), std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    out[entry.path().filename().string()] = text.str();
  }
  return out;
}

texts shipped_texts() {
  texts out;
  for (const base::embedded_file& f : library::files()) out[std::string{f.name}] = f.bytes;
  return out;
}

std::vector<diagnostic> findings(const texts& files, completeness wanted) {
  std::vector<script_file> all;
  for (const auto& [name, text] : files) all.push_back({name, text});
  return load_scripts(all, wanted).diagnostics;
}

std::string lines(const std::vector<diagnostic>& all) {
  std::string out;
  for (const diagnostic& d : all) out += to_line(d, lang::en) + "\n";
  return out;
}

read_scripts read(const texts& files) {
  std::vector<script_file> all;
  for (const auto& [name, text] : files) all.push_back({name, text});
  return read_yaml(all);
}

}  // namespace

TEST_CASE("the originals of the mutants have no finding, not even a warning") {
  CHECK(lines(findings(invented(), completeness::part)) == "");
  CHECK(lines(findings(shipped_texts(), completeness::whole)) == "");
}

TEST_CASE("every seeded defect is found by the rule that is meant for it") {
  const texts ours = shipped_texts(), made = invented();
  struct count {
    int seeded = 0, caught = 0;
  };
  std::map<std::string, count> kinds;
  for (const mutant& m : mutants()) {
    const bool of_library = ours.contains(m.file);
    texts broken = of_library ? ours : made;
    std::string& text = broken.at(m.file);
    const std::size_t at = text.find(m.find);
    INFO(m.kind << ": " << m.file << ": " << m.find << " -> " << m.put);
    REQUIRE(at != std::string::npos);
    text.replace(at, std::string_view{m.find}.size(), m.put);
    const auto found = findings(broken, of_library ? completeness::whole : completeness::part);
    const bool caught = std::any_of(found.begin(), found.end(), [&](const diagnostic& d) { return d.what == m.by; });
    INFO(lines(found));
    CHECK(caught);
    ++kinds[m.kind].seeded;
    kinds[m.kind].caught += caught ? 1 : 0;
  }
  std::cout << "seeded defects by kind: caught of seeded\n";
  int seeded = 0, caught = 0;
  for (const auto& [kind, n] : kinds) {
    std::cout << "  " << kind << ": " << n.caught << " of " << n.seeded << "\n";
    seeded += n.seeded;
    caught += n.caught;
  }
  std::cout << "  all: " << caught << " of " << seeded << "\n";
  CHECK(seeded >= 40);
  CHECK(kinds.size() >= 10);
  CHECK(caught == seeded);
}

TEST_CASE(
    "the most questions that a run can take are the tries along the longest way, those of called dialogs included") {
  const read_scripts all = read(invented());
  const auto find = [&](const char* id) -> const dialog& {
    return *std::find_if(all.source.dialogs.begin(), all.source.dialogs.end(),
                         [&](const dialog& d) { return d.id == id; });
  };
  // licence 3, roster 3 in each of 5 + 1 rounds of collecting, sure 3; people can choose to begin again.
  const auto upload = questions_of(all.source, find("upload_docs"));
  REQUIRE(upload.has_value());
  CHECK(upload->most == 3 + 18 + 3);
  CHECK(upload->rounds);
  CHECK_FALSE(most_questions(all.source, find("upload_docs")).has_value());
  // reg 3, arrears 3, staff 3 and one for what is remembered, cut 3, paid 3, then the documents.
  const auto job = questions_of(all.source, find("job_subsidy"));
  REQUIRE(job.has_value());
  CHECK(job->most == 16 + 24);
  CHECK(job->rounds);
}

TEST_CASE("a dialog without a way back has a bound on all of its questions") {
  texts files;
  files["d.yaml"] = R"(dialog: d
title: 例
start: a
vars:
  a: {type: bool, label: 甲}
  b: {type: int, label: 乙, approximate: true}
outcomes: [done]
defaults: {tries: 2, on_fail: end, expire: never}
states:
  a: {ask: 是吗？, next: [{if: a, to: b}, {to: end}]}
  b: {ask: 多少？, tries: 4, next: end}
  end: {say: 好的。, end: done}
)";
  CHECK(lines(findings(files, completeness::part)) == "");
  const read_scripts all = read(files);
  CHECK(most_questions(all.source, all.source.dialogs.front()) == 2 + 2 * 4);
}
