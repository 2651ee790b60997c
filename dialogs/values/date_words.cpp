#include "dialogs/values/date_words.hpp"

namespace zhuqi::dialogs::values {

using enum date_word;

namespace {

constexpr std::pair<date_mark, std::string_view> rows[] = {
    {{day_offset, 0}, "今天|今日|本日|当天|today|きょう|오늘|금일"},
    {{day_offset, -1}, "昨天|昨日|昨儿|yesterday|きのう|어제|작일"},
    {{day_offset, -2}, "前天|前日|the day before yesterday|day before yesterday|おととい|一昨日|그저께|그제|엊그제"},
    {{day_offset, -3}, "大前天|さきおととい|그끄저께"},
    {{day_offset, 1}, "明天|明日|明儿|tomorrow|あした|あす|내일|익일"},
    {{day_offset, 2}, "后天|the day after tomorrow|day after tomorrow|あさって|明后日|모레"},
    {{day_offset, 3}, "大后天|しあさって|글피"},
    {{year_offset, 0}, "今年|本年|本年度|今年度|当年|this year|올해|금년"},
    {{year_offset, -1}, "去年|上年|上一年|上年度|昨年|旧年|last year|작년|지난해|전년|지난 해"},
    {{year_offset, -2}, "前年|一昨年|おととし|the year before last|재작년|지지난해"},
    {{year_offset, -3}, "大前年"},
    {{year_offset, 1}, "明年|来年|下一年|next year|내년|다음 해|다음해"},
    {{year_offset, 2}, "后年|再来年|내후년|the year after next"},
    {{month_offset, 0}, "本月|这个月|当月|这月|今月|this month|이번 달|이번달|이달|금월"},
    {{month_offset, -1}, "上个月|上月|先月|前月|last month|지난달|지난 달|전월"},
    {{month_offset, -2}, "上上个月|上上月|先々月|지지난달|the month before last"},
    {{month_offset, 1}, "下个月|下月|来月|翌月|next month|다음 달|다음달|내달"},
    {{month_offset, 2}, "下下个月|下下月|再来月|다다음 달|다다음달"},
    {{week_offset, 0}, "本周|这周|这个周|这个星期|这星期|这礼拜|这个礼拜|今週|this week|이번 주|이번주|금주"},
    {{week_offset, -1}, "上周|上个周|上星期|上个星期|上礼拜|上个礼拜|先週|last week|지난주|지난 주|저번 주|저번주"},
    {{week_offset, -2}, "上上周|上上个星期|上上星期|上上礼拜|先々週|지지난주"},
    {{week_offset, 1}, "下周|下个周|下星期|下个星期|下礼拜|下个礼拜|来週|next week|다음 주|다음주"},
    {{week_offset, 2}, "下下周|下下个星期|下下星期|下下礼拜|再来週|다다음 주|다다음주"},
    {{weekday, 1}, "周一|星期一|礼拜一|一|月曜日|月曜|월요일|monday|mon"},
    {{weekday, 2}, "周二|星期二|礼拜二|二|火曜日|火曜|화요일|tuesday|tue|tues"},
    {{weekday, 3}, "周三|星期三|礼拜三|三|水曜日|水曜|수요일|wednesday|wed"},
    {{weekday, 4}, "周四|星期四|礼拜四|四|木曜日|木曜|목요일|thursday|thu|thur|thurs"},
    {{weekday, 5}, "周五|星期五|礼拜五|五|金曜日|金曜|금요일|friday|fri"},
    {{weekday, 6}, "周六|星期六|礼拜六|六|土曜日|土曜|토요일|saturday|sat"},
    {{weekday, 7}, "周日|周天|星期日|星期天|礼拜日|礼拜天|日|天|日曜日|日曜|일요일|sunday|sun"},
    {{relation, -1}, "last|past|上一个|지난"},
    {{relation, 0}, "this|这个|이번"},
    {{relation, 1}, "next|coming|下一个|다음"},
    {{month_name, 1}, "january|jan|jan."},
    {{month_name, 2}, "february|feb|feb."},
    {{month_name, 3}, "march|mar|mar."},
    {{month_name, 4}, "april|apr|apr."},
    {{month_name, 5}, "may"},
    {{month_name, 6}, "june|jun|jun."},
    {{month_name, 7}, "july|jul|jul."},
    {{month_name, 8}, "august|aug|aug."},
    {{month_name, 9}, "september|sept|sep|sept.|sep."},
    {{month_name, 10}, "october|oct|oct."},
    {{month_name, 11}, "november|nov|nov."},
    {{month_name, 12}, "december|dec|dec."},
    {{era, 2018}, "令和|레이와|reiwa"},
    {{era, 1988}, "平成|헤이세이|heisei"},
    {{era, 1925}, "昭和|쇼와|showa"},
    {{era, 1911}, "民国"},
    {{era, 0}, "公元|西元|西历|西暦|서기"},
    {{lunar, 0}, "农历|阴历|旧历|旧暦|음력|大年|lunar"},
    {{lunar, 1}, "初"},
    {{lunar_month, 1}, "正月"},
    {{lunar_month, 11}, "冬月"},
    {{lunar_month, 12}, "腊月"},
    {{first_year, 1}, "元年"},
    {{month_end, 0}, "底|末|月底|月末|末日|말일|말|の末"},
    {{year_end, 12}, "年底|年末|岁末|연말|年终"},
    {{year_start, 1}, "年初|年始|연초"},
    {{half_year, 1}, "上半年|上期|上半期|상반기|first half"},
    {{half_year, 2}, "下半年|下期|下半期|하반기|second half"},
    {{quarter, 1}, "一季度|第一季度|1季度|q1|第1四半期|第一四半期|1분기|first quarter"},
    {{quarter, 2}, "二季度|第二季度|2季度|q2|第2四半期|第二四半期|2분기|second quarter"},
    {{quarter, 3}, "三季度|第三季度|3季度|q3|第3四半期|第三四半期|3분기|third quarter"},
    {{quarter, 4}, "四季度|第四季度|4季度|q4|第4四半期|第四四半期|4분기|fourth quarter"},
    {{glue, 0}, "的|の|of|the|, |,|年の|년의|의|份|in"},
};

}  // namespace

const lexicon<date_mark>& date_words() {
  static const auto words = lexicon<date_mark>::of_rows(rows);
  return words;
}

const lexicon<date_unit>& date_units() {
  static const auto words = lexicon<date_unit>::of_rows({
      {date_unit::year, "年|年度|년|년도|years|year"},
      {date_unit::month, "月|月份|월|월분"},
      {date_unit::month_count, "个月|か月|ヶ月|カ月|箇月|개월|달|months|month"},
      {date_unit::day, "日|号|日号|일|天|日間|days|day|번째 날"},
      {date_unit::week, "周|个星期|星期|个礼拜|礼拜|週間|주|주일|weeks|week"},
      {date_unit::ordinal, "st|nd|rd|th"},
  });
  return words;
}

const lexicon<int>& date_shifts() {
  static const auto words =
      lexicon<int>::of_rows({{-1, "前|以前|之前|ago|전|before now|earlier"}, {1, "后|以后|之后|later|후|뒤|from now"}});
  return words;
}

const lexicon<date_bound>& date_bounds_behind() {
  static const auto words = lexicon<date_bound>::of_rows({
      {date_bound::before, "以前|之前|前|より前|이전|전"},
      {date_bound::until, "为止|截止|まで|까지|or earlier"},
      {date_bound::from, "起|以来|开始|至今|から|以降|부터|이후|or later|onwards|onward|以后|之后"},
      {date_bound::after, "后|より后|후|넘어서"},
  });
  return words;
}

const lexicon<date_bound>& date_bounds_before() {
  static const auto words = lexicon<date_bound>::of_rows({
      {date_bound::before, "before|earlier than|prior to|早于"},
      {date_bound::until, "until|till|by|up to|截至|截止|不晚于|no later than"},
      {date_bound::from, "since|from|starting|不早于|no earlier than|自从|自|从"},
      {date_bound::after, "after|later than|晚于"},
  });
  return words;
}

}  // namespace zhuqi::dialogs::values
