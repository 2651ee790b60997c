// How a service ended: as the official saw it, as the enterprise did (five grades, best first, as the numbers that the server
// keeps), and how the call afterwards went.
export const grades = [5, 4, 3, 2, 1] as const;
export type Grade = (typeof grades)[number];

/** undefined where none was given. */
export const gradeOf = (kept: number): Grade | undefined => grades.find((one) => one === kept);

export const closeOutcomes = ["solved", "unsolved", "no_answer", "spam"] as const;
export const callResults = ["reached", "unreachable", "declined"] as const;

export const isBad = (grade: Grade) => grade <= 2;
