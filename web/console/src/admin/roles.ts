// The roles of the trade, and the one rule that a page can check before the server does: the three administrators check
// each other, so nobody is two of them, nor one of them and something else.

export const roleIds = [
  "agent",
  "dispatcher",
  "unit_liaison",
  "handler",
  "approver",
  "supervisor",
  "caller",
  "enterprise_liaison",
  "editor",
  "publisher",
  "leader",
  "system_admin",
  "security_admin",
  "audit_admin",
] as const;

const administrators = new Set(["system_admin", "security_admin", "audit_admin"]);

export function separated(roles: readonly string[]): boolean {
  return roles.length <= 1 || !roles.some((role) => administrators.has(role));
}
