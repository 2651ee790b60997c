// What one official may do to another's account, and the first set-up.

#include "bot/staff/acts.hpp"
#include "bot/staff/setup.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

using namespace zhuqi;
using namespace zhuqi::staff;
using namespace zhuqi::storage;
using enum staff_role;

namespace {

constexpr unix_ms noon{1'793'491'200'000};
const organisation where{{{{1}, {}, "510100", "市"}}, {{{1}, {}, {1}, "局"}, {{2}, {}, {1}, "他局"}}};

person someone(role_set roles, staff_id id = {7}) { return {id, {1}, {1}, roles, true}; }

staff_member subject(staff_id id = {8}, role_set roles = {agent}) {
  staff_member s;
  s.id = id;
  s.login_name = "li";
  s.department = {2};
  s.roles = roles;
  return s;
}

/// The fault of `f` for each single role, as a name list of those who may.
template <class F>
std::string who_may(F&& f) {
  role_set able;
  for (int r = 0; r < staff_role_count; ++r) {
    const auto p = someone({static_cast<staff_role>(r)});
    const auto got = f(asking{p, where, noon, "10.0.0.1"});
    if (got) {
      able.add(static_cast<staff_role>(r));
    } else {
      CHECK(got.error() == act_fault::forbidden);
    }
  }
  return list_of(able);
}

class temp_dir {
 public:
  temp_dir() {
    auto name = (std::filesystem::temp_directory_path() / "zhuqi-staff-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~temp_dir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  temp_dir(const temp_dir&) = delete;
  temp_dir& operator=(const temp_dir&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

TEST_CASE("each act belongs to the one administrator whose work it is") {
  CHECK(who_may([](const asking& a) { return create_account(a, {"li", "李", {1}, ""}); }) == "system_admin");
  CHECK(who_may([](const asking& a) { return create_region(a, {{}, {}, "510104", "区"}); }) == "system_admin");
  CHECK(who_may([](const asking& a) { return create_department(a, {{}, {}, {1}, "局"}); }) == "system_admin");
  CHECK(who_may([](const asking& a) { return place_department(a, {1}, {2}); }) == "system_admin");
  CHECK(who_may([](const asking& a) { return grant_roles(a, subject(), {handler}); }) == "security_admin");
  CHECK(who_may([](const asking& a) { return move_account(a, subject(), {1}); }) == "security_admin");
  CHECK(who_may([](const asking& a) { return reset_credentials(a, subject(), ""); }) == "security_admin");
  CHECK(who_may([](const asking& a) { return revoke_sessions(a, subject()); }) == "security_admin");
  CHECK(who_may([](const asking& a) { return disable_account(a, subject()); }) == "system_admin,security_admin");
  CHECK(who_may([](const asking& a) { return enable_account(a, subject()); }) == "system_admin,security_admin");
}

TEST_CASE("nobody changes their own rights, department, credentials by reset, or standing") {
  const auto me = someone({security_admin});
  const asking a{me, where, noon, ""};
  const auto myself = subject({7}, {security_admin});
  CHECK(grant_roles(a, myself, {agent}).error() == act_fault::own_rights);
  CHECK(move_account(a, myself, {2}).error() == act_fault::own_rights);
  CHECK(reset_credentials(a, myself, "").error() == act_fault::own_rights);
  CHECK(disable_account(a, myself).error() == act_fault::own_rights);
  CHECK(enable_account(a, myself).error() == act_fault::own_rights);
}

TEST_CASE("a grant that would join two administrators is refused before it reaches the store") {
  const auto me = someone({security_admin});
  const asking a{me, where, noon, ""};
  CHECK(grant_roles(a, subject(), {system_admin, audit_admin}).error() == act_fault::conflicting_roles);
  CHECK(grant_roles(a, subject(), {audit_admin, agent}).error() == act_fault::conflicting_roles);
  CHECK(grant_roles(a, subject(), {agent, handler, approver}).has_value());
}

TEST_CASE("a change of rights ends the sessions, and the record says who, what, whom and when") {
  const auto me = someone({security_admin});
  const auto done = grant_roles({me, where, noon, "10.0.0.1"}, subject(), {handler, approver}).value();
  REQUIRE(done.changes.size() == 2);
  CHECK(std::get<set_roles>(done.changes[0]).expected == role_set{agent});
  CHECK_FALSE(std::get<close_sessions>(done.changes[1]).except);
  CHECK(done.record == staff_audit{0, noon, {7}, "staff.roles", "staff:8", "agent -> handler,approver", "10.0.0.1"});
}

TEST_CASE("no record holds a password, its hash, a key or a recovery code") {
  const auto me = someone({security_admin});
  const asking a{me, where, noon, ""};
  const auto sheet = new_recovery_sheet();
  for (const auto& done : {reset_credentials(a, subject(), "CANARY").value(), own_password(a, "CANARY"),
                           own_totp(a, "CANARY", {5}, sheet), own_totp_removed(a)}) {
    CHECK((done.record.subject + done.record.detail + done.record.act).find("CANARY") == std::string::npos);
  }
}

TEST_CASE("login names are folded, and odd ones refused") {
  CHECK(login_name_of("ＭＩＮ.Zhao ").value() == "min.zhao");
  CHECK(login_name_of("赵敏").value() == "赵敏");
  for (const auto& odd : {std::string{}, std::string{"a"}, std::string{"min zhao"}, std::string{"min\nzhao"},
                          std::string(65, 'a'), std::string(1'000'000, 'a'), std::string{"min\xff"}}) {
    CHECK(login_name_of(odd).error() == act_fault::bad_login_name);
  }
}

TEST_CASE("the first set-up makes the three administrators, each with one role, in one go") {
  const std::array<new_account, 3> admins{new_account{"Sys", "系统", {}, "h1"}, new_account{"sec", "安全", {}, "h2"},
                                          new_account{"aud", "审计", {}, "h3"}};
  const auto done = first_set_up({{}, {}, "510100", "市"}, "政务局", admins, noon, "127.0.0.1").value();
  REQUIRE(done.changes.size() == 6);
  CHECK(std::holds_alternative<require_nobody>(done.changes.front()));
  CHECK(std::get<add_staff>(done.changes[3]).row.roles == role_set{system_admin});
  CHECK(std::get<add_staff>(done.changes[4]).row.roles == role_set{security_admin});
  CHECK(std::get<add_staff>(done.changes[5]).row.roles == role_set{audit_admin});
  CHECK(done.record.detail == "system_admin=sys,security_admin=sec,audit_admin=aud");
  auto nameless = admins;
  nameless[1].display_name = " ";
  CHECK(first_set_up({{}, {}, "510100", "市"}, "局", nameless, noon, "").error() == act_fault::bad_display_name);
  CHECK(first_set_up({{}, {}, "510100", "市"}, "", admins, noon, "").error() == act_fault::bad_place);
}

TEST_CASE("every reason to refuse an act has words in both languages") {
  for (int i = 0; i <= static_cast<int>(act_fault::bad_place); ++i) {
    const auto f = static_cast<act_fault>(i);
    CHECK_FALSE(in_words(f, "zh-CN").empty());
    CHECK(in_words(f, "zh-CN") != in_words(f, "en"));
  }
}

TEST_CASE("the set-up token lies in the data folder for its owner alone, survives a restart, and goes after use") {
  const temp_dir dir;
  const setup_token token{dir.path()};
  CHECK_FALSE(token.fits(""));
  token.offer();
  const auto text = text_of(token.file());
  CHECK(text.size() == 40);
  struct stat about {};
  REQUIRE(::stat(token.file().c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK(token.fits(text));
  CHECK_FALSE(token.fits(text.substr(1)));
  CHECK_FALSE(token.fits(""));
  setup_token{dir.path()}.offer();
  CHECK(token.fits(text));
  token.withdraw();
  CHECK_FALSE(token.fits(text));
  CHECK_FALSE(std::filesystem::exists(token.file()));
}

TEST_CASE("a token file that others can read, or that is a link or half written, is replaced by a new one") {
  const temp_dir dir;
  const setup_token token{dir.path()};
  token.offer();
  const auto first = text_of(token.file());
  REQUIRE(::chmod(token.file().c_str(), 0644) == 0);
  CHECK_FALSE(token.fits(first));
  token.offer();
  CHECK_FALSE(token.fits(first));
  CHECK(token.fits(text_of(token.file())));
  std::ofstream{token.file()} << "short\n";
  CHECK_FALSE(token.fits("short"));
  token.offer();
  const auto second = text_of(token.file());
  std::filesystem::rename(token.file(), dir.path() / "elsewhere");
  std::filesystem::create_symlink(dir.path() / "elsewhere", token.file());
  CHECK_FALSE(token.fits(second));
  token.offer();
  CHECK_FALSE(token.fits(second));
  CHECK_FALSE(std::filesystem::is_symlink(token.file()));
}
