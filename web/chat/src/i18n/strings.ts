// Every sentence of the page, one column per language. A missing key does not compile.

import type { UiLang } from "../protocol";

export interface Strings {
  service: string;
  assistant: string;
  queue: string;
  human: string;
  closed: string;
  language: string;
  placeholder: string;
  send: string;
  messages: string;
  quickReplies: string;
  typing: string;
  you: string;
  official: string;
  offline: string;
  reconnecting: string;
  sending: string;
  notSent: string;
  retry: string;
  remove: string;
  busy: string;
  tooLong: string;
  outboxFull: string;
  loadOlder: string;
  loading: string;
  newMessages: string;
  handoff: string;
  withdrawn: string;
  returned: string;
  media: string;
  yesterday: string;
  close: string;
}

const zh: Strings = {
  service: "企业服务",
  assistant: "智能助手在线",
  queue: "正在为您转接人工",
  human: "工作人员为您服务",
  closed: "本次服务已结束",
  language: "语言",
  placeholder: "请输入您的问题",
  send: "发送",
  messages: "对话内容",
  quickReplies: "快捷回复",
  typing: "正在输入",
  you: "我",
  official: "工作人员",
  offline: "网络未连接，消息将在恢复后自动发送",
  reconnecting: "正在重新连接…",
  sending: "发送中",
  notSent: "未发送",
  retry: "重新发送",
  remove: "删除",
  busy: "咨询人数较多，请稍后重新发送",
  tooLong: "内容过长，请分几条发送",
  outboxFull: "未发送的消息较多，请待网络恢复后再试",
  loadOlder: "查看更早的消息",
  loading: "正在加载",
  newMessages: "有新消息",
  handoff: "已转人工，请稍候。等待期间可继续补充说明",
  withdrawn: "已取消转人工",
  returned: "工作人员已处理完毕，智能助手继续为您服务",
  media: "附件",
  yesterday: "昨天",
  close: "关闭",
};

const en: Strings = {
  service: "Business Services",
  assistant: "Assistant online",
  queue: "Connecting you to an officer",
  human: "An officer is helping you",
  closed: "This conversation has ended",
  language: "Language",
  placeholder: "Type your question",
  send: "Send",
  messages: "Conversation",
  quickReplies: "Quick replies",
  typing: "Typing",
  you: "You",
  official: "Officer",
  offline: "You are offline. Messages will be sent once you reconnect.",
  reconnecting: "Reconnecting…",
  sending: "Sending",
  notSent: "Not sent",
  retry: "Send again",
  remove: "Delete",
  busy: "We are very busy. Please send again in a moment.",
  tooLong: "This is too long. Please split it into several messages.",
  outboxFull: "Too many unsent messages. Please wait for the connection.",
  loadOlder: "Show earlier messages",
  loading: "Loading",
  newMessages: "New messages",
  handoff: "You have been passed to an officer. You can add details while you wait.",
  withdrawn: "The request for an officer was withdrawn",
  returned: "The officer has finished. The assistant is back.",
  media: "Attachment",
  yesterday: "Yesterday",
  close: "Close",
};

const ja: Strings = {
  service: "企業サービス",
  assistant: "アシスタント対応中",
  queue: "担当者におつなぎしています",
  human: "担当者が対応しています",
  closed: "この対応は終了しました",
  language: "言語",
  placeholder: "ご質問を入力してください",
  send: "送信",
  messages: "会話",
  quickReplies: "選択肢",
  typing: "入力中",
  you: "あなた",
  official: "担当者",
  offline: "オフラインです。再接続後に自動送信します",
  reconnecting: "再接続しています…",
  sending: "送信中",
  notSent: "未送信",
  retry: "再送信",
  remove: "削除",
  busy: "混み合っています。しばらくしてから再送信してください",
  tooLong: "長すぎます。分けて送信してください",
  outboxFull: "未送信のメッセージが多すぎます。接続の回復をお待ちください",
  loadOlder: "以前のメッセージを表示",
  loading: "読み込み中",
  newMessages: "新着メッセージ",
  handoff: "担当者に引き継ぎました。お待ちの間に補足をお送りいただけます",
  withdrawn: "担当者への引き継ぎを取り消しました",
  returned: "担当者の対応が終わりました。アシスタントが引き続き対応します",
  media: "添付ファイル",
  yesterday: "昨日",
  close: "閉じる",
};

const ko: Strings = {
  service: "기업 서비스",
  assistant: "도우미 상담 중",
  queue: "담당자를 연결하고 있습니다",
  human: "담당자가 상담 중입니다",
  closed: "상담이 종료되었습니다",
  language: "언어",
  placeholder: "질문을 입력하세요",
  send: "보내기",
  messages: "대화",
  quickReplies: "빠른 답장",
  typing: "입력 중",
  you: "나",
  official: "담당자",
  offline: "오프라인 상태입니다. 다시 연결되면 자동으로 전송됩니다",
  reconnecting: "다시 연결하는 중…",
  sending: "보내는 중",
  notSent: "전송되지 않음",
  retry: "다시 보내기",
  remove: "삭제",
  busy: "문의가 많습니다. 잠시 후 다시 보내 주세요",
  tooLong: "내용이 너무 깁니다. 나누어 보내 주세요",
  outboxFull: "전송되지 않은 메시지가 너무 많습니다. 연결을 기다려 주세요",
  loadOlder: "이전 메시지 보기",
  loading: "불러오는 중",
  newMessages: "새 메시지",
  handoff: "담당자에게 전달되었습니다. 기다리는 동안 내용을 추가하실 수 있습니다",
  withdrawn: "담당자 연결을 취소했습니다",
  returned: "담당자 상담이 끝났습니다. 도우미가 계속 안내합니다",
  media: "첨부 파일",
  yesterday: "어제",
  close: "닫기",
};

export const strings: Record<UiLang, Strings> = { "zh-CN": zh, en, ja, ko };

export const languages: { tag: UiLang; name: string }[] = [
  { tag: "zh-CN", name: "简体中文" },
  { tag: "en", name: "English" },
  { tag: "ja", name: "日本語" },
  { tag: "ko", name: "한국어" },
];

/** The first of `wanted` (BCP 47 tags, best first) that the page speaks; Chinese otherwise. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): UiLang {
  for (const tag of wanted) {
    const base = tag?.toLowerCase().split("-")[0];
    if (base === "zh") return "zh-CN";
    const found = languages.find((language) => language.tag === base);
    if (found) return found.tag;
  }
  return "zh-CN";
}
