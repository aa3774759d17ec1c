import type { VariableCode } from '#core/research/variables.ts'

/** What an intruder knows of somebody: some of the variables, exactly. */
export type Known = Readonly<Partial<Record<VariableCode, string>>>
