#include "dialogs/script_diff_fields.hpp"

#include "dialogs/cel/ast.hpp"
#include "dialogs/script_members.hpp"
#include "dialogs/values/canonical.hpp"

#include <algorithm>
#include <span>

namespace zhuqi::dialogs::diff {
namespace {

/// One spelling per expression; as written where it does not parse.
std::string canonical(const formula& f) {
  const cel::parsed read = cel::parse(f.source);
  return read.good() ? cel::to_source(read.tree) : f.source;
}

/// The archive of script_members.hpp that collects fields.
class lister {
 public:
  std::vector<field> out;

  void operator()(std::string_view key, const std::string& value) {
    if (!value.empty()) put(key, key == "cite" || key == "source" || key == "pattern" ? in_quotes(value) : same(value));
  }
  template <class Number>
    requires std::is_arithmetic_v<Number>
  void operator()(std::string_view key, Number value) {
    if (value != Number{}) put(key, number_words(key, value));
  }
  void operator()(std::string_view key, const localized& value) { texts(std::string{key}, name_of(key), value); }
  void operator()(std::string_view key, const formula& value) { put(key, same(canonical(value))); }
  void operator()(std::string_view key, const values::decimal& value) { put(key, same(value.text())); }
  void operator()(std::string_view key, const values::civil_date& value) { put(key, same(values::canonical(value))); }
  template <class T>
  void operator()(std::string_view key, const std::optional<T>& value) {
    if (!value) return;
    if constexpr (std::is_arithmetic_v<T>) {
      put(key, number_words(key, *value));  // a bound of 0 is a bound
    } else {
      (*this)(key, *value);
    }
  }
  void operator()(std::string_view key, const std::vector<std::string>& values) {
    field& f = list(key);
    for (const std::string& v : values) f.items.push_back({v, same(v), same(v), {}});
  }
  void operator()(std::string_view key, const std::vector<std::int64_t>& values) {
    field& f = list(key);
    for (std::int64_t v : values) f.items.push_back({std::to_string(v), duration_words(v), duration_words(v), {}});
  }
  void operator()(std::string_view key, const std::vector<formula>& values) {
    std::string all;
    for (const formula& v : values) all.append(all.empty() ? "" : ", ").append(canonical(v));
    if (!all.empty()) put(key, same(all));
  }
  void operator()(std::string_view key, const std::vector<localized>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string n = std::to_string(i + 1);
      texts(std::string{key} + '[' + std::to_string(i) + ']', {"第 " + n + " 次重问", "retry " + n}, values[i]);
    }
  }
  void operator()(std::string_view key, const std::vector<branch>& values) {
    field& f = list(key, true);
    for (const branch& b : values) {
      const std::string guard = b.guard ? canonical(*b.guard) : std::string{};
      const words when = b.guard ? words{"若 " + guard, "if " + guard} : words{"其他情况", "otherwise"};
      const words whole = b.guard ? words{when.zh + "，则转 " + b.to, when.en + ", to " + b.to}
                                  : words{when.zh + "转 " + b.to, when.en + " to " + b.to};
      f.items.push_back({guard, whole, when, same(b.to)});
    }
  }
  void operator()(std::string_view key, const std::vector<answer_check>& values) {
    field& f = list(key, true);
    for (const answer_check& c : values) {
      const std::string that = canonical(c.that);
      const words said = in_quotes(c.otherwise.in(lang::zh_cn).source());
      f.items.push_back(
          {that, {"须 " + that + "，否则说" + said.zh, that + ", else " + said.en}, {"须 " + that, that}, said});
    }
    for (const answer_check& c : values) translations("checks." + canonical(c.that), name_of("checks"), c.otherwise);
  }
  void operator()(std::string_view key, const std::vector<choice_option>& values) {
    {
      field& f = list(key, true);
      for (const choice_option& o : values) {
        const words label = in_quotes(o.label.in(lang::zh_cn).source());
        f.items.push_back({o.id, {o.id + label.zh, o.id + ' ' + label.en}, same(o.id), label});
      }
    }
    for (const choice_option& o : values) {
      const words name{"选项 " + o.id + " 的别名", "alias of option " + o.id};
      field f{"aliases." + o.id, name, {}, true, false, {}};
      for (const std::string& a : o.aliases) f.items.push_back({a, same(a), same(a), {}});
      out.push_back(std::move(f));
      translations("of." + o.id, {"选项 " + o.id, "option " + o.id}, o.label);
    }
  }
  void operator()(std::string_view key, const std::vector<call_node::given>& values) {
    field& f = list(key);
    for (const auto& [input, value] : values) {
      const std::string is = canonical(value);
      f.items.push_back({input, same(input + " = " + is), same(input), same(is)});
    }
  }
  void operator()(std::string_view key, const std::vector<call_node::taken>& values) {
    field& f = list(key);
    for (const auto& [into, output] : values) {
      f.items.push_back({into, same(into + " = " + output), same(into), same(output)});
    }
  }
  void operator()(std::string_view key, const std::vector<service::field>& values) {
    field& f = list(key, true);
    for (const auto& [id, type] : values) {
      f.items.push_back({id, same(id + ": " + type_words(type)), same(id), same(type_words(type))});
    }
  }
  void operator()(std::string_view key, const variable_type& type) {
    put(key, same(std::string{type_name_of(type)}));
    money_ = std::holds_alternative<values::money_type>(type);
    std::visit([this](const auto& t) { members(*this, t); }, type);
    money_ = false;
  }
  void operator()(std::string_view key, const node& what) {
    put(key, same(std::string{kind_name_of(what)}));
    std::visit([this](const auto& n) { members(*this, n); }, what);
  }
  template <class Enum>
  void choice(std::string_view key, Enum value, std::span<const std::string_view> names) {
    if (value != Enum{}) put(key, same(std::string{names[static_cast<std::size_t>(value)]}));
  }

  void texts(const std::string& key, const words& name, const localized& value) {
    if (!value.empty()) out.push_back({key, name, in_quotes(value.in(lang::zh_cn).source())});
    translations(key, name, value);
  }
  void translations(const std::string& key, const words& name, const localized& value) {
    for (lang l : all_langs) {
      if (l == lang::zh_cn || value.in(l).empty()) continue;
      const std::string t{tag(l)};
      out.push_back({key + '@' + t,
                     {name.zh + "的 " + t + " 译文", t + " translation of " + name.en},
                     in_quotes(value.in(l).source())});
    }
  }
  field& list(std::string_view key, bool ordered = false) {
    out.push_back({std::string{key}, name_of(key), {}, true, ordered, {}});
    return out.back();
  }
  void put(std::string_view key, words value) { out.push_back({std::string{key}, name_of(key), std::move(value)}); }

 private:
  template <class Number>
  words number_words(std::string_view key, Number value) const {
    if constexpr (std::is_same_v<Number, bool>) {
      return {"是", "yes"};
    } else {
      if (key.ends_with("_ms")) return duration_words(static_cast<std::int64_t>(value));
      const bool amount = money_ && (key == "min" || key == "max");
      const std::string digits = std::to_string(value);
      if (!amount) return same(digits);
      return {values::shown(values::value_kind::money, digits, lang::zh_cn),
              values::shown(values::value_kind::money, digits, lang::en)};
    }
  }
  bool money_ = false;
};

template <class T>
std::vector<field> listed(const T& x) {
  lister all;
  members(all, x);
  return std::move(all.out);
}

std::vector<field> without(std::vector<field> all, std::string_view key) {
  std::erase_if(all, [&](const field& f) { return f.key == key; });
  return all;
}

}  // namespace

words in_quotes(std::string_view text) {
  std::string t{text};
  std::replace(t.begin(), t.end(), '\n', ' ');
  return {"「" + t + "」", '"' + t + '"'};
}

words duration_words(std::int64_t ms) {
  struct unit {
    std::int64_t ms;
    std::string_view zh, en;
  };
  constexpr std::array units{unit{86'400'000, " 天", "d"}, unit{3'600'000, " 小时", "h"}, unit{60'000, " 分钟", "m"},
                             unit{1'000, " 秒", "s"}};
  for (const unit& u : units) {
    if (ms % u.ms != 0) continue;
    const std::string n = std::to_string(ms / u.ms);
    return {n + std::string{u.zh}, n + std::string{u.en}};
  }
  return same(std::to_string(ms) + " ms");
}

std::string type_words(const variable_type& type) {
  lister all;
  all("type", type);
  std::string out;
  for (const field& f : all.out) {
    if (f.is_list) {
      std::string items;
      for (const list_item& i : f.items) items.append(items.empty() ? "" : ",").append(i.identity);
      if (!items.empty()) out += ' ' + f.key + '=' + items;
    } else {
      out += out.empty() ? f.value.en : ' ' + f.key + '=' + f.value.en;
    }
  }
  return out;
}

std::vector<field> fields_of(const state& s) { return without(listed(s), "id"); }
std::vector<field> fields_of(const variable& v) { return without(listed(v), "id"); }
std::vector<field> fields_of(const own_interrupt& i) { return listed(i); }
std::vector<field> fields_of(const service& s) { return without(listed(s), "id"); }
std::vector<field> fields_of(const faq_entry& e) {
  std::vector<field> out = without(listed(e), "id");
  for (field& f : out) {
    if (f.key == "ask") f.name = {"问法", "question"};
  }
  return out;
}

std::vector<field> fields_of(const parameter& p) {
  lister all;
  all("type", p.type);
  all("source", p.source);
  return std::move(all.out);
}

std::vector<field> fields_of(const dialog& d) {
  lister all;
  all("title", d.title);
  all("start", d.start);
  all("inputs", d.inputs);
  all("outputs", d.outputs);
  all("params", d.params);
  all("outcomes", d.outcomes);
  all("on_human", d.on_human);
  all("remind_ms", d.remind_ms);
  all("expire_ms", d.expire_ms);
  all("on_expire", d.on_expire);
  return std::move(all.out);
}

std::vector<field> fields_of(const office_hours& h) {
  if (!h.known) return {};
  constexpr std::array<std::string_view, 7> zh{"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
  constexpr std::array<std::string_view, 7> en{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  lister all;
  all("utc_offset_min", h.utc_offset_min);
  const auto clock = [](int minutes) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ':' + two(minutes % 60);
  };
  for (std::size_t day = 0; day < h.week.size(); ++day) {
    std::string spans;
    for (const auto& s : h.week[day]) {
      spans.append(spans.empty() ? "" : ", ").append(clock(s.from_min) + '-' + clock(s.to_min));
    }
    const std::string name{en[day]};
    if (!spans.empty()) all.out.push_back({name, {std::string{zh[day]}, name}, same(spans)});
  }
  all("holidays", h.holidays);
  all("workdays", h.workdays);
  return std::move(all.out);
}

std::vector<field> fields_of(const system_script& s) {
  lister all;
  all("queue", s.queue);
  for (std::size_t i = 0; i < s.texts.size(); ++i) {
    const std::string key{system_text_name(static_cast<system_text>(i))};
    all.texts(key, {"系统用语 " + key, "system text " + key}, s.texts[i]);
  }
  for (std::size_t i = 0; i < s.words.size(); ++i) {
    const std::string key{interrupt_name(static_cast<interrupt>(i))};
    field& f = all.list("words." + key);
    f.name = {"口令 " + key + " 的说法", "word for " + key};
    for (const std::string& w : s.words[i]) f.items.push_back({w, same(w), same(w), {}});
  }
  return std::move(all.out);
}

}  // namespace zhuqi::dialogs::diff
