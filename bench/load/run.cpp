#include "bench/load/run.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace zhuqi::bench {
namespace {

using steady = std::chrono::steady_clock;
using nanos = std::chrono::nanoseconds;

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

nanos to_nanos(double seconds) { return std::chrono::duration_cast<nanos>(std::chrono::duration<double>{seconds}); }

/// What one connection is doing.
struct line {
  descriptor fd;
  std::string partial;  ///< the beginning of a response
  bool busy = false;
  steady::time_point due;  ///< when the message should have left
  steady::time_point sent;
  std::uint64_t user = 0;
  user_name name{};
  const walk_step* step = nullptr;  ///< none: a message beside the walk
  bool retry = false;
  message_kind kind = message_kind::text;
};

class load_run {
 public:
  explicit load_run(const load_plan& plan);
  load_result run();

 private:
  void place_users();
  void save_places() const;
  void open(std::size_t i);
  void start(std::size_t i, steady::time_point due);
  std::uint64_t pick_user();
  void compose(line& l);
  void compose_beside(line& l, user_state& user);
  void receive(std::size_t i);
  void finish(std::size_t i, const response& r);
  bool judge(line& l, const response& r);
  std::string problem_of(line& l, const response& r);
  void fail(std::size_t i, const std::string& what);
  void feed(steady::time_point now);
  void expire(steady::time_point now);
  void begin_measuring(steady::time_point now);
  bool sending(steady::time_point now) const { return now < end_ && started_ < plan_.most_turns; }

  const load_plan& plan_;
  platform platform_;
  random_source random_;
  std::vector<user_state> users_;
  std::vector<line> lines_;
  std::vector<std::size_t> idle_;
  descriptor epoll_;
  std::string request_;
  std::vector<char> input_ = std::vector<char>(65'536);
  std::uint64_t next_message_id_;
  std::uint64_t started_ = 0;
  std::uint64_t scheduled_ = 0;
  nanos interval_{0};
  steady::time_point now_, first_due_, measure_from_, end_;
  std::int64_t now_s_ = 0;
  bool measuring_ = false;
  double cpu_before_ = 0;
  load_result result_;
};

load_run::load_run(const load_plan& plan)
    : plan_{plan},
      platform_{plan.who},
      random_{plan.seed},
      users_(plan.users),
      lines_(plan.connections),
      epoll_{::epoll_create1(EPOLL_CLOEXEC)},
      // Unique over runs: the time in microseconds, then counted up; 19 digits like WeChat's.
      next_message_id_{static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(
                                                      std::chrono::system_clock::now().time_since_epoch())
                                                      .count()) *
                       1000U} {
  if (plan.users < 2 * plan.connections) throw std::runtime_error{"needs at least two users per connection"};
  place_users();
  for (std::size_t i = 0; i < lines_.size(); ++i) open(i);
}

void load_run::place_users() {
  if (std::ifstream in{plan_.places_file, std::ios::binary}; in) {
    std::string places{std::istreambuf_iterator<char>{in}, {}};
    if (places.size() != users_.size()) throw std::runtime_error{plan_.places_file + " is of another number of users"};
    for (std::size_t i = 0; i < users_.size(); ++i) users_[i].next = static_cast<std::uint8_t>(places[i]);
    return;
  }
  for (std::uint64_t i = 0; i < plan_.users; ++i) {
    if (plan_.begin == start_place::lost) users_[i].next = user_state::lost;
    if (plan_.begin == start_place::spread) {
      users_[i].next = static_cast<std::uint8_t>((plan_.first_user + i) % plan_.script.steps.size());
    }
  }
}

void load_run::save_places() const {
  if (plan_.places_file.empty()) return;
  std::string places(users_.size(), '\0');
  for (std::size_t i = 0; i < users_.size(); ++i) {
    places[i] = static_cast<char>(users_[i].busy ? user_state::lost : users_[i].next);
  }
  std::ofstream{plan_.places_file, std::ios::binary} << places;
}

void load_run::open(std::size_t i) {
  line& l = lines_[i];
  l.fd = connect_to(plan_.where.address, i);
  l.partial.clear();
  l.busy = false;
  epoll_event event{};
  event.events = EPOLLIN | EPOLLRDHUP;
  event.data.u64 = i;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, l.fd.get(), &event) != 0) {
    throw std::system_error{errno, std::generic_category(), "epoll_ctl"};
  }
  idle_.push_back(i);
}

std::uint64_t load_run::pick_user() {
  for (;;) {
    const std::uint64_t user = random_.below(users_.size());
    if (!users_[user].busy) return user;
  }
}

/// A message that is no step of the conversation: a retry, a picture, a menu view.
void load_run::compose_beside(line& l, user_state& user) {
  const std::uint64_t dice = random_.below(3);
  l.step = nullptr;
  if (dice == 0 && user.message_id != 0 && user.next != user_state::lost) {
    const std::size_t before = (user.next + plan_.script.steps.size() - 1) % plan_.script.steps.size();
    l.retry = true;
    platform_.write(request_,
                    {message_kind::text, view(l.name), plan_.script.steps[before].say, user.message_id, user.created_s},
                    now_s_);
    return;
  }
  l.kind = dice == 1 ? message_kind::image : message_kind::view;
  user.message_id = 0;
  platform_.write(request_, {l.kind, view(l.name), {}, ++next_message_id_, now_s_}, now_s_);
}

void load_run::compose(line& l) {
  user_state& user = users_[l.user];
  request_.clear();
  l.retry = false;
  l.kind = message_kind::text;
  if (plan_.mix_percent > 0 && random_.below(100) < plan_.mix_percent) return compose_beside(l, user);
  l.step = user.next == user_state::lost ? &plan_.script.restart : &plan_.script.steps[user.next];
  user.message_id = ++next_message_id_;
  user.created_s = now_s_;
  platform_.write(request_, {message_kind::text, view(l.name), l.step->say, user.message_id, now_s_}, now_s_);
}

void load_run::start(std::size_t i, steady::time_point due) {
  line& l = lines_[i];
  l.user = pick_user();
  l.name = name_of(plan_.first_user + l.user);
  compose(l);
  users_[l.user].busy = true;
  l.busy = true;
  l.due = due;
  l.sent = now_;
  ++started_;
  const ssize_t n = ::send(l.fd.get(), request_.data(), request_.size(), MSG_NOSIGNAL);
  if (n != static_cast<ssize_t>(request_.size())) fail(i, n < 0 ? "send" : "short send");
}

/// What is wrong with this answer; "" = nothing.
std::string load_run::problem_of(line& l, const response& r) {
  if (r.status != 200) return "status " + std::to_string(r.status);
  user_state& user = users_[l.user];
  if (l.retry && r.body == "success") return user.reply_digest == digest_of(r.body) ? "" : "retry got other bytes";
  const std::string_view wanted = l.step != nullptr              ? std::string_view{l.step->expect}
                                  : l.kind == message_kind::view ? "success"
                                                                 : "*";
  // These get a sentence from the bot, and silence where a person is to answer.
  const bool any_answer = l.kind == message_kind::image || l.step == &plan_.script.restart;
  const strictness level = any_answer ? std::min(plan_.level, strictness::parties) : plan_.level;
  const verdict v = platform_.check(r.body, view(l.name), wanted, level);
  if (v != verdict::good) return std::string{name_of(v)};
  const std::uint32_t digest = digest_of(platform_.plain());
  if (l.retry && user.reply_digest != digest) return "retry got other bytes";
  user.reply_digest = digest;
  return {};
}

/// Moves the user on where the answer is right; says whether it was.
bool load_run::judge(line& l, const response& r) {
  user_state& user = users_[l.user];
  const std::string problem = problem_of(l, r);
  if (problem.empty()) {
    if (l.step == nullptr) return true;
    const bool restarted = user.next == user_state::lost;
    user.next = restarted ? std::uint8_t{0} : static_cast<std::uint8_t>((user.next + 1U) % plan_.script.steps.size());
    if (restarted) user.message_id = 0;
    return true;
  }
  user.next = user_state::lost;
  ++result_.errors[problem];
  if (result_.samples.size() < 3) {
    result_.samples.push_back(problem + " after '" + (l.step != nullptr ? l.step->say : "a message beside the walk") +
                              "': " + std::string{r.body.substr(0, 800)});
  }
  return false;
}

void load_run::finish(std::size_t i, const response& r) {
  line& l = lines_[i];
  const auto now = steady::now();
  const bool right = judge(l, r);
  users_[l.user].busy = false;
  l.busy = false;
  if (measuring_ && now < end_) ++result_.answers;
  if (measuring_ && l.due >= measure_from_) {
    result_.latency.record(static_cast<std::uint64_t>((now - (plan_.rate > 0 ? l.due : l.sent)).count()));
    if (right && now < end_) ++result_.turns;
  }
  if (r.close) {
    ++result_.errors["server closed"];
    l.fd.reset();
    open(i);
  } else {
    idle_.push_back(i);
  }
}

void load_run::fail(std::size_t i, const std::string& what) {
  line& l = lines_[i];
  ++result_.errors[what];
  if (l.busy) {
    users_[l.user].busy = false;
    users_[l.user].next = user_state::lost;
    // It counts as slow as it was, so that a server cannot improve its percentiles by dropping messages.
    if (measuring_ && l.due >= measure_from_)
      result_.latency.record(static_cast<std::uint64_t>((steady::now() - l.due).count()));
  }
  l.fd.reset();
  std::erase(idle_, i);
  open(i);
}

void load_run::receive(std::size_t i) {
  line& l = lines_[i];
  const ssize_t n = ::recv(l.fd.get(), input_.data(), input_.size(), 0);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) return fail(i, n == 0 ? (l.busy ? "closed without answer" : "closed while idle") : "recv");
  std::string_view bytes{input_.data(), static_cast<std::size_t>(n)};
  if (!l.partial.empty()) bytes = l.partial.append(bytes);
  response r;
  switch (read_response(bytes, r)) {
    case reading::partial:
      if (l.partial.empty()) l.partial = bytes;
      return;
    case reading::damaged: return fail(i, "damaged response");
    case reading::complete: break;
  }
  if (!l.busy || r.size != bytes.size()) return fail(i, "bytes nobody asked for");
  finish(i, r);
  lines_[i].partial.clear();
}

/// Starts what is due now.
void load_run::feed(steady::time_point now) {
  now_ = now;
  now_s_ = seconds_now();
  if (plan_.rate <= 0) {
    while (!idle_.empty() && sending(now)) {
      const std::size_t i = idle_.back();
      idle_.pop_back();
      start(i, now);
    }
    return;
  }
  // Beyond the end, what was due before it is still sent: a backlog must show in the percentiles.
  while (!idle_.empty()) {
    const auto due = first_due_ + interval_ * static_cast<std::int64_t>(scheduled_);
    if (due > now || due >= end_ || started_ >= plan_.most_turns) return;
    const std::size_t i = idle_.back();
    idle_.pop_back();
    ++scheduled_;
    start(i, due);
  }
}

void load_run::expire(steady::time_point now) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i].busy && now - lines_[i].sent > patience) fail(i, "no answer in 5 s");
  }
}

void load_run::begin_measuring(steady::time_point now) {
  measuring_ = true;
  measure_from_ = now;
  cpu_before_ = own_cpu_seconds();
  if (plan_.server > 0) result_.server_before = cost_of(plan_.server);
}

load_result load_run::run() {
  first_due_ = steady::now();
  end_ = first_due_ + to_nanos(plan_.warmup_s + plan_.seconds);
  if (plan_.rate > 0) interval_ = to_nanos(1 / plan_.rate);
  auto next_expiry = first_due_ + std::chrono::milliseconds{100};
  const auto start_measuring = first_due_ + to_nanos(plan_.warmup_s);
  bool ended = false;
  const auto close_window = [&](steady::time_point now) {
    ended = true;
    result_.seconds = std::chrono::duration<double>(now - measure_from_).count();
    result_.own_cpu = own_cpu_seconds() - cpu_before_;
    if (plan_.server > 0) result_.server_after = cost_of(plan_.server);
  };
  epoll_event events[256];
  for (;;) {
    const auto now = steady::now();
    if (!measuring_ && (now >= start_measuring || !sending(now))) begin_measuring(now);
    if (!ended && measuring_ && !sending(now)) close_window(now);
    feed(now);
    const bool nothing_under_way = idle_.size() == lines_.size();
    if (ended && (nothing_under_way || now > end_ + patience)) break;
    if (now >= next_expiry) {
      expire(now);
      next_expiry = now + std::chrono::milliseconds{100};
    }
    auto wake = std::min(next_expiry, ended ? next_expiry : end_);
    if (plan_.rate > 0 && !idle_.empty() && !ended) {
      wake = std::min(wake, first_due_ + interval_ * static_cast<std::int64_t>(scheduled_));
    }
    const auto wait = std::max(nanos{0}, std::chrono::duration_cast<nanos>(wake - steady::now()));
    const timespec timeout{wait.count() / 1'000'000'000, wait.count() % 1'000'000'000};
    const int n = ::epoll_pwait2(epoll_.get(), events, 256, &timeout, nullptr);
    for (int e = 0; e < n; ++e) receive(static_cast<std::size_t>(events[e].data.u64));
  }
  if (plan_.rate > 0 && plan_.most_turns == UINT64_MAX) {
    const auto due = static_cast<std::uint64_t>((plan_.warmup_s + plan_.seconds) * plan_.rate);
    if (scheduled_ + 1 < due) result_.errors["never sent"] += due - scheduled_;
  }
  save_places();
  return std::move(result_);
}

}  // namespace

load_result run_load(const load_plan& plan) { return load_run{plan}.run(); }

}  // namespace zhuqi::bench
