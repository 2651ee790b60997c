// The five grades that an enterprise may give, best first, as the numbers that the server keeps; and how a call may end.
export const grades = [5, 4, 3, 2, 1] as const;
export type Grade = (typeof grades)[number];

/** undefined where none was given. */
export const gradeOf = (kept: number): Grade | undefined => grades.find((one) => one === kept);

export const callResults = ["reached", "unreachable", "declined"] as const;

export const isBad = (grade: Grade) => grade <= 2;
