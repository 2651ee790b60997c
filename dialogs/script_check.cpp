// The checks of one dialog's states and texts, and of the set as a whole. What needs the graph of states is in check_graph.cpp.
#include "dialogs/script_check.hpp"

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "dialogs/check_graph.hpp"
#include "dialogs/formulas.hpp"
#include "dialogs/library.hpp"
#include "dialogs/program.hpp"

#include <algorithm>
#include <map>

namespace zhuqi::dialogs {
namespace {

template <class Items>
std::string ids_of(const Items& items) {
  std::string out;
  for (const auto& i : items) out += (out.empty() ? "" : ", ") + i.id;
  return out;
}

std::string joined(const std::vector<std::string>& names, std::string_view none = "–") {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "" : ", ") + n;
  return out.empty() ? std::string{none} : out;
}

using command_words = std::map<std::string, interrupt>;

/// Everything about one dialog that one state or one text shows.
class dialog_check {
 public:
  dialog_check(const script_source& source, const dialog& d, const command_words& commands,
               std::vector<diagnostic>& out)
      : source_{source}, d_{d}, commands_{commands}, out_{out} {}

  void run() {
    check_target(d_.start, d_.where);
    if (!d_.on_human.empty()) check_target(d_.on_human, d_.where);
    if (!d_.on_expire.empty()) check_target(d_.on_expire, d_.where);
    for (const variable& v : d_.vars) check_variable(v);
    for (const own_interrupt& i : d_.interrupts) {
      if (!i.to.empty()) check_target(i.to, i.where);
      }
    for (const state& s : d_.states) {
      std::visit([&](const auto& n) { check(s, n); }, s.what);
    }
    check_answers_fit();
    check_expressions();
  }

 private:
  void add(source_mark at, rule what, std::vector<std::string> args) {
    out_.push_back({d_.file, at.line, at.column, what, std::move(args)});
  }

  void check_target(const std::string& to, source_mark at) {
    if (!to.empty() && !d_.find_state(to)) add(at, rule::unknown_target, {to, ids_of(d_.states)});
  }

  void check_outcome(const std::string& outcome, source_mark at) {
    if (!outcome.empty() && std::find(d_.outcomes.begin(), d_.outcomes.end(), outcome) == d_.outcomes.end()) {
      add(at, rule::unknown_outcome, {outcome, joined(d_.outcomes)});
    }
  }

  void check_branches(const state& s, const std::vector<branch>& next) {
    for (std::size_t i = 0; i < next.size(); ++i) {
      const branch& b = next[i];
      check_target(b.to, b.where);
      if (i > 0 && !next[i - 1].guard) add(b.where, rule::branch_after_otherwise, {s.id});
    }
    if (!next.empty() && next.back().guard) add(next.back().where, rule::missing_otherwise, {s.id});
  }

  /// Every expression parses, knows its names, and has the type that its place needs.
  void check_expressions() {
    const name_scope scope{source_, d_};
    for_each_formula(d_, [&](const formula& f, const std::optional<cel::type>& wanted) {
      if (f.source == "summary" || f.source == "opens") return;
      cel::checked findings;
      program::compile(f.source, scope, wanted, findings);
      for (const cel::problem& p : findings.problems) {
        add(f.where, rule::expression,
            {f.source, cel::sentence(p, lang::zh_cn), cel::fix(p, lang::zh_cn), cel::sentence(p, lang::en),
             cel::fix(p, lang::en)});
      }
    });
  }

  void check(const state& s, const ask_node& n) {
    check_branches(s, n.next);
    check_target(n.on_fail, s.where);
    const auto index = d_.find_variable(n.into);
    if (!index) return add(s.where, rule::unknown_variable, {n.into, ids_of(d_.vars)});
    check_length(n.prompt, d_.vars[*index]);
    for (const localized& r : n.retry) check_length(r, d_.vars[*index]);
  }
  void check(const state& s, const say_node& n) { check_branches(s, n.next); }
  void check(const state& s, const do_node& n) {
    check_branches(s, n.next);
    check_target(n.on_error, s.where);
    const auto known = std::find_if(source_.services.begin(), source_.services.end(),
                                    [&](const service& x) { return x.id == n.service_id; });
    if (known == source_.services.end()) {
      return add(s.where, rule::unknown_service, {n.service_id, ids_of(source_.services)});
    }
    if (known->args.size() != n.args.size()) {
      add(s.where, rule::call_arguments,
          {n.service_id, std::to_string(n.args.size()) + " ≠ " + std::to_string(known->args.size()), ids_of(known->args)});
    }
  }
  void check(const state& s, const call_node& n) {
    check_branches(s, n.next);
    check_outcome(n.outcome, s.where);
    const bool known =
        std::any_of(source_.dialogs.begin(), source_.dialogs.end(), [&](const dialog& d) { return d.id == n.dialog; });
    if (!known && !n.dialog.empty()) add(s.where, rule::unknown_dialog, {n.dialog, ids_of(source_.dialogs)});
  }
  void check(const state& s, const handoff_node& n) {
    check_outcome(n.outcome, s.where);
  }
  void check(const state& s, const end_node& n) {
    check_outcome(n.outcome, s.where);
  }

  /// The message as a channel without buttons sends it: text, one line per option, hint.
  void check_length(const localized& text, const variable& v) {
    for (lang l : source_.languages) {
      std::size_t bytes = text.in(l).source().size();
      if (const auto* c = std::get_if<choice_type>(&v.type)) {
        for (const choice_option& o : c->options) bytes += o.label.shown_in(l).source().size() + 5;
        bytes +=
            source_.system.texts[static_cast<std::size_t>(system_text::hint_choice)].shown_in(l).source().size() + 2;
      }
      if (bytes > limits::wechat_text_bytes) {
        add(text.where, rule::text_too_long,
            {text.in(lang::zh_cn).source().substr(0, 60), std::to_string(bytes),
             std::to_string(limits::wechat_text_bytes)});
        return;
      }
    }
  }

  void check_variable(const variable& v) {
    const auto* c = std::get_if<choice_type>(&v.type);
    if (c == nullptr) return;
    std::map<std::string, std::string> taken;  // folded word → option
    for (const choice_option& o : c->options) {
      std::vector<std::string> words = o.aliases;
      for (lang l : source_.languages) words.push_back(o.label.in(l).source());
      for (const std::string& w : words) check_option_word(v, o, w, taken);
    }
  }

  void check_option_word(const variable& v, const choice_option& o, const std::string& word,
                         std::map<std::string, std::string>& taken) {
    const std::string key = text::fold(word);
    if (key.empty()) return;
    const auto [at, is_new] = taken.emplace(key, o.id);
    if (!is_new && at->second != o.id) add(v.where, rule::duplicate_option, {at->second, o.id, word});
    const auto command = commands_.find(key);
    const bool same_meaning = v.slot == language_slot;  // 「English」 chooses English either way
    if (is_new && command != commands_.end() && !same_meaning) {
      add(o.label.where, rule::option_clash, {o.id, word, std::string{interrupt_name(command->second)}});
    }
  }

  /// All frames that can lie on each other must fit into a snapshot; JSON escaping doubles a character at worst (but controls,
  /// which answers cannot hold).
  void check_answers_fit() {
    std::size_t bytes = 0;
    for (const variable& v : d_.vars) {
      const auto* t = std::get_if<text_type>(&v.type);
      bytes += v.id.size() + 8 + (t != nullptr ? 4 * static_cast<std::size_t>(t->max_chars) : 80);
    }
    for (const state& s : d_.states) bytes += s.id.size() + 3;
    constexpr std::size_t room = limits::snapshot_bytes / (limits::interrupt_depth + 1);
    if (bytes > room) add(d_.where, rule::answers_too_long, {d_.id, std::to_string(bytes), std::to_string(room)});
  }

  const script_source& source_;
  const dialog& d_;
  const command_words& commands_;
  std::vector<diagnostic>& out_;
};

command_words check_words(const system_script& system, std::vector<diagnostic>& out) {
  command_words known;
  for (std::size_t i = 0; i < system.words.size(); ++i) {
    if (static_cast<interrupt>(i) == interrupt::change) continue;  // nothing by itself: a label follows
    for (const std::string& w : system.words[i]) {
      const auto [at, is_new] = known.emplace(text::fold(w), static_cast<interrupt>(i));
      if (is_new || at->second == static_cast<interrupt>(i)) continue;
      out.push_back(
          {system.file,
           system.where.line,
           system.where.column,
           rule::word_clash,
           {w, std::string{interrupt_name(at->second)}, std::string{interrupt_name(static_cast<interrupt>(i))}}});
    }
  }
  return known;
}

void check_system(const system_script& system, std::vector<diagnostic>& out) {
  const auto add = [&](source_mark at, rule what, std::vector<std::string> args) {
    out.push_back({system.file, at.line, at.column, what, std::move(args)});
  };
  for (std::size_t i = 0; i < system.texts.size(); ++i) {
    const localized& text = system.texts[i];
    const auto id = static_cast<system_text>(i);
    if (text.empty()) add(system.where, rule::missing_text, {std::string{system_text_name(id)}});
    const std::string allowed = ' ' + std::string{system_text_placeholders(id)} + ' ';
    for (const std::string& name : text.in(lang::zh_cn).placeholders()) {
      if (allowed.find(' ' + name + ' ') == std::string::npos) {
        add(text.where, rule::unknown_placeholder,
            {name, allowed.size() > 2 ? allowed.substr(1, allowed.size() - 2) : "–"});
      }
    }
  }
  for (std::size_t i = 0; i < system.words.size(); ++i) {
    if (system.words[i].empty())
      add(system.where, rule::missing_words, {std::string{interrupt_name(static_cast<interrupt>(i))}});
  }
}

/// Notes for officials are in the main language only.
bool is_for_officials(std::string_view key) { return key.starts_with("system.note_"); }

void check_translations(const script_source& source, std::vector<diagnostic>& out) {
  std::map<std::string, std::string, std::less<>> file_of{{"system", source.system.file}};
  for (const dialog& d : source.dialogs) file_of[d.id] = d.file;
  for_each_text(source, [&](const std::string& key, const localized& text) {
    const auto file = file_of.find(std::string_view{key}.substr(0, key.find('.')));
    for (lang l : source.languages) {
      if (l == lang::zh_cn || is_for_officials(key)) continue;
      const std::string language{tag(l)};
      diagnostic d{file != file_of.end() ? file->second : "",
                   text.where.line,
                   text.where.column,
                   rule::missing_translation,
                   {key, language}};
      const auto original = text.in(lang::zh_cn).placeholders();
      if (!text.in(l).empty()) {
        if (text.in(l).placeholders() == original) continue;
        d.what = rule::placeholder_mismatch;
        d.args.push_back(joined(original));
      }
      out.push_back(std::move(d));
    }
  });
}

}  // namespace

bool is_whole(const script_source& source) {
  const auto empty = [](const auto& x) { return x.empty(); };
  return std::any_of(source.dialogs.begin(), source.dialogs.end(),
                     [](const dialog& d) { return d.id == main_menu_id; }) &&
         std::none_of(source.system.texts.begin(), source.system.texts.end(), empty) &&
         std::none_of(source.system.words.begin(), source.system.words.end(), empty);
}

std::vector<diagnostic> check_scripts(const script_source& source, completeness wanted) {
  std::vector<diagnostic> out;
  const command_words commands = check_words(source.system, out);
  for (const dialog& d : source.dialogs) {
    dialog_check{source, d, commands, out}.run();
    check_graph(d, out);
  }
  check_calls(source, out);
  check_translations(source, out);
  if (wanted == completeness::whole || !source.system.file.empty()) check_system(source.system, out);
  const bool has_menu =
      std::any_of(source.dialogs.begin(), source.dialogs.end(), [](const dialog& d) { return d.id == main_menu_id; });
  if (wanted == completeness::whole && !has_menu)
    out.push_back({source.system.file, 0, 0, rule::missing_main_menu, {}});
  return out;
}

}  // namespace zhuqi::dialogs
