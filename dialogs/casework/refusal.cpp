// The table of refusals. {0}, {1} are the refusal's args.
#include "dialogs/casework/refusal.hpp"

#include "bot/base/placeholders.hpp"

#include <array>

namespace zhuqi::dialogs::casework {
namespace {

struct row {
  refusal_rule rule;
  std::string_view id, zh, en;
};

using r = refusal_rule;

constexpr std::array rows{
    row{r::wrong_state, "wrong-state", "工单现为「{0}」，不能{1}。请刷新后按当前状态办理。",
        "The case is in the state \"{0}\"; \"{1}\" is not possible there. Reload it and act on its present state."},
    row{r::wrong_role, "wrong-role", "「{0}」不能由{1}办理，请由{2}办理。",
        "\"{0}\" is not for the role {1}; ask one of: {2}."},
    row{r::wrong_seat, "wrong-seat", "您不在可办理此事项的单位或地区，请联系主办单位{0}（{1}）。",
        "You are not of the department or region that may do this; ask the leading department {0} ({1})."},
    row{r::missing_field, "missing-field", "「{0}」需要填写：{1}。请补填后再提交。",
        "\"{0}\" needs: {1}. Fill it in and submit again."},
    row{r::text_too_long, "text-too-long", "内容超过 {0} 字节，请精简，长材料请作为附件上传。",
        "The text is over {0} bytes; shorten it and attach long papers as files."},
    row{r::bad_unit, "bad-unit", "单位或地区代码「{0}」无效，请从组织机构中选择。",
        "The unit or region code \"{0}\" is not valid; choose one of the organisation's."},
    row{r::bad_days, "bad-days", "工作日数应在 1 至 {0} 之间，请修改。",
        "The number of working days must be from 1 to {0}; change it."},
    row{r::bad_until, "bad-until", "日期应晚于现在且在一年之内，请重新选择。",
        "The date must lie ahead and within a year; choose another."},
    row{r::same_person, "same-person", "拟稿人不能审核自己的稿件，请由其他审核领导办理。",
        "Nobody reviews what he wrote himself; ask another reviewing leader."},
    row{r::handled_it, "handled-it", "承办人不能回访自己办理的工单，请由其他回访员办理。",
        "The one who handled a case does not call back on it; ask another call-back officer."},
    row{r::same_unit, "same-unit", "工单已在{0}（{1}），请选择其他单位。",
        "{0} ({1}) has the case already; choose another unit."},
    row{r::return_limit, "return-limit", "本单已退单 {0} 次，不能再退。请签收办理；职责确有争议的，报督办员审定。",
        "The case was returned {0} times and cannot be returned again. Sign for it, and bring a dispute on competence "
        "to the supervisor."},
    row{r::return_too_late, "return-too-late", "签收时限已过，视同接受，不能退单。请签收；确不属本单位职责的，请转办。",
        "The time to sign is over, which counts as acceptance. Sign for it; if another department is competent, "
        "transfer it."},
    row{r::transfer_limit, "transfer-limit", "本单已转办 {0} 次，不能再由单位之间转办。请报督办员指定主办单位。",
        "The case was transferred {0} times; departments cannot pass it on again. Ask the supervisor to name the "
        "department."},
    row{r::lead_cannot_assist, "lead-cannot-assist", "主办单位不能同时协办，请选择其他单位。",
        "The leading department cannot assist itself; choose another unit."},
    row{r::assist_twice, "assist-twice", "{0}已在协办，请等待其答复，或先解除协办再重新请求。",
        "{0} is assisting already; wait for the answer, or release it before you ask again."},
    row{r::assist_limit, "assist-limit", "协办单位已达 {0} 个上限，请改为提级召开联席会议。",
        "There are {0} assisting units, which is the limit; escalate the case to a joint meeting instead."},
    row{r::assist_too_long, "assist-too-long", "协办时限晚于主办时限，请缩短协办工作日数，或先申请延期。",
        "The assistance would be due after the case itself; shorten it, or ask for an extension first."},
    row{r::no_such_assist, "no-such-assist", "{0}没有未答复的协办，请核对单位。",
        "{0} has no open assistance here; check the unit."},
    row{r::assist_open, "assist-open", "还有 {0} 个协办单位未答复，请等待答复或解除协办后再提交。",
        "{0} assisting units have not answered; wait for them or release them before you submit."},
    row{r::extension_pending, "extension-pending", "已有延期申请待审批，请先办结该申请。",
        "An extension is waiting for its decision; have it decided first."},
    row{r::no_extension, "no-extension", "没有待审批的延期申请，请由承办人先申请。",
        "No extension is waiting for a decision; the handler has to ask for one first."},
    row{r::extension_limit, "extension-limit", "本单已延期 {0} 次，不能再延。请按期答复，或报请挂账、提级。",
        "The case was extended {0} times, which is the limit. Answer in time, or ask for it to be parked or "
        "escalated."},
    row{r::extension_too_late, "extension-too-late",
        "距时限不足，延期须至少提前 {0} 分钟工作时间申请。请按期答复，或报请提级。",
        "It is too late: an extension is asked for at least {0} working minutes ahead. Answer in time, or have the "
        "case "
        "escalated."},
    row{r::supplement_once, "supplement-once",
        "补正只能一次性告知，本单已告知过。请据现有材料办理，或请企业作容缺承诺。",
        "Papers are asked for once, and this case has been. Go on with what is there, or let the enterprise promise "
        "the rest."},
    row{r::supplement_late, "supplement-late",
        "签收已满 {0} 个工作日，逾期未告知补正即视为材料齐全。请据现有材料办理。",
        "{0} working days after the signature the papers count as complete. Go on with what is there."},
    row{r::promise_dishonest, "promise-dishonest", "该企业在失信名单内，不适用容缺受理。请一次性告知补正。",
        "The enterprise is on the list of dishonest ones, so papers cannot be promised. Ask for them to be mended."},
    row{r::promise_too_long, "promise-too-long", "容缺补齐期限不得晚于办结时限，请改为较早的日期。",
        "Promised papers may not come later than the case is due; choose an earlier date."},
    row{r::cannot_lapse, "cannot-lapse", "依法中止的工单不能逾期终止，中止原因消除后请恢复办理。",
        "A case that is stayed by law does not lapse; resume it when the reason has gone."},
    row{r::not_lapsed_yet, "not-lapsed-yet", "补齐期限未到，不能终止。请等待，或恢复办理。",
        "The time to supplement is not over; wait, or resume the case."},
    row{r::already_urgent, "already-urgent", "本单已在绿色通道，需要加快请催办或督办。",
        "The case is on the urgent track already; urge or supervise it instead."},
    row{r::redo_limit, "redo-limit", "本单已重办 {0} 次，不能再退回重办。请提级重办，或说明后办结。",
        "The case had {0} more rounds, which is the limit. Escalate it, or close it with an explanation."},
    row{r::redo_left, "redo-left", "本单还可退回重办，请先退回重办，不能直接说明后办结。",
        "Another round is still possible; send the case back before you close it with an explanation."},
    row{r::not_disputed, "not-disputed", "企业没有提出不满意，不能提级重办。请回访后办理。",
        "The enterprise did not object, so there is no dispute to escalate. Call back first."},
    row{r::not_answered, "not-answered", "本单未作实体答复（{0}），不能评价或要求重办。如有新诉求，请另行提交。",
        "The case was not answered in substance ({0}), so it is neither rated nor reopened. File a new case instead."},
    row{r::already_rated, "already-rated", "本次办理已评价，一事一评。如仍未解决，请要求重办。",
        "This round is rated already. If the matter is not solved, ask for the case to be reopened."},
    row{r::reopened_before, "reopened-before", "本单已重办过一次。如仍未解决，请另行提交，并注明原工单号。",
        "The case was reopened once before. File a new case and name this one's number."},
    row{r::reopened_late, "reopened-late", "重办受理期已过。请另行提交，并注明原工单号。",
        "The time to reopen is over. File a new case and name this one's number."},
    row{r::still_retained, "still-retained", "重办受理期未满，暂不能归档，请期满后再办。",
        "The enterprise may still have the case reopened; archive it when that time is over."},
    row{r::urged_before, "urged-before", "您在 24 小时内已催办过，承办单位已收到。如情况紧急，请转人工说明。",
        "You urged within the last 24 hours and the department knows. If it is urgent, tell an official."},
    row{r::supervision_open, "supervision-open", "上一次督办尚未回复，请等待回复或先解除督办。",
        "The supervision before is not answered; wait for the answer or end it first."},
    row{r::no_supervision, "no-supervision", "本单没有待办的督办，无需此操作。",
        "No supervision of this case is open; nothing is to be done."},
    row{r::top_level, "top-level", "本单已由领导包案，不能再提级。请督办。",
        "A leader has taken the case on; there is no higher level. Supervise it instead."},
    row{r::nothing_changed, "nothing-changed", "日历版本未变，无需重算时限。",
        "The calendar is the same; no deadline has to be counted anew."},
    row{r::no_alarm_yet, "no-alarm-yet", "该时限没有到预警时点，无需预警。",
        "No alarm of this clock has come yet; nothing is to be raised."},
};

static_assert(rows.size() == refusal_rules);

}  // namespace

std::string_view id_of(refusal_rule rule) { return rows[static_cast<std::size_t>(rule)].id; }

std::string sentence(const refusal& why, lang l) {
  const row& of = rows[static_cast<std::size_t>(why.rule)];
  return l == lang::zh_cn ? text::filled(of.zh, why.args_zh) : text::filled(of.en, why.args_en);
}

}  // namespace zhuqi::dialogs::casework
