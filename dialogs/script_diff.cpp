// Two versions side by side: things are paired by their ids, their fields by key, items of lists by what makes them
// the same.
#include "dialogs/script_diff.hpp"

#include "dialogs/export_edges.hpp"
#include "dialogs/script_diff_fields.hpp"
#include "dialogs/script_members.hpp"
#include "dialogs/understand.hpp"
#include "dialogs/values/canonical.hpp"

#include <algorithm>

namespace zhuqi::dialogs {
namespace {

using diff::field;
using diff::list_item;
using diff::words;

template <class List, class Key>
auto* find_by(const List& list, const Key& key, std::string_view wanted) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& x) { return key(x) == wanted; });
  return found != list.end() ? &*found : nullptr;
}

constexpr auto by_id = [](const auto& x) -> const std::string& { return x.id; };
constexpr auto by_key = [](const field& f) -> const std::string& { return f.key; };
constexpr auto by_identity = [](const list_item& i) -> const std::string& { return i.identity; };

/// The thing that sentences are about.
struct subject {
  std::string dialog;
  std::string item;
  words name;
};

class differ {
 public:
  std::vector<script_change> out;

  void add(const subject& s, std::string key, const std::string& zh, const std::string& en) {
    out.push_back({s.dialog, s.item, std::move(key), s.name.zh.empty() ? zh : s.name.zh + "：" + zh,
                   s.name.en.empty() ? en : s.name.en + ": " + en});
  }

  void compare(const subject& s, const std::vector<field>& before, const std::vector<field>& after) {
    const field none;
    for (const field& old : before) {
      if (find_by(after, by_key, old.key) == nullptr) compare(s, old, none, old);
    }
    for (const field& now : after) {
      const field* old = find_by(before, by_key, now.key);
      compare(s, old != nullptr ? *old : none, now, now);
    }
  }

  /// Pairs two lists by id; `fields` and `told` say what one consists of and how it is told as a whole.
  template <class T, class Subject, class Told>
  void pair_up(const std::vector<T>& before, const std::vector<T>& after, Subject about, Told told) {
    for (const T& old : before) {
      if (find_by(after, by_id, old.id) != nullptr) continue;
      const subject s = about(old);
      const words what = told(old);
      add({s.dialog, s.item, {}}, {}, "删去" + s.name.zh + what.zh, "removed " + s.name.en + what.en);
    }
    for (const T& now : after) {
      const subject s = about(now);
      if (const T* old = find_by(before, by_id, now.id)) {
        compare(s, diff::fields_of(*old), diff::fields_of(now));
      } else {
        const words what = told(now);
        add({s.dialog, s.item, {}}, {}, "新增" + s.name.zh + what.zh, "added " + s.name.en + what.en);
      }
    }
  }

 private:
  void compare(const subject& s, const field& old, const field& now, const field& named) {
    if (named.is_list) return compare_items(s, old, now, named);
    if (old.value == now.value) return;
    const words& n = named.name;
    if (old.value.empty())
      return add(s, named.key, "新增" + n.zh + "：" + now.value.zh, "added " + n.en + ": " + now.value.en);
    if (now.value.empty()) {
      return add(s, named.key, "删去" + n.zh + "（原为 " + old.value.zh + "）",
                 "removed " + n.en + " (was " + old.value.en + ")");
    }
    add(s, named.key, n.zh + "由 " + old.value.zh + " 改为 " + now.value.zh,
        n.en + " changed from " + old.value.en + " to " + now.value.en);
  }

  void compare_items(const subject& s, const field& old, const field& now, const field& named) {
    const words& n = named.name;
    for (const list_item& i : old.items) {
      if (find_by(now.items, by_identity, i.identity) != nullptr) continue;
      add(s, named.key, "删去" + n.zh + "：" + i.whole.zh, "removed " + n.en + ": " + i.whole.en);
    }
    for (const list_item& i : now.items) {
      const list_item* was = find_by(old.items, by_identity, i.identity);
      if (was == nullptr) {
        add(s, named.key, "新增" + n.zh + "：" + i.whole.zh, "added " + n.en + ": " + i.whole.en);
      } else if (was->value != i.value) {
        add(s, named.key, n.zh + "「" + i.name.zh + "」由 " + was->value.zh + " 改为 " + i.value.zh,
            n.en + " \"" + i.name.en + "\" changed from " + was->value.en + " to " + i.value.en);
      }
    }
    if (named.ordered) compare_order(s, old, now, named);
  }

  void compare_order(const subject& s, const field& old, const field& now, const field& named) {
    const auto shared = [](const field& f, const field& other) {
      std::vector<std::string> all;
      for (const list_item& i : f.items) {
        if (find_by(other.items, by_identity, i.identity) != nullptr) all.push_back(i.identity);
      }
      return all;
    };
    if (shared(old, now) == shared(now, old)) return;
    std::string zh;
    std::string en;
    for (const list_item& i : now.items) {
      zh.append(zh.empty() ? "" : "；").append(i.name.zh);
      en.append(en.empty() ? "" : "; ").append(i.name.en);
    }
    add(s, named.key, named.name.zh + "的先后次序改为：" + zh, "order of " + named.name.en + " is now: " + en);
  }
};

words told_state(const state& s) {
  const std::string_view spoken = spoken_by(s);
  const words text = spoken.empty() ? words{} : diff::in_quotes(spoken);
  const std::string kind{kind_name_of(s.what)};
  return {"（" + kind + "）" + text.zh, " (" + kind + ") " + text.en};
}

words told_variable(const variable& v) {
  const words label = v.label.empty() ? words{} : diff::in_quotes(v.label.in(lang::zh_cn).source());
  const std::string type = "(" + diff::type_words(v.type) + ")";
  return {label.zh + type, (label.en.empty() ? "" : " " + label.en) + " " + type};
}

/// Rows of a policy's number: what holds from each day on, then and now.
void compare_values(differ& d, const subject& s, const parameter& old, const parameter& now) {
  const auto shown = [](const parameter& p, const std::string& value, lang l) {
    const auto kind = kind_of(p.type);
    return kind ? values::shown(*kind, value, l) : value;
  };
  const auto at = [](const parameter& p, const std::string& day) {
    const auto row = std::find_if(p.values.begin(), p.values.end(), [&](const auto& v) { return v.from == day; });
    return row != p.values.end() ? &*row : nullptr;
  };
  for (const parameter::dated& row : old.values) {
    if (at(now, row.from) != nullptr) continue;
    d.add(s, "values", "删去自 " + row.from + " 起的 " + shown(old, row.is, lang::zh_cn),
          "removed " + shown(old, row.is, lang::en) + " from " + row.from);
  }
  for (const parameter::dated& row : now.values) {
    const std::string* was = old.on(row.from);
    const std::string zh = shown(now, row.is, lang::zh_cn);
    const std::string en = shown(now, row.is, lang::en);
    if (was == nullptr) {
      d.add(s, "values", "新增：自 " + row.from + " 起为 " + zh, "added: " + en + " from " + row.from);
    } else if (*was != row.is) {
      d.add(s, "values", "自 " + row.from + " 起由 " + shown(old, *was, lang::zh_cn) + " 改为 " + zh,
            "from " + row.from + " changed from " + shown(old, *was, lang::en) + " to " + en);
    }
  }
}

void compare_interrupts(differ& out, const dialog& old, const dialog& now) {
  struct keyed {
    std::string id;
    const own_interrupt* what;
  };
  const auto all = [](const dialog& d) {
    std::vector<keyed> rows;
    for (const own_interrupt& i : d.interrupts) {
      std::string id;
      for (const std::string& w : i.words) id.append(id.empty() ? "" : "、").append(w);
      rows.push_back({i.then == own_interrupt::action::faq ? "faq" : id, &i});
    }
    return rows;
  };
  const std::vector<keyed> before = all(old);
  const std::vector<keyed> after = all(now);
  const auto about = [&](const keyed& k) {
    return subject{now.id, "interrupt " + k.id, {"插话「" + k.id + "」", "interrupt \"" + k.id + '"'}};
  };
  for (const keyed& k : before) {
    if (find_by(after, by_id, k.id) == nullptr) {
      const subject s = about(k);
      out.add({s.dialog, s.item, {}}, {}, "删去" + s.name.zh, "removed " + s.name.en);
    }
  }
  for (const keyed& k : after) {
    const subject s = about(k);
    if (const keyed* was = find_by(before, by_id, k.id)) {
      out.compare(s, diff::fields_of(*was->what), diff::fields_of(*k.what));
    } else {
      out.add({s.dialog, s.item, {}}, {}, "新增" + s.name.zh, "added " + s.name.en);
    }
  }
}

void compare_dialogs(differ& out, const script_source& before, const script_source& after) {
  const auto title = [](const dialog& d) { return diff::in_quotes(d.title.in(lang::zh_cn).source()); };
  for (const dialog& old : before.dialogs) {
    if (find_by(after.dialogs, by_id, old.id) != nullptr) continue;
    out.add({old.id, "dialog", {}}, {}, "删去对话 " + old.id + title(old).zh,
            "removed dialog " + old.id + ' ' + title(old).en);
  }
  for (const dialog& now : after.dialogs) {
    const dialog* old = find_by(before.dialogs, by_id, now.id);
    if (old == nullptr) {
      const std::string n = std::to_string(now.states.size());
      out.add({now.id, "dialog", {}}, {}, "新增对话 " + now.id + title(now).zh + "，共 " + n + " 个状态",
              "added dialog " + now.id + ' ' + title(now).en + " with " + n + " states");
      continue;
    }
    out.compare({now.id, "dialog", {"对话 " + now.id, "dialog " + now.id}}, diff::fields_of(*old),
                diff::fields_of(now));
    out.pair_up(
        old->vars, now.vars,
        [&](const variable& v) {
          return subject{now.id, "variable " + v.id, {"变量 " + v.id, "variable " + v.id}};
        },
        told_variable);
    out.pair_up(
        old->states, now.states,
        [&](const state& s) {
          return subject{now.id, "state " + s.id, {"状态 " + s.id, "state " + s.id}};
        },
        told_state);
    compare_interrupts(out, *old, now);
  }
}

void compare_shared(differ& out, const script_source& before, const script_source& after) {
  const auto nothing = [](const auto&) { return words{}; };
  const auto parameter_of = [](const parameter& p) {
    return subject{{}, "parameter " + p.id, {"参数 " + p.id, "parameter " + p.id}};
  };
  out.pair_up(before.parameters, after.parameters, parameter_of, nothing);
  for (const parameter& now : after.parameters) {
    const parameter* old = find_by(before.parameters, by_id, now.id);
    if (old != nullptr) compare_values(out, parameter_of(now), *old, now);
  }
  out.pair_up(
      before.services, after.services,
      [](const service& s) {
        return subject{{}, "service " + s.id, {"服务 " + s.id, "service " + s.id}};
      },
      nothing);
  out.pair_up(
      before.faq, after.faq,
      [](const faq_entry& e) {
        return subject{{}, "faq " + e.id, {"问答 " + e.id, "short answer " + e.id}};
      },
      [](const faq_entry& e) { return diff::in_quotes(e.answer.in(lang::zh_cn).source()); });
  out.compare({{}, "hours", {"办公时间", "office hours"}}, diff::fields_of(before.hours), diff::fields_of(after.hours));
  out.compare({{}, "system", {}}, diff::fields_of(before.system), diff::fields_of(after.system));
  const auto compare_languages = [&](const script_source& some, const script_source& other, std::string_view zh,
                                     std::string_view en) {
    for (lang l : some.languages) {
      if (std::find(other.languages.begin(), other.languages.end(), l) != other.languages.end()) continue;
      const std::string t{tag(l)};
      out.add({{}, "languages", {}}, "languages", std::string{zh} + t, std::string{en} + t);
    }
  };
  compare_languages(before, after, "删去语言 ", "removed language ");
  compare_languages(after, before, "新增语言 ", "added language ");
}

}  // namespace

std::vector<script_change> diff_scripts(const script_source& before, const script_source& after) {
  differ out;
  compare_dialogs(out, before, after);
  compare_shared(out, before, after);
  return std::move(out.out);
}

}  // namespace zhuqi::dialogs
