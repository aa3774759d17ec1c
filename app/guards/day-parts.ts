import { z } from 'zod'

/** The three fields of a date in a form, as GOV.UK Frontend has them. */
export function dayParts<Name extends string>(
  name: Name,
): Record<`${Name}-${'day' | 'month' | 'year'}`, z.ZodString> {
  const part = z.string().trim().max(4)
  return {
    [`${name}-day`]: part,
    [`${name}-month`]: part,
    [`${name}-year`]: part,
  } as Record<`${Name}-${'day' | 'month' | 'year'}`, z.ZodString>
}

/**
 * What `refine` takes to look at a day. It is told beside whatever else is wrong with the form, which a transform would keep
 * for the next time that it is sent.
 */
export type DayCheck = [
  holds: (given: unknown) => boolean,
  told: { path: string[]; error: string; when: () => boolean },
]

/** Demands a day for which `fits` holds. */
export function demandDay(name: string, fits: (day: string) => boolean, error: string): DayCheck {
  return checkDay(name, (day) => typeof day === 'string' && fits(day), error)
}

/** Demands that a day is one of the calendar, where it is not left empty. */
export function allowDay(name: string, error: string): DayCheck {
  return checkDay(name, (day) => day !== undefined, error)
}

function checkDay(
  name: string,
  fits: (day: ReturnType<typeof readDay>) => boolean,
  error: string,
): DayCheck {
  const parts = z.object(dayParts(name))
  const holds = (given: unknown): boolean => {
    const sent = parts.safeParse(given)
    return fits(sent.success ? readDay(sent.data, name) : undefined)
  }
  return [holds, { path: [name], error, when: () => true }]
}

/**
 * The day that three fields say, `yyyy-mm-dd`; null when all are empty, undefined when they are no
 * day of the calendar.
 */
export function readDay(
  given: Readonly<Record<string, string>>,
  name: string,
): string | null | undefined {
  const [day = '', month = '', year = ''] = ['day', 'month', 'year'].map(
    (part) => given[`${name}-${part}`] ?? '',
  )
  if (day === '' && month === '' && year === '') return null
  if (
    !/^[0-9]{1,2}$/.test(day) ||
    !/^[0-9]{1,2}$/.test(month) ||
    !/^(19|20|21)[0-9]{2}$/.test(year)
  )
    return undefined
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined
}
