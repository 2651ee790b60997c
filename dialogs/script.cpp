// Linking: names become indexes and words become folded keys, once per version, so that a step never searches text twice.
#include "dialogs/script.hpp"

#include "bot/base/crypto.hpp"
#include "bot/base/text.hpp"
#include "dialogs/faq.hpp"
#include "dialogs/formulas.hpp"
#include "dialogs/program.hpp"
#include "dialogs/script_json.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

struct named_text {
  std::string_view name;
  std::string_view placeholders;
};

constexpr std::array<named_text, static_cast<std::size_t>(system_text::count_)> text_names{{
    {"greeting", ""},
    {"welcome_back", ""},
    {"restarted", ""},
    {"resumed", ""},
    {"help", ""},
    {"no_why", ""},
    {"media", ""},
    {"empty", ""},
    {"retry_choice", ""},
    {"retry_yes_no", ""},
    {"retry_text", ""},
    {"ambiguous", ""},
    {"too_short", "limit"},
    {"too_long", "count limit"},
    {"phone_invalid", ""},
    {"uscc_length", "count"},
    {"uscc_character", "detail"},
    {"uscc_check", ""},
    {"uscc_old_number", ""},
    {"offered", "value"},
    {"hint_choice", ""},
    {"yes", ""},
    {"no", ""},
    {"summary_line", "label value"},
    {"human", ""},
    {"fault", ""},
    {"withdrawn", ""},
    {"remind", ""},
    {"expired", ""},
    {"language_set", ""},
    {"lost", ""},
    {"note_asked", "question title"},
    {"note_failed", "count given question title"},
    {"note_fault", "title"},
    {"out_of_range", "limit"},
    {"exact_wanted", "value"},
    {"two_values", "detail"},
    {"wrong_unit", "detail"},
    {"not_whole", ""},
    {"no_such_date", "detail"},
    {"too_early", "limit"},
    {"too_late", "limit"},
    {"id_number_invalid", ""},
    {"unknown_noted", ""},
    {"remembered", "label value"},
    {"cancelled", ""},
    {"working", ""},
    {"nothing_saved", ""},
    {"file_wanted", "accept limit"},
    {"file_kind", "accept"},
    {"file_size", "limit"},
    {"file_count", "limit"},
    {"file_received", "count done"},
    {"updated", ""},
    {"opens_at", "day time"},
    {"taken", ""},
    {"released", ""},
    {"handed_back", ""},
    {"finished", ""},
    {"queue_next", "minutes"},
    {"queue_place", "ahead minutes"},
    {"grade_very_good", ""},
    {"grade_good", ""},
    {"grade_fair", ""},
    {"grade_bad", ""},
    {"grade_very_bad", ""},
    {"graded", ""},
    {"graded_bad", ""},
    {"note_graded", "value"},
}};

constexpr std::array<std::string_view, static_cast<std::size_t>(interrupt::count_)> interrupt_names{
    "human",  "back",   "restart", "language", "help", "why", "keep", "withdraw",
    "cancel", "resume", "change",  "zh-CN",    "en",   "ja",  "ko"};

template <class Items>
std::optional<std::size_t> index_of(const Items& items, std::string_view id) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].id == id) return i;
  }
  return std::nullopt;
}

/// Collects whether every name led somewhere and every expression makes sense.
class linker {
 public:
  explicit linker(script_source& set) : set_{set} {}

  bool link() {
    for (dialog& d : set_.dialogs) link_dialog(d);
    for (faq_entry& e : set_.faq) {
      for (const std::string& q : e.questions) e.keys.push_back(pairs_of(text::fold(q)));
    }
    return good_;
  }

 private:
  std::size_t need(std::optional<std::size_t> found) {
    good_ = good_ && found.has_value();
    return found.value_or(0);
  }
  std::optional<std::size_t> optional_target(const dialog& d, const std::string& id) {
    return id.empty() ? std::nullopt : std::optional{need(d.find_state(id))};
  }

  void link_dialog(dialog& d) {
    d.start_target = need(d.find_state(d.start));
    d.human_target = optional_target(d, d.on_human);
    d.expire_target = optional_target(d, d.on_expire);
    for (variable& v : d.vars) link_variable(v);
    for (own_interrupt& i : d.interrupts) {
      if (!i.to.empty()) i.target = need(d.find_state(i.to));
      for (const std::string& w : i.words) i.keys.push_back(text::fold(w));
    }
    const name_scope scope{set_, d};
    for_each_formula(d, [&](formula& f, const std::optional<cel::type>& wanted) {
      if (f.source == "summary" || f.source == "opens") return;
      cel::checked findings;
      f.code = program::compile(f.source, scope, wanted, findings);
      good_ = good_ && f.code != nullptr;
    });
    for (state& s : d.states) std::visit([&](auto& n) { link_node(d, n); }, s.what);
  }

  static void link_variable(variable& v) {
    const auto want = v.approximate ? values::exactness::range : values::exactness::exact;
    std::visit(
        [&](auto& t) {
          if constexpr (requires { t.want; }) t.want = want;
        },
        v.type);
    for (lang l : all_langs) {
      if (!v.label.in(l).empty()) v.label_keys.push_back(text::fold(v.label.in(l).source()));
    }
    if (auto* c = std::get_if<choice_type>(&v.type)) link_options(*c);
  }

  void link_node(const dialog& d, ask_node& n) {
    n.variable = need(d.find_variable(n.into));
    n.fail_target = need(d.find_state(n.on_fail));
    n.unknown_target = optional_target(d, n.on_unknown);
    for (const std::string& w : n.done) n.done_keys.push_back(text::fold(w));
    link_branches(d, n.next);
    good_ = good_ && !n.next.empty() && n.tries > 0;
  }
  void link_node(const dialog& d, say_node& n) {
    link_branches(d, n.next);
    good_ = good_ && !n.next.empty();
  }
  void link_node(const dialog& d, do_node& n) {
    n.service = need(index_of(set_.services, n.service_id));
    n.error_target = need(d.find_state(n.on_error));
    link_branches(d, n.next);
    good_ = good_ && !n.next.empty() && n.service < set_.services.size() &&
            n.args.size() == set_.services[n.service].args.size();
  }
  void link_node(const dialog& d, call_node& n) {
    link_branches(d, n.next);
    n.target = need(index_of(set_.dialogs, n.dialog));
  }
  void link_node(const dialog& d, handoff_node& n) {
    n.closed_target = optional_target(d, n.closed_now);
    if (n.closed_target) {
      const node& closed = d.states[*n.closed_target].what;
      good_ = good_ && (std::holds_alternative<say_node>(closed) || std::holds_alternative<end_node>(closed));
    }
  }
  void link_node(const dialog&, end_node&) {}

  void link_branches(const dialog& d, std::vector<branch>& branches) {
    for (branch& b : branches) b.target = need(d.find_state(b.to));
  }

  static void link_options(choice_type& c) {
    for (choice_option& o : c.options) {
      o.keys.clear();
      for (lang l : all_langs) {
        if (!o.label.in(l).empty()) o.keys.push_back(text::fold(o.label.in(l).source()));
      }
      for (const std::string& a : o.aliases) o.keys.push_back(text::fold(a));
      std::erase(o.keys, std::string{});
    }
  }

  script_source& set_;
  bool good_ = true;
};

/// A word that asks for a human also counts inside a sentence, if it is long enough not to be there by accident.
bool counts_inside_sentences(const std::string& folded) {
  const bool ascii = std::all_of(folded.begin(), folded.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  return folded.size() >= (ascii ? 8 : 6);
}

void link_words(system_script& system) {
  system.keys.clear();
  system.human_keys.clear();
  system.change_keys.clear();
  for (std::size_t i = 0; i < system.words.size(); ++i) {
    for (const std::string& w : system.words[i]) {
      std::string key = text::fold(w);
      if (key.empty()) continue;
      if (static_cast<interrupt>(i) == interrupt::change) {
        system.change_keys.push_back(std::move(key));
        continue;
      }
      if (static_cast<interrupt>(i) == interrupt::human && counts_inside_sentences(key))
        system.human_keys.push_back(key);
      system.keys.emplace_back(std::move(key), static_cast<interrupt>(i));
    }
  }
  std::sort(system.keys.begin(), system.keys.end());
  // The longer word first: 「修改」 begins with 「修」, and what follows must be a label.
  std::sort(system.change_keys.begin(), system.change_keys.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

}  // namespace

std::string_view system_text_name(system_text t) { return text_names[static_cast<std::size_t>(t)].name; }
std::string_view system_text_placeholders(system_text t) {
  return text_names[static_cast<std::size_t>(t)].placeholders;
}
std::string_view interrupt_name(interrupt i) { return interrupt_names[static_cast<std::size_t>(i)]; }

const std::string* parameter::on(std::string_view day) const {
  const std::string* out = nullptr;
  for (const dated& v : values) {
    if (v.from <= day) out = &v.is;
  }
  return out;
}

std::optional<std::size_t> dialog::find_state(std::string_view state_id) const { return index_of(states, state_id); }
std::optional<std::size_t> dialog::find_variable(std::string_view variable_id) const {
  return index_of(vars, variable_id);
}

result<std::shared_ptr<const script_set>> script_set::link(script_source source) {
  const auto by_id = [](const dialog& a, const dialog& b) { return a.id < b.id; };
  std::sort(source.dialogs.begin(), source.dialogs.end(), by_id);
  std::shared_ptr<script_set> set{new script_set};
  set->source_ = std::move(source);
  if (!linker{set->source_}.link()) return errc::malformed;
  link_words(set->source_.system);
  for (const dialog& d : set->source_.dialogs) {
    for (const variable& v : d.vars) {
      if (!v.slot.empty() && v.slot != language_slot && set->slot_variable(v.slot) == nullptr) {
        set->slots_.emplace_back(v.slot, &v);
      }
    }
  }
  set->canonical_ = canonical_json(set->source_);
  set->version_ = crypto::hex(crypto::sha256(set->canonical_));
  return std::shared_ptr<const script_set>{std::move(set)};
}

const dialog* script_set::find(std::string_view id) const {
  const auto at = std::lower_bound(source_.dialogs.begin(), source_.dialogs.end(), id,
                                   [](const dialog& d, std::string_view wanted) { return d.id < wanted; });
  return at != source_.dialogs.end() && at->id == id ? &*at : nullptr;
}

std::optional<interrupt> script_set::find_interrupt(std::string_view folded) const {
  const auto& keys = source_.system.keys;
  const auto at = std::lower_bound(keys.begin(), keys.end(), folded,
                                   [](const auto& key, std::string_view wanted) { return key.first < wanted; });
  if (at == keys.end() || at->first != folded) return std::nullopt;
  return at->second;
}

const variable* script_set::slot_variable(std::string_view slot) const {
  for (const auto& [name, v] : slots_) {
    if (name == slot) return v;
  }
  return nullptr;
}

}  // namespace zhuqi::dialogs
