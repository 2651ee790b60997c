// Words are compared as the engine compares them: folded.
#include "dialogs/check_words.hpp"

#include "bot/base/limits.hpp"
#include "bot/base/text.hpp"
#include "dialogs/cel/ast.hpp"
#include "dialogs/check_states.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

/// Beyond it nobody finds an option in a numbered list on a phone.
constexpr std::size_t most_options = 20;
/// `content` of an entry of a WeChat customer-service menu, UTF-8 bytes.
constexpr std::size_t longest_label_bytes = 128;

class word_checks {
 public:
  word_checks(const script_source& source, const dialog& d, const command_words& commands, std::vector<diagnostic>& out)
      : source_{source}, d_{d}, commands_{commands}, out_{out} {}

  void run() {
    check_own_words();
    for (const variable& v : d_.vars) {
      if (const auto* c = std::get_if<choice_type>(&v.type)) check_options(v, *c);
    }
    for (const state& s : d_.states) {
      const auto* ask = std::get_if<ask_node>(&s.what);
      const auto index = ask != nullptr ? d_.find_variable(ask->into) : std::nullopt;
      if (!index) continue;
      check_length(ask->prompt, d_.vars[*index]);
      for (const localized& r : ask->retry) check_length(r, d_.vars[*index]);
    }
    check_answers_fit();
  }

 private:
  void add(source_mark at, rule what, std::vector<std::string> args) {
    out_.push_back({d_.file, at.line, at.column, what, std::move(args)});
  }

  /// Words of the dialog's own interrupts: each leads to one thing.
  void check_own_words() {
    for (std::size_t i = 0; i < d_.interrupts.size(); ++i) {
      for (const std::string& w : d_.interrupts[i].words) {
        const auto [at, is_new] = own_.emplace(text::fold(w), i);
        if (is_new || at->second == i) continue;
        add(d_.interrupts[i].where, rule::word_clash, {w, number_of(at->second), number_of(i)});
      }
    }
  }
  static std::string number_of(std::size_t i) { return "interrupts[" + std::to_string(i) + "]"; }

  void check_options(const variable& v, const choice_type& c) {
    if (c.options.size() > most_options) {
      add(v.where, rule::option_limit, {v.id, std::to_string(c.options.size()), std::to_string(most_options)});
    }
    std::map<std::string, std::string> taken;  // folded word → option
    for (const choice_option& o : c.options) {
      std::vector<std::string> words = o.aliases;
      for (lang l : source_.languages) {
        words.push_back(o.label.in(l).source());
        if (words.back().size() > longest_label_bytes) {
          add(o.label.where, rule::option_limit,
              {v.id, o.id + ": " + std::to_string(words.back().size()) + " bytes",
               std::to_string(longest_label_bytes)});
        }
      }
      for (const std::string& w : words) check_option_word(v, o, w, taken);
    }
  }

  void check_option_word(const variable& v, const choice_option& o, const std::string& word,
                         std::map<std::string, std::string>& taken) {
    const std::string key = text::fold(word);
    if (key.empty()) return;
    const auto [at, is_new] = taken.emplace(key, o.id);
    if (!is_new && at->second != o.id) add(v.where, rule::duplicate_option, {at->second, o.id, word});
    if (!is_new) return;
    const auto command = commands_.find(key);
    const bool same_meaning = v.slot == language_slot;  // 「English」 chooses English either way
    if (command != commands_.end() && !same_meaning) {
      add(o.label.where, rule::option_clash, {o.id, word, std::string{interrupt_name(command->second)}});
    }
    if (const auto own = own_.find(key); own != own_.end()) {
      add(o.label.where, rule::option_clash, {o.id, word, number_of(own->second)});
    }
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
  std::map<std::string, std::size_t> own_;  ///< folded word → interrupt of the dialog
};

/// Notes for officials are in the main language only.
bool is_for_officials(std::string_view key) { return key.starts_with("system.note_"); }

/// Placeholders however they are spaced: `{ staff }` is `{staff}`.
std::vector<std::string> canonical_placeholders(const text_template& t) {
  std::vector<std::string> out;
  for (const std::string& source : t.placeholders()) {
    const cel::parsed read = cel::parse(source);
    out.push_back(read.good() ? cel::to_source(read.tree) : source);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

command_words check_commands(const system_script& system, std::vector<diagnostic>& out) {
  command_words known;
  for (std::size_t i = 0; i < system.words.size(); ++i) {
    const auto here = static_cast<interrupt>(i);
    if (here == interrupt::change) continue;  // nothing by itself: a label follows
    for (const std::string& w : system.words[i]) {
      const auto [at, is_new] = known.emplace(text::fold(w), here);
      if (is_new || at->second == here) continue;
      out.push_back({system.file,
                     system.where.line,
                     system.where.column,
                     rule::word_clash,
                     {w, std::string{interrupt_name(at->second)}, std::string{interrupt_name(here)}}});
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
    if (!system.words[i].empty()) continue;
    add(system.where, rule::missing_words, {std::string{interrupt_name(static_cast<interrupt>(i))}});
  }
}

void check_words(const script_source& source, const dialog& d, const command_words& commands,
                 std::vector<diagnostic>& out) {
  word_checks{source, d, commands, out}.run();
}

void check_translations(const script_source& source, std::vector<diagnostic>& out) {
  std::map<std::string, std::string, std::less<>> file_of{{"system", source.system.file}};
  for (const dialog& d : source.dialogs) file_of[d.id] = d.file;
  for (const faq_entry& e : source.faq) file_of["faq"] = e.file;
  for_each_text(source, [&](const std::string& key, const localized& text) {
    const auto file = file_of.find(std::string_view{key}.substr(0, key.find('.')));
    for (lang l : source.languages) {
      if (l == lang::zh_cn || is_for_officials(key)) continue;
      diagnostic d{file != file_of.end() ? file->second : "",
                   text.where.line,
                   text.where.column,
                   rule::missing_translation,
                   {key, std::string{tag(l)}}};
      if (!text.in(l).empty()) {
        const auto original = canonical_placeholders(text.in(lang::zh_cn));
        if (canonical_placeholders(text.in(l)) == original) continue;
        d.what = rule::placeholder_mismatch;
        d.args.push_back(joined_names(original));
      }
      out.push_back(std::move(d));
    }
  });
}

}  // namespace zhuqi::dialogs
