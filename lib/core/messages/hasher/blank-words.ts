import { isCode, wordsOf } from '#core/messages/words-of.ts'

/** Why a pseudonym is blank where the reason is of no field by itself. */
const OF_NO_FIELD: Readonly<Record<string, string>> = {
  'not-for-role': 'Only a child has one',
  'alternate-none': 'The name or date cannot be written in this other way',
  'sound-short': 'The name is too short to match by its sound',
}

/** Why a pseudonym is blank, by the code that a manifest counts it under. */
export function blankWords(code: string): string {
  return OF_NO_FIELD[code] ?? (isCode(code) ? wordsOf(code).title : code)
}
