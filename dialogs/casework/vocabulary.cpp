// The tables of names. Chinese is what officials and enterprises read first.
#include "dialogs/casework/vocabulary.hpp"

#include <array>

namespace zhuqi::dialogs::casework {
namespace {

constexpr std::array case_state_names{
    name_row{"draft", "草稿", "Draft"},
    name_row{"to_accept", "待受理", "Waiting for acceptance"},
    name_row{"decline_review", "不予受理审批中", "Refusal under review"},
    name_row{"to_dispatch", "待派单", "Waiting for dispatch"},
    name_row{"to_sign", "待签收", "Waiting for signature"},
    name_row{"return_ruling", "退单审定中", "Return under ruling"},
    name_row{"in_progress", "办理中", "In progress"},
    name_row{"suspended", "挂起", "Suspended"},
    name_row{"parked", "挂账", "Parked"},
    name_row{"to_review", "待审核", "Waiting for review"},
    name_row{"to_call_back", "已答复待回访", "Answered, waiting for call-back"},
    name_row{"closed", "办结", "Closed"},
    name_row{"archived", "归档", "Archived"},
};
constexpr std::array role_names{
    name_row{"enterprise", "企业", "Enterprise"},
    name_row{"agent", "坐席", "Desk agent"},
    name_row{"dispatcher", "派单员", "Dispatcher"},
    name_row{"liaison", "承办单位联络员", "Department liaison"},
    name_row{"handler", "承办人", "Handler"},
    name_row{"reviewer", "审核领导", "Reviewing leader"},
    name_row{"supervisor", "督办员", "Supervisor"},
    name_row{"call_back_officer", "回访员", "Call-back officer"},
    name_row{"specialist", "企业服务专员", "Enterprise specialist"},
    name_row{"system", "系统", "System"},
};
constexpr std::array action_names{
    name_row{"open", "登记", "Open"},
    name_row{"file", "提交", "File"},
    name_row{"discard", "作废", "Discard"},
    name_row{"accept", "受理", "Accept"},
    name_row{"ask_decline", "拟不予受理", "Propose to decline"},
    name_row{"confirm_decline", "同意不予受理", "Agree to decline"},
    name_row{"reject_decline", "不同意不予受理", "Refuse to decline"},
    name_row{"dispatch", "派单", "Dispatch"},
    name_row{"expedite", "转绿色通道", "Put on the urgent track"},
    name_row{"sign", "签收", "Sign for"},
    name_row{"return_case", "退单", "Return"},
    name_row{"uphold_return", "同意退单并改派", "Uphold the return and dispatch anew"},
    name_row{"overrule_return", "维持原派单", "Overrule the return"},
    name_row{"assign", "指定承办人", "Assign a handler"},
    name_row{"contact", "首次联系企业", "Contact the enterprise"},
    name_row{"inform", "阶段性答复", "Inform the enterprise"},
    name_row{"transfer", "转办", "Transfer"},
    name_row{"ask_assist", "请求协办", "Ask for assistance"},
    name_row{"answer_assist", "协办答复", "Answer as assistant"},
    name_row{"release_assist", "解除协办", "Release the assistant"},
    name_row{"suspend", "挂起", "Suspend"},
    name_row{"supplement", "补充材料", "Supplement"},
    name_row{"resume", "恢复办理", "Resume"},
    name_row{"lapse", "逾期终止", "End after the time lapsed"},
    name_row{"ask_extension", "申请延期", "Ask for an extension"},
    name_row{"approve_extension", "同意延期", "Grant the extension"},
    name_row{"reject_extension", "不同意延期", "Refuse the extension"},
    name_row{"park", "挂账", "Park"},
    name_row{"unpark", "挂账恢复", "Take up again"},
    name_row{"submit_reply", "提交答复", "Submit the reply"},
    name_row{"approve_reply", "审核通过", "Approve the reply"},
    name_row{"reject_reply", "审核退回", "Send the reply back"},
    name_row{"confirm_solved", "确认解决", "Confirm as solved"},
    name_row{"redo", "退回重办", "Send back for a second round"},
    name_row{"rate", "评价", "Rate"},
    name_row{"reopen", "要求重办", "Reopen"},
    name_row{"close_disputed", "说明后办结", "Close with an explanation"},
    name_row{"urge", "催办", "Urge"},
    name_row{"supervise", "督办", "Supervise"},
    name_row{"answer_supervision", "督办回复", "Answer the supervision"},
    name_row{"end_supervision", "解除督办", "End the supervision"},
    name_row{"escalate", "提级", "Escalate"},
    name_row{"escalate_dispute", "提级重办", "Escalate into another round"},
    name_row{"withdraw", "撤回", "Withdraw"},
    name_row{"archive", "归档", "Archive"},
    name_row{"raise_alarm", "预警", "Raise an alarm"},
    name_row{"recalculate", "重算时限", "Count the deadlines anew"},
};
constexpr std::array clock_kind_names{
    name_row{"draft", "草稿保留", "Draft kept"},
    name_row{"acceptance", "受理", "Acceptance"},
    name_row{"decline", "不予受理审批", "Review of a refusal"},
    name_row{"dispatch", "派单", "Dispatch"},
    name_row{"signing", "签收", "Signature"},
    name_row{"first_response", "首次联系", "First response"},
    name_row{"resolution", "办结", "Resolution"},
    name_row{"unit", "承办", "Department"},
    name_row{"ruling", "退单审定", "Ruling on a return"},
    name_row{"extension", "延期审批", "Decision on an extension"},
    name_row{"assist", "协办", "Assistance"},
    name_row{"supplement", "补正或容缺", "Supplement"},
    name_row{"parked", "挂账复核", "Look at a parked case"},
    name_row{"review", "审核", "Review"},
    name_row{"call_back", "回访", "Call-back"},
    name_row{"rectify", "差评整改", "Second round"},
    name_row{"supervision", "督办回复", "Answer to a supervision"},
    name_row{"retention", "重办受理期", "Time to reopen"},
};
constexpr std::array track_names{
    name_row{"ordinary", "普通", "Ordinary"},
    name_row{"urgent", "绿色通道", "Urgent"},
};
constexpr std::array difficulty_names{
    name_row{"simple", "简单", "Simple"},
    name_row{"normal", "一般", "Normal"},
    name_row{"complex", "复杂", "Complex"},
};
constexpr std::array outcome_names{
    name_row{"none", "未办结", "Open"},           name_row{"answered", "已答复", "Answered"},
    name_row{"declined", "不予受理", "Declined"}, name_row{"withdrawn", "企业撤回", "Withdrawn"},
    name_row{"lapsed", "逾期终止", "Lapsed"},     name_row{"discarded", "作废", "Discarded"},
};
constexpr std::array rating_names{
    name_row{"very_dissatisfied", "非常不满意", "Very dissatisfied"},
    name_row{"dissatisfied", "不满意", "Dissatisfied"},
    name_row{"fair", "基本满意", "Fair"},
    name_row{"satisfied", "满意", "Satisfied"},
    name_row{"very_satisfied", "非常满意", "Very satisfied"},
};
constexpr std::array suspend_ground_names{
    name_row{"supplement", "补正材料", "Papers to be mended"},
    name_row{"promise", "容缺补齐", "Papers promised"},
    name_row{"statutory", "依法中止", "Stayed by law"},
};
constexpr std::array assist_status_names{
    name_row{"asked", "待协办", "Asked"},
    name_row{"answered", "已答复", "Answered"},
    name_row{"released", "已解除", "Released"},
};
constexpr std::array custody_kind_names{
    name_row{"received", "首接", "Received"},
    name_row{"dispatched", "派单", "Dispatched"},
    name_row{"redispatched", "改派", "Dispatched anew"},
    name_row{"transferred", "转办", "Transferred"},
};
constexpr std::array clock_status_names{
    name_row{"running", "计时中", "Running"},
    name_row{"paused", "暂停", "Paused"},
    name_row{"stopped", "已停止", "Stopped"},
};
constexpr std::array clock_op_names{
    name_row{"started", "开始计时", "Started"}, name_row{"stopped", "停止计时", "Stopped"},
    name_row{"paused", "暂停计时", "Paused"},   name_row{"resumed", "恢复计时", "Resumed"},
    name_row{"moved", "时限变更", "Moved"},     name_row{"alarmed", "已预警", "Alarm raised"},
};
constexpr std::array limit_unit_names{
    name_row{"working_ms", "工作时间", "Working time"},
    name_row{"working_days", "工作日", "Working days"},
    name_row{"clock_ms", "自然时间", "Clock time"},
};
constexpr std::array rung_names{
    name_row{"owner", "经办", "Handler"},
    name_row{"section_chief", "科长", "Section chief"},
    name_row{"deputy_leader", "分管领导", "Leader in charge"},
    name_row{"supervisor", "督办", "Supervisor"},
};
constexpr std::array alarm_point_names{
    name_row{"half", "时限过半", "Half of the time is gone"},
    name_row{"most", "时限已过八成", "Four fifths of the time are gone"},
    name_row{"before", "临期", "Due soon"},
    name_row{"due", "到期", "Due now"},
    name_row{"overdue", "超期", "Overdue"},
};

}  // namespace

// clang-format off
template <> std::span<const name_row> names<case_state>() { return case_state_names; }
template <> std::span<const name_row> names<role>() { return role_names; }
template <> std::span<const name_row> names<action>() { return action_names; }
template <> std::span<const name_row> names<clock_kind>() { return clock_kind_names; }
template <> std::span<const name_row> names<track>() { return track_names; }
template <> std::span<const name_row> names<difficulty>() { return difficulty_names; }
template <> std::span<const name_row> names<outcome>() { return outcome_names; }
template <> std::span<const name_row> names<rating>() { return rating_names; }
template <> std::span<const name_row> names<suspend_ground>() { return suspend_ground_names; }
template <> std::span<const name_row> names<assist_status>() { return assist_status_names; }
template <> std::span<const name_row> names<custody_kind>() { return custody_kind_names; }
template <> std::span<const name_row> names<clock_status>() { return clock_status_names; }
template <> std::span<const name_row> names<clock_op>() { return clock_op_names; }
template <> std::span<const name_row> names<limit_unit>() { return limit_unit_names; }
template <> std::span<const name_row> names<rung>() { return rung_names; }
template <> std::span<const name_row> names<alarm_point>() { return alarm_point_names; }
// clang-format on

}  // namespace zhuqi::dialogs::casework
