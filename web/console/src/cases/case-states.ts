// The states of a case, in the order of its way.
export const caseStates = [
  "to_accept",
  "decline_review",
  "to_dispatch",
  "to_sign",
  "return_ruling",
  "in_progress",
  "suspended",
  "parked",
  "to_review",
  "to_call_back",
  "closed",
  "archived",
] as const;
