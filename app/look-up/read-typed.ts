import { z } from 'zod'
import {
  checkTyped,
  tellsPerson,
  TYPED_LOOK_UP,
  type TypedLookUp,
  type TypedProblem,
} from '#core/look-up/asking/typed-look-up.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { dayParts, readDay } from '../guards/day-parts.ts'

/** What is said of a birth that no calendar has. */
export const NOT_A_DAY = 'Enter a real date of birth'

const line = z.string().trim().max(200)

/** What a form asks about a person who is looked up. */
export const typedPerson = {
  ...{ firstName: line, lastName: line, nhsNumber: line, postcode: line, email: line },
  ...{ mobile: line, ...dayParts('birth') },
  gender: z.enum(['', 'F', 'M']).default(''),
}

type TypedForm = z.infer<z.ZodObject<typeof typedPerson>>

/** Its fields: they go back to nobody but whoever just sent them, and are kept nowhere. */
export const TYPED_PARTS: readonly string[] = [
  ...TYPED_LOOK_UP,
  ...['birth-day', 'birth-month', 'birth-year'],
]

/** Who is meant, or what is wrong with it, each beside its field. */
export function readTyped(
  form: TypedForm,
  { now, live }: { readonly now: Date; readonly live: boolean },
):
  | { readonly ok: true; readonly person: TypedLookUp }
  | { readonly ok: false; readonly problems: readonly TypedProblem[] }
  | Refusal<'look-up-too-little'> {
  const { firstName, lastName, gender, nhsNumber, postcode, email, mobile } = form
  const person: TypedLookUp = {
    ...{ firstName, lastName, gender, nhsNumber, postcode, email, mobile },
    birth: readDay(form, 'birth') ?? '',
  }
  if (!tellsPerson(person)) return refuse('look-up-too-little')
  const day = { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() }
  const problems = checkTyped(person, { day, live })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, person }
}

/**
 * What is wrong with who was typed, of a form whose other answers were refused already, so that all of it is told at
 * once: for each field but those of which something is told.
 */
export function problemsOfTyped(
  form: FormData,
  told: ReadonlySet<string>,
  at: { readonly now: Date; readonly live: boolean },
): readonly TypedProblem[] {
  const typed = z.object(typedPerson).safeParse(plainIn(form))
  if (!typed.success) return []
  const isDay = readDay(typed.data, 'birth') !== undefined
  const born: readonly TypedProblem[] = isDay ? [] : [{ field: 'birth', message: NOT_A_DAY }]
  return [...born, ...wrongOf(readTyped(typed.data, at), isDay)].filter(
    ({ field }) => !told.has(field),
  )
}

/** Problems of what was read; where a date is not real, it may be all that is missing. */
function wrongOf(read: ReturnType<typeof readTyped>, isDay: boolean): readonly TypedProblem[] {
  if (read.ok) return []
  if ('problems' in read) return read.problems
  return isDay ? [{ field: 'nhsNumber', message: wordsOf(read.code).title }] : []
}

/** Of a form, what says who somebody is. */
export function typedIn(form: FormData): Record<string, string> {
  return Object.fromEntries(
    Object.entries(plainIn(form)).filter(([name]) => TYPED_PARTS.includes(name)),
  )
}

/** The texts of a form that a page of ours sent. */
export function plainIn(form: FormData): Record<string, string> {
  if (!(form instanceof FormData)) return {}
  return Object.fromEntries(
    [...form].filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && !entry[0].startsWith('$ACTION'),
    ),
  )
}
