#pragma once
// The values of one name, cut into finitely many regions within which no condition of its dialog changes: choices and bools
// exactly, ordered types at every constant and every dated value of a parameter that a condition compares them with.

#include "dialogs/cel/check.hpp"
#include "dialogs/program.hpp"
#include "dialogs/shared_tables.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace zhuqi::dialogs {

/// An expression of type bool, compiled, with what it compares.
struct condition {
  std::string source;
  source_mark where;
  std::shared_ptr<const cel::program> code;
  std::vector<std::uint32_t> reads;  ///< slots of its scope
  std::vector<cel::atom> atoms;
};

struct region {
  cel::value
      fact;  ///< stands for every value of the region; unknown where conditions tell its values apart in ways not modelled
  bool is_range = false;
  std::int64_t low = 0, high = 0;  ///< of ordered types, both ends inside
  std::string text;                ///< of all others: how it is named
};

struct domain {
  cel::kind ordered = cel::kind::unset;  ///< the kind of an ordered type; unset for others
  std::vector<region> regions;           ///< never empty
};

/// The domain of each slot of `scope`, cut for `conditions`. `outcomes`: what the called dialogs can leave behind.
std::vector<domain> cut_domains(const name_scope& scope, std::span<const parameter> parameters,
                                std::span<const condition> conditions, const std::vector<std::string>& outcomes);

/// "31–100000", "≤ 30", "本市 1 / 2": regions of one domain in words; neighbours are joined.
std::string words_of(const domain& d, std::span<const std::size_t> regions);

/// The regions of `d` that hold a value of the type.
std::vector<std::size_t> regions_within(const domain& d, const variable_type& type);

}  // namespace zhuqi::dialogs
