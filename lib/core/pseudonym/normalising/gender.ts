/**
 * Gender as it is kept and as a component. Source: docs/pseudonymisation.md, "Gender".
 */
import type { Gender } from '#core/standard/roles.ts'
import { foldValue } from './fold.ts'
import { blank, kept, type NormalisedValue } from './normalised-value.ts'

const WORDS = new Map<string, Gender>()
for (const word of ['1', 'M', 'MALE', 'BOY', 'MAN']) WORDS.set(word, 'M')
for (const word of ['2', 'F', 'FEMALE', 'GIRL', 'WOMAN']) WORDS.set(word, 'F')
for (const word of ['9', 'X', 'I', 'INDETERMINATE', 'NONBINARY', 'OTHER']) WORDS.set(word, 'X')

const NOT_M_OR_F = blank('gender-not-m-or-f')
const COMPONENTS = { M: kept('M'), F: kept('F'), X: NOT_M_OR_F, unknown: NOT_M_OR_F } as const

/** The gender a cell says, as it is reported; whatever cannot be read is unknown. */
export function readGender(cell: string): Gender {
  const folded = foldValue(cell)
  if (folded === null) return 'unknown'
  return WORDS.get(folded) ?? WORDS.get(folded.replace(/[ .-]/g, '')) ?? 'unknown'
}

/** A gender as a component: only M and F tell people apart without setting them apart. */
export function normaliseGender(gender: Gender): NormalisedValue {
  return COMPONENTS[gender]
}
