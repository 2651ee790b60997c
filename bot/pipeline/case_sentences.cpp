#include "bot/pipeline/case_sentences.hpp"

#include "bot/base/placeholders.hpp"
#include "dialogs/casework/clocks.hpp"

#include <array>
#include <chrono>
#include <vector>

namespace zhuqi::pipeline {
namespace {

namespace cw = dialogs::casework;
using dialogs::lang;

/// One text for each language, in the order of `lang`. {0} is the case, {1} the unit, {2} the day.
using wording = std::array<std::string_view, 4>;
std::string_view in(const wording& w, lang l) { return w[static_cast<std::size_t>(l)]; }

constexpr wording titled{"您的诉求「{0}」", "Your case \"{0}\"", "お申し出「{0}」", "귀사의 민원 「{0}」"};
constexpr wording untitled{"该办件", "The case", "この案件", "해당 민원"};
constexpr wording some_unit{"承办单位", "the department in charge", "担当部署", "담당 부서"};

constexpr wording draft{"{0}尚未提交。", "{0} has not been submitted yet.", "{0}はまだ提出されていません。",
                        "{0}은(는) 아직 제출되지 않았습니다."};
constexpr wording to_accept{
    "{0}已收到，正在等待受理，预计 {2}前受理。", "{0} was received and waits to be accepted, by {2}.",
    "{0}は届いており、{2}までに受理される見込みです。", "{0}은(는) 접수 대기 중이며 {2}까지 수리될 예정입니다."};
constexpr wording decline_review{"{0}已收到，正在核定是否属于受理范围，预计 {2}前告知。",
                                 "{0} was received; whether it can be accepted is decided by {2}.",
                                 "{0}は届いており、受理の可否を {2}までにお知らせします。",
                                 "{0}은(는) 수리 가능 여부를 {2}까지 알려 드립니다."};
constexpr wording to_dispatch{"{0}已受理，正在确定承办单位，预计 {2}前答复。",
                              "{0} was accepted and is being assigned to a department; an answer is due by {2}.",
                              "{0}は受理され、担当部署を決めています。{2}までに回答する見込みです。",
                              "{0}은(는) 수리되어 담당 부서를 정하는 중이며 {2}까지 답변 예정입니다."};
constexpr wording to_sign{"{0}已转交{1}，正在等待其签收，预计 {2}前答复。",
                          "{0} was passed to {1}, which has to sign for it; an answer is due by {2}.",
                          "{0}は{1}に回付され、受領待ちです。{2}までに回答する見込みです。",
                          "{0}은(는) {1}에 이관되어 확인을 기다리는 중이며 {2}까지 답변 예정입니다."};
constexpr wording in_progress{"{0}正在由{1}办理，预计 {2}前答复。",
                              "{0} is being handled by {1}; an answer is due by {2}.",
                              "{0}は{1}が対応しています。{2}までに回答する見込みです。",
                              "{0}은(는) {1}에서 처리 중이며 {2}까지 답변 예정입니다."};
constexpr wording late{
    "{0}正在由{1}办理，已超过 {2}的答复时限，平台正在督促，很抱歉让您久等。",
    "{0} is with {1} and is past its due day, {2}. We are pressing for an answer and are sorry for the wait.",
    "{0}は{1}が対応していますが、回答期限の {2}を過ぎました。督促しております。お待たせして申し訳ございません。",
    "{0}은(는) {1}에서 처리 중이나 답변 기한인 {2}이(가) 지났습니다. 독촉하고 있습니다. 기다리게 해 드려 죄송합니다."};
constexpr wording supplement{"{0}需要您补充材料，请在 {2}前提交；材料补齐后继续办理。",
                             "{0} needs papers from you by {2}; it goes on once they are there.",
                             "{0}には追加資料が必要です。{2}までにご提出ください。揃い次第、手続きを再開します。",
                             "{0}에는 추가 자료가 필요합니다. {2}까지 제출해 주시면 처리를 재개합니다."};
constexpr wording held{"{0}因法定事由暂停办理，恢复后会继续并告知您。",
                       "{0} is on hold for a reason set by law; it goes on afterwards and you will be told.",
                       "{0}は法定の事由により一時停止しています。再開後にお知らせします。",
                       "{0}은(는) 법정 사유로 잠시 중단되었으며 재개되면 알려 드립니다."};
constexpr wording parked{"{0}目前暂不具备解决条件，{1}将在 {2}前重新研究。",
                         "{0} cannot be solved at present; {1} looks at it again by {2}.",
                         "{0}は現時点では解決の条件が整っておらず、{1}が {2}までに再検討します。",
                         "{0}은(는) 현재 해결 여건이 갖춰지지 않아 {1}에서 {2}까지 다시 검토합니다."};
constexpr wording to_review{"{0}已由{1}办理，答复正在审核，预计 {2}前答复。",
                            "{0} was handled by {1}; the answer is under review and due by {2}.",
                            "{0}は{1}が対応し、回答を確認中です。{2}までに回答する見込みです。",
                            "{0}은(는) {1}에서 처리하였고 답변을 검토 중이며 {2}까지 답변 예정입니다."};
constexpr wording answered{
    "{0}已由{1}答复。欢迎评价；没有解决的，可以要求重新办理。",
    "{0} was answered by {1}. Please rate it; if it is not solved, you can ask for it to be taken up again.",
    "{0}には{1}が回答しました。ご評価ください。解決していない場合は、再対応を求めることができます。",
    "{0}에 대해 {1}에서 답변하였습니다. 평가해 주시고, 해결되지 않았다면 재처리를 요청하실 수 있습니다."};
constexpr wording closed{"{0}已办结。", "{0} is closed.", "{0}は完了しました。", "{0}은(는) 처리 완료되었습니다."};
constexpr wording declined{"{0}不属受理范围，理由和其他办理渠道已告知。",
                           "{0} could not be accepted; you were told why and where to turn.",
                           "{0}は受理の対象外です。理由と相談先をお知らせ済みです。",
                           "{0}은(는) 수리 대상이 아니며, 사유와 다른 창구를 안내해 드렸습니다."};
constexpr wording withdrawn{"{0}已按您的要求撤回。", "{0} was withdrawn at your request.",
                            "{0}はご要望により取り下げられました。", "{0}은(는) 요청에 따라 철회되었습니다."};
constexpr wording lapsed{"{0}因未在期限内补充材料已终止，可以重新提交。",
                         "{0} ended because papers did not come in time; you can submit it again.",
                         "{0}は期限内に資料が提出されなかったため終了しました。再提出できます。",
                         "{0}은(는) 기한 내 자료가 제출되지 않아 종료되었습니다. 다시 제출하실 수 있습니다."};

const wording& end_words(const cw::case_file& c) {
  switch (c.outcome) {
    case cw::outcome::declined: return declined;
    case cw::outcome::withdrawn: return withdrawn;
    case cw::outcome::lapsed: return lapsed;
    default: return closed;
  }
}

const wording& words_of(const cw::case_file& c) {
  switch (c.state) {
    case cw::case_state::draft: return draft;
    case cw::case_state::to_accept: return to_accept;
    case cw::case_state::decline_review: return decline_review;
    case cw::case_state::to_dispatch:
    case cw::case_state::return_ruling: return to_dispatch;
    case cw::case_state::to_sign: return to_sign;
    case cw::case_state::in_progress: return in_progress;
    case cw::case_state::suspended: return c.ground == cw::suspend_ground::statutory ? held : supplement;
    case cw::case_state::parked: return parked;
    case cw::case_state::to_review: return to_review;
    case cw::case_state::to_call_back: return answered;
    case cw::case_state::closed:
    case cw::case_state::archived: return end_words(c);
  }
  return closed;
}

/// The clock whose due day the sentence names.
const cw::case_clock* clock_of(const cw::case_file& c) {
  using k = cw::clock_kind;
  switch (c.state) {
    case cw::case_state::to_accept: return cw::find_clock(c, k::acceptance);
    case cw::case_state::decline_review: return cw::find_clock(c, k::decline);
    case cw::case_state::suspended: return cw::find_clock(c, k::supplement);
    case cw::case_state::parked: return cw::find_clock(c, k::parked);
    default: break;
  }
  const auto* again = cw::find_clock(c, k::rectify);
  return cw::is_running(again) ? again : cw::find_clock(c, k::resolution);
}

bool is_with_department(cw::case_state s) {
  return s == cw::case_state::to_dispatch || s == cw::case_state::return_ruling || s == cw::case_state::to_sign ||
         s == cw::case_state::in_progress || s == cw::case_state::to_review;
}

}  // namespace

std::string day_in_words(unix_ms at, lang l, const cw::working_calendar& calendar) {
  const auto day = calendar.local_day_of(at);
  const std::chrono::year_month_day ymd{day};
  const auto weekday = std::chrono::weekday{day}.c_encoding();
  constexpr std::array<wording, 7> weekdays{{{"周日", "Sun", "日", "일"},
                                             {"周一", "Mon", "月", "월"},
                                             {"周二", "Tue", "火", "화"},
                                             {"周三", "Wed", "水", "수"},
                                             {"周四", "Thu", "木", "목"},
                                             {"周五", "Fri", "金", "금"},
                                             {"周六", "Sat", "土", "토"}}};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr wording form{"{0}月{1}日（{2}）", "{2} {1} {3}", "{0}月{1}日（{2}）", "{0}월 {1}일({2})"};
  const auto month = static_cast<unsigned>(ymd.month());
  const std::vector<std::string> args{std::to_string(month), std::to_string(static_cast<unsigned>(ymd.day())),
                                      std::string{in(weekdays[weekday], l)}, std::string{months[month - 1]}};
  return text::filled(in(form, l), args);
}

std::string progress_sentence(const cw::case_file& c, std::string_view title, std::string_view unit, lang l,
                              unix_ms now, const cw::working_calendar& calendar) {
  const auto* clock = clock_of(c);
  const bool overdue = is_with_department(c.state) && cw::is_running(clock) && clock->due < now;
  const std::vector<std::string> name{std::string{title}};
  const std::vector<std::string> args{
      text::filled(in(title.empty() ? untitled : titled, l), name),
      unit.empty() ? std::string{in(some_unit, l)} : std::string{unit},
      clock == nullptr ? std::string{} : day_in_words(clock->due, l, calendar),
  };
  return text::filled(in(overdue ? late : words_of(c), l), args);
}

std::string opened_sentence(std::string_view number, lang l) {
  constexpr wording words{
      "已为您登记，受理编号 {0}，请妥善保存。可随时回复「查进度」了解办理情况。",
      "Your case was registered under the number {0}; please keep it. Reply \"progress\" to ask how it stands.",
      "お申し出を登録しました。受付番号は {0} です。大切に保管してください。「進捗」と返信すると状況を確認できます。",
      "민원이 등록되었습니다. 접수 번호는 {0}입니다. 「진행 상황」이라고 답장하시면 처리 상황을 확인하실 수 있습니다."};
  const std::vector<std::string> args{std::string{number}};
  return text::filled(in(words, l), args);
}

std::string progress_line(const cw::case_file& c, std::string_view title, lang l) {
  constexpr wording open{"办理中", "in progress", "対応中", "처리 중"};
  constexpr wording done{"已答复", "answered", "回答済み", "답변 완료"};
  constexpr wording over{"已办结", "closed", "完了", "처리 완료"};
  constexpr wording yours{"待您补充材料", "waits for your papers", "資料待ち", "자료 제출 대기"};
  const wording* state = &open;
  if (c.state == cw::case_state::to_call_back) state = &done;
  if (c.state == cw::case_state::closed || c.state == cw::case_state::archived) state = &over;
  if (c.state == cw::case_state::suspended && c.ground != cw::suspend_ground::statutory) state = &yours;
  std::string out = c.what.number;
  if (!title.empty()) out.append(" ").append(title);
  return out.append(l == lang::en || l == lang::ko ? ": " : "：").append(in(*state, l));
}

}  // namespace zhuqi::pipeline
