/**
 * What an officer types to find a person, as every way in which a file may have written them. It is
 * identifiers throughout: it goes sealed to a worker, and is forgotten there.
 */
import { z } from 'zod'
import type { IdentifierCells } from '#core/pseudonym/identifiers.ts'

/** The lists that are typed, one value on a line, each with the cell that it is. */
export const TYPED_FIELDS = {
  firstNames: 'firstName',
  lastNames: 'lastName',
  births: 'dateOfBirth',
  genders: 'gender',
  postcodes: 'postcode',
  carerEmails: 'carerEmail',
  carerMobiles: 'carerMobile',
  nhsNumbers: 'nhsNumber',
  emails: 'email',
  mobiles: 'mobile',
  references: 'clientRef',
} as const satisfies Readonly<Record<string, keyof IdentifierCells>>

/** The name of such a list. */
export type TypedField = keyof typeof TYPED_FIELDS

const FIELDS = Object.keys(TYPED_FIELDS) as readonly TypedField[]

/** The lists of which pseudonyms are made together: every combination is tried. */
const COMBINED: readonly TypedField[] = FIELDS.slice(0, 7)
/** The lists whose values stand alone. */
const ALONE: readonly TypedField[] = FIELDS.slice(7)

const lines = z.string().max(2_000).default('')

/** What is typed, each list as lines; and the code of the service whose references they are. */
export const typedPersonSchema = z.strictObject({
  ...(Object.fromEntries(FIELDS.map((field) => [field, lines])) as Record<
    TypedField,
    typeof lines
  >),
  service: z
    .string()
    .regex(/^[a-z0-9-]{0,64}$/)
    .default(''),
})

/** What is typed about a person. */
export type TypedPerson = z.infer<typeof typedPersonSchema>

/** So many ways of writing one person are tried; more would be a list of people. */
export const MOST_WAYS = 400
/** So many values of one list. */
const MOST_VALUES = 8

const BLANK: IdentifierCells = {
  ...{ clientRef: '', firstName: '', lastName: '', dateOfBirth: '', gender: '', nhsNumber: '' },
  ...{ email: '', mobile: '', carerEmail: '', carerMobile: '', postcode: '' },
}

/**
 * Every way of writing the person as the cells of one row; undefined when it is more than one person
 * would have. A list that is empty is blank in every row.
 */
export function waysOf(typed: TypedPerson): readonly IdentifierCells[] | undefined {
  let ways: readonly IdentifierCells[] = [BLANK]
  for (const field of COMBINED) {
    const values = linesOf(typed[field])
    if (values.length > MOST_VALUES || ways.length * values.length > MOST_WAYS) return undefined
    if (values.length > 0) {
      ways = ways.flatMap((way) =>
        values.map((value) => ({ ...way, [TYPED_FIELDS[field]]: value })),
      )
    }
  }
  const alone = ALONE.map((field) => [TYPED_FIELDS[field], linesOf(typed[field])] as const)
  const longest = Math.max(...alone.map(([, values]) => values.length))
  if (longest > MOST_VALUES) return undefined
  return Array.from({ length: Math.max(ways.length, longest) }, (_, row) => ({
    ...(ways[row] ?? ways[0] ?? BLANK),
    ...Object.fromEntries(alone.map(([cell, values]) => [cell, values[row] ?? ''])),
  }))
}

function linesOf(text: string): readonly string[] {
  const values = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return [...new Set(values.filter((line) => line !== ''))]
}
