#include "tests/unit/dialogs/lives.hpp"

#include "bot/base/text.hpp"
#include "dialogs/understand.hpp"

#include <algorithm>
#include <map>

namespace zhuqi::dialogs::test {
namespace {

// Kinds of happenings: below first_answer what is neither word nor answer, below first_text the answers that fit.
constexpr int first_answer = 14;
constexpr int first_text = 60;
constexpr int kinds = 100;

const std::vector<std::string>& all_words() {
  static const std::vector<std::string> words{"1",
                                              "2",
                                              "是",
                                              "不是",
                                              "35",
                                              "200",
                                              "0",
                                              "3%",
                                              "12.5",
                                              "三十五个人",
                                              "二十多",
                                              "120万元",
                                              "3.6万元",
                                              "2026-03-01",
                                              "2027年1月1日",
                                              "2027-02-01",
                                              "上个月",
                                              "2026年12月",
                                              "2027年1月",
                                              "三个月",
                                              "30天",
                                              "13800138000",
                                              "0595-22345678",
                                              "91350100M000100Y43",
                                              "9144030071526726XG",
                                              "110105194912310021",
                                              "123456",
                                              "SQ20260001",
                                              "泉州海丰纺织有限公司",
                                              "工厂自周一起拿不到通行证，希望本周内解决",
                                              "李敏",
                                              "丰泽区"};
  return words;
}

values::answer read(const variable_type& type, const std::string& word) {
  return understand(type, word, text::fold(word), {lang::zh_cn, {2027, 1, 15}});
}

/// What a service could return in a field.
std::string some_value(const variable_type& type) {
  const auto words = fitting_words(type);
  return words.empty() ? "ref" : read(type, words.back()).value;
}

const frame* waiting_for_service(const snapshot& s) {
  return s.owner != talker::bot || s.stack.empty() || s.stack.back().awaits.empty() ? nullptr : &s.stack.back();
}

any_event result_for(const frame& f, std::size_t pick, const script_set& scripts) {
  event::service_result out{f.awaits, "", {}};
  if (pick % 3 == 0) {
    out.error = pick % 2 == 0 ? "timeout" : "refused";
    return out;
  }
  const dialog& d = *scripts.find(f.dialog);
  const auto* doing = std::get_if<do_node>(&d.states[*d.find_state(f.state)].what);
  if (doing == nullptr) return out;
  for (const auto& field : scripts.source().services[doing->service].returns)
    out.fields[field.id] = some_value(field.type);
  return out;
}

any_event answer_for(const ask_node& ask, const dialog& d, std::size_t pick) {
  const variable& v = d.vars[ask.variable];
  if (const auto* files = std::get_if<file_type>(&v.type)) {
    if (files->several && pick % 2 == 1 && !ask.done.empty()) return event::text{ask.done.front()};
    return event::media{"image", "m" + std::to_string(pick), "", files->accept.empty() ? "jpg" : files->accept.front(),
                        1000};
  }
  const auto words = fitting_words(v.type);
  return event::text{words.empty() ? "1" : words[pick % words.size()]};
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const happening& h) {
  return out << h.kind << "/" << h.pick << ":" << h.text;
}

std::vector<std::string> fitting_words(const variable_type& type) {
  std::vector<std::string> out;
  if (const auto* choice = std::get_if<choice_type>(&type)) {
    for (std::size_t i = 1; i <= choice->options.size(); ++i) out.push_back(std::to_string(i));
    return out;
  }
  for (const std::string& word : all_words()) {
    if (read(type, word).good()) out.push_back(word);
  }
  return out;
}

rc::Gen<std::string> some_text() {
  const auto fitting = rc::gen::elementOf(all_words());
  const auto word =
      rc::gen::element<std::string>("资金", "用工", "第二个", "１", "确认", "修改", "取消", "不变", "一般", "好了",
                                    "我要反映问题", "企业信息", "改 联系人", "改联系电话", "不清楚");
  const auto command =
      rc::gen::element<std::string>("返回", "上一步", "主菜单", "重新开始", "语言", "English", "日本語", "中文", "帮助",
                                    "为什么", "why", "人工", "退出", "取消排队", "继续", "房租补贴怎么申请");
  const auto odd = rc::gen::element<std::string>("", " ", "🙂", "👍👍", "{summary}", "{", "]]>", "<xml>", "\xff\xfe",
                                                 std::string(10 * 1024, 'x'), std::string(400, '\n'), "不知道",
                                                 "\"\\\b\x01", "999999999999999999999");
  return rc::gen::weightedOneOf<std::string>(
      {{6, fitting}, {6, word}, {6, command}, {3, odd}, {2, rc::gen::string<std::string>()}});
}

rc::Gen<std::vector<happening>> some_life(std::size_t longest) {
  const auto one =
      rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, kinds), rc::gen::inRange<std::size_t>(0, 1000), some_text()),
                   [](std::tuple<int, std::size_t, std::string> t) {
                     return happening{std::get<0>(t), std::get<1>(t), std::move(std::get<2>(t))};
                   });
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, longest),
                         [one](std::size_t n) { return rc::gen::container<std::vector<happening>>(n, one); });
}

rc::Gen<std::vector<happening>> some_good_answers(std::size_t count) {
  const auto one = rc::gen::map(rc::gen::inRange<std::size_t>(0, 1000), [](std::size_t pick) {
    return happening{first_answer, pick, ""};
  });
  return rc::gen::container<std::vector<happening>>(count, one);
}

any_event event_of(const happening& h, const snapshot& now, const script_set& scripts) {
  const auto timer = [&](bool last) -> any_event {
    if (now.timers.empty()) return event::timer{"expire", {1}};  // one that was cancelled meanwhile
    const pending_timer& t = last ? now.timers.back() : now.timers.front();
    return event::timer{t.name, t.due};
  };
  const std::string& some_dialog = scripts.dialogs()[h.pick % scripts.dialogs().size()].id;
  switch (h.kind) {
    case 0: return event::media{"image", "m", ""};
    case 1: return event::entered{h.text};
    case 2:
    case 3: return event::entered{some_dialog};
    case 4: return event::menu{some_dialog};
    case 5: return event::menu{h.text};
    case 6:
    case 7: return timer(false);
    case 8: return timer(true);
    case 9: return event::left{};
    case 10: return event::notice{"x", h.text};
    case 11: return event::service_result{"1", "", {{"case_no", h.text}}};  // late, or of nobody
    case 12: return event::moved{};
    case 13: return event::media{"file", "f", "清单.pdf", "pdf", 200'000'000};
    default: break;
  }
  if (h.kind >= first_text) return event::text{h.text};
  if (const frame* f = waiting_for_service(now)) return result_for(*f, h.pick, scripts);
  if (const ask_node* ask = pending(now, scripts))
    return answer_for(*ask, *scripts.find(now.stack.back().dialog), h.pick);
  return event::text{h.text};
}

const ask_node* pending(const snapshot& s, const script_set& scripts) {
  if (s.owner != talker::bot || s.stack.empty()) return nullptr;
  const dialog* d = scripts.find(s.stack.back().dialog);
  const auto index = d != nullptr ? d->find_state(s.stack.back().state) : std::nullopt;
  return index ? std::get_if<ask_node>(&d->states[*index].what) : nullptr;
}

}  // namespace zhuqi::dialogs::test
