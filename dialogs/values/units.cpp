#include "dialogs/values/units.hpp"

namespace zhuqi::dialogs::values {
namespace {

using enum dimension;
using role = unit::role;

unit currency(std::string_view code) { return {foreign_money, code, 1, role::plain}; }
unit cents(std::string_view code) { return {foreign_money, code, decimal::scaled(1, -2), role::part}; }
unit yuan_part(int exponent) { return {money, "CNY", decimal::scaled(1, exponent), role::part}; }
unit percent_of(decimal factor, role kind = role::plain) { return {percent, "", factor, kind}; }

}  // namespace

const lexicon<unit>& unit_words() {
  static const auto words = lexicon<unit>::of_rows({
      {{count, "", 1, role::plain},
       "人|个|名|位|家|户|台|只|条|张|件|套|份|间|所|座|栋|辆|头|匹|棵|双|对|次|回|项|种|口|员|支|本|枚|页|组|批|笔|"
       "个人|人次|户次|个员工|名员工|名职工|个职工|名员|号人|多人|个人员|员工|职工|人员|家企业|家公司|项专利|件专利|"
       "者|社|つ|人です|名です|様|箇所|か所|ヶ所|명|개|곳|건|분|대|회|사람|인|개사|마리|권|"
       "people|persons|person|employees|employee|staff|workers|worker|heads|companies|company|units|unit|items|item|"
       "pieces|pcs|patents|patent|times|members|men|women|firms|firm|sites"},
      {percent_of(1),
       "%|个百分点|百分点|个点|个百分比|percent|per cent|pct|percentage points|percentage point|%p|パーセント|"
       "ポイント|%ポイント|퍼센트|퍼|프로|퍼센트포인트|% of"},
      {percent_of(decimal::scaled(1, -1)), "‰|permille|per mille|퍼밀|パーミル"},
      {percent_of(decimal::scaled(1, -2)), "个基点|基点|bp|bps|basis points|basis point|ベーシスポイント"},
      {percent_of(10, role::tenth), "成|割|할"},
      {percent_of(10, role::discount), "折"},
      {{money, "CNY", 1, role::plain},
       "元|圆|块|块钱|元钱|元整|元正|圆整|圆正|块整|人民币|元人民币|块人民币|元的人民币|人民元|中国元|rmb|cny|yuan|"
       "yuans|kuai|yuan rmb|위안|위안화|인민폐|위엔|元です"},
      {yuan_part(-1), "角|毛|毛钱|角钱|角整|jiao|mao"},
      {yuan_part(-2), "分钱|分整|fen"},
      {currency("USD"), "美元|美金|美刀|刀|usd|us dollars|us dollar|dollars|dollar|달러|불|ドル|米ドル|u.s. dollars"},
      {cents("USD"), "美分|cents|cent|센트|セント"},
      {currency("JPY"), "日元|日圆|日币|円|日本円|jpy|yen|엔|엔화"},
      {cents("JPY"), "日本銭|銭"},
      {currency("HKD"), "港币|港元|港纸|港幣|hkd|hk dollars|홍콩달러|香港ドル"},
      {currency("EUR"), "欧元|欧|eur|euro|euros|유로|ユーロ"},
      {currency("GBP"), "英镑|镑|gbp|pounds|pound|파운드|ポンド"},
      {currency("KRW"), "韩元|韩币|韩圆|krw|won|원|원화|ウォン"},
      {currency("CHF"), "瑞士法郎|法郎|chf|swiss francs|francs"},
      {currency("TWD"), "新台币|台币|twd|台湾元"},
      {currency("AUD"), "澳元|aud"},
      {currency("CAD"), "加元|cad"},
      {currency("SGD"), "新加坡元|新元|sgd"},
      {currency("RUB"), "卢布|rub|roubles|rubles"},
      {currency("BTC"), "比特币|个比特币|btc|bitcoin|bitcoins"},
      {{time, "", 1, role::plain},
       "年|个年头|周年|年间|个月|月|个月份|天|日|周|个星期|星期|个礼拜|礼拜|小时|个小时|钟头|个钟头|分钟|秒|秒钟|"
       "个工作日|"
       "工作日|个季度|季度|岁|年半|号|か月|ヶ月|カ月|ヵ月|箇月|週間|日間|時間|分間|歳|才|년|개월|달|월|일|주|주일|시간|"
       "살|세|"
       "years|year|months|month|weeks|week|days|day|hours|hour|minutes|minute|seconds|yrs|yr|quarters|quarter|"
       "years old|working days|business days"},
      {{other, "", 1, role::plain},
       "平方米|平米|m2|平方|平|亩|公顷|平方公里|吨|公斤|千克|斤|克|kg|g|t|tons|tonnes|ton|米|公里|千米|厘米|毫米|km|cm|"
       "升|千瓦|千瓦时|度|kwh|kw时|立方米|m3|点钟|度电|坪|평|제곱미터|톤|square meters|square metres|sqm|sq "
       "m|hectares|mu|"
       "倍|层|楼|級|级|℃|°c"},
  });
  return words;
}

const lexicon<unit>& unit_prefixes() {
  static const auto words = lexicon<unit>::of_rows({
      {{money, "CNY", 1, role::plain}, "¥|￥|人民币|rmb|cny|人民币:|元:|cn¥"},
      {currency("USD"), "$|us$|usd|美元"},
      {currency("HKD"), "hk$|hkd|港币"},
      {currency("EUR"), "€|eur|欧元"},
      {currency("GBP"), "£|gbp"},
      {currency("KRW"), "₩|krw"},
      {currency("JPY"), "jpy|jp¥|日元"},
      {currency("TWD"), "nt$|twd|新台币"},
      {currency("CHF"), "chf"},
  });
  return words;
}

const lexicon<decimal>& percent_prefixes() {
  static const lexicon<decimal> words{
      {"百分之", 1},
      {"千分之", decimal::scaled(1, -1)},
      {"仟分之", decimal::scaled(1, -1)},
      {"万分之", decimal::scaled(1, -2)},
      {"十万分之", decimal::scaled(1, -3)},
      {"百万分之", decimal::scaled(1, -4)},
      {"千万分之", decimal::scaled(1, -5)},
      {"亿分之", decimal::scaled(1, -6)},
      {"万万分之", decimal::scaled(1, -6)},
      {"百万万分之", decimal::scaled(1, -8)},
      {"백분의", 1},
      {"천분의", decimal::scaled(1, -1)},
      {"百分の", 1},
      {"千分の", decimal::scaled(1, -1)},
  };
  return words;
}

const lexicon<bound>& bounds_before() {
  using enum bound;
  static const auto words = lexicon<bound>::of_rows({
      {at_least,
       "至少|最少|起码|少说|少说也|不少于|不低于|不小于|不下于|不下|大于等于|大于或等于|高于或等于|最低|>=|≥|=>|"
       "at least|no less than|not less than|no fewer than|not fewer than|minimum|minimum of|a minimum of|min|min.|"
       "少なくとも|少なくても|最低でも|最小|최소|최소한|적어도|최저"},
      {more_than,
       "超过|超出|超过了|大于|多于|高于|超|逾|不止|突破|>|"
       "more than|over|above|greater than|larger than|exceeding|exceeds|in excess of|upwards of|upward of"},
      {at_most,
       "至多|最多|不超过|不会超过|没超过|没有超过|未超过|不多于|不高于|不大于|不逾|顶多|撑死|小于等于|小于或等于|"
       "低于或等于|最高|最大|<=|≤|=<|at most|no more than|not more than|up to|maximum|maximum of|a maximum of|max|max.|"
       "not over|not exceeding|not exceed|does not "
       "exceed|多くて|多くても|高々|せいぜい|최대|많아야|많아도|최고|기껏해야"},
      {less_than,
       "不到|不足|少于|小于|低于|未满|不满|未達|未到|没到|没有到|还不到|尚不足|未足|<|"
       "less than|fewer than|under|below|smaller than|lower than|short of"},
      {about,
       "大概|大约|约|约莫|约为|约有|大概有|差不多|估计|可能|可能有|大致|大体|大致有|大体上|也就|应该|应该有|好像|"
       "好像有|估摸|"
       "估算|预计|粗略|概算|~|around|about|approximately|approx|approx.|roughly|circa|ca.|maybe|probably|perhaps|"
       "estimated|i think|i "
       "guess|およそ|おおよそ|約|だいたい|大体|おおむね|概ね|多分|たぶん|약|대략|대충|한|아마|어림잡아"},
      {nearly, "近|将近|接近|快|快要|几乎|接近于|nearly|almost|close to|just under|ほぼ|거의"},
  });
  return words;
}

const lexicon<bound>& bounds_behind() {
  using enum bound;
  static const auto words = lexicon<bound>::of_rows({
      {at_least,
       "以上|及以上|或以上|及其以上|和以上|起|起步|+|或更多|以上です|이상|이상입니다|or more|and more|or above|and "
       "above|"
       "or over|and over|and up|or up|at least|minimum|or greater|upwards"},
      {more_than,
       "超|を超える|を超えて|を超えます|超え|を上回る|초과|을 넘는|를 넘는|이 넘는|가 넘는|을 넘어|를 넘어|이 넘어|을 "
       "넘게|"
       "이 넘게|를 넘게|넘는|넘게|넘음|을 초과|를 초과|开外"},
      {at_most,
       "以下|及以下|或以下|以内|之内|或更少|以下です|以内です|이하|이내|이하입니다|or less|or fewer|or below|and "
       "below|or under|を超えない|を超えません|を超えず|을 넘지 않|를 넘지 않|이 넘지 않|가 넘지 않|"
       "을 초과하지 않|를 초과하지 않|at most|max|maximum|tops|at the most|まで"},
      {less_than,
       "都不到|还不到|都没到|都没有|都不足|不足|不够|都不够|未到|没到|未満|未满|不到|未満です|に満たない|미만|"
       "미만입니다|이 안 되는|가 안 되는|이 안되는|이 안 됨|이 안 됩니다"},
      {about,
       "左右|上下|前后|前後|光景|的样子|ほど|くらい|ぐらい|程度|位です|정도|쯤|가량|내외|안팎|정도입니다|or so|or "
       "thereabouts|"
       "give or take|approximately|approx|roughly|around|吧大概"},
      {nearly, "近く|弱|가까이|에 가까운|가까운"},
      {a_bit_over, "出头|挂零|余り|あまり|남짓"},
  });
  return words;
}

const lexicon<int>& fillers() {
  static const auto words = lexicon<int>::of_rows(
      {{0, "有|是|了|为|在|达|达到|是在|有个|也有|就|到|of|the|it is|it's|is|was|:|,|是:|有:|が|は|은|는|으로|로"}});
  return words;
}

const lexicon<join>& joins() {
  static const auto words = lexicon<join>::of_rows({
      {join::to, "到|至|-|--|~|~~|to|through|until|から|より|에서|부터|乃至|ないし|내지"},
      {join::neighbours, "、|或|或者|or|か|혹은|또는"},
      {join::both, "和|与|跟|及|and|と|과|와"},
  });
  return words;
}

const lexicon<int>& range_ends() {
  static const auto words = lexicon<int>::of_rows(
      {{0, "之间|中间|间|的区间|区间|之內|の間|間|くらいの間|まで|までの間|사이|까지|사이입니다"}});
  return words;
}

const lexicon<int>& range_starts() {
  static const auto words = lexicon<int>::of_rows({{0, "between|anywhere between|介于|在|从|from|anywhere from"}});
  return words;
}

}  // namespace zhuqi::dialogs::values
