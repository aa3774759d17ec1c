/** Operators of the subset by the parser's names for them. */

/** On whole numbers. */
export const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Minus: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  Divide: (a, b) => a / b,
  Modulo: (a, b) => a % b,
  BitwiseAnd: (a, b) => a & b,
  BitwiseXor: (a, b) => a ^ b,
}

/** By the order of two values. */
export const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  Eq: (order) => order === 0,
  NotEq: (order) => order !== 0,
  Lt: (order) => order < 0,
  LtEq: (order) => order <= 0,
  Gt: (order) => order > 0,
  GtEq: (order) => order >= 0,
}
