/**
 * What anybody is told about the data of a programme, in every language that there is: texts alone, so that a translator adds
 * a language by one file like english.ts and one line of ABOUT_TEXTS. In braces stand what the page puts in: the programme's
 * name, days, and lengths of the schedule.
 */
import { RETENTION } from '#core/retention/schedule.ts'
import { ENGLISH } from './english.ts'
import type { AboutTexts } from './texts-form.ts'

/** Every language, by its code (BCP 47). */
export const ABOUT_TEXTS: Readonly<Record<string, AboutTexts>> = { en: ENGLISH }

/** The language of the page where none is asked for. */
const FIRST_LANGUAGE = 'en'

/** The language that was asked for, where there is one of that code; English otherwise. */
export function aboutLanguage(asked: unknown): string {
  return typeof asked === 'string' && Object.hasOwn(ABOUT_TEXTS, asked) ? asked : FIRST_LANGUAGE
}

/** The texts of a language, with the programme's name, its days in words and the schedule's lengths in their places. */
export function aboutTexts(
  language: string,
  programme: { readonly name: string; readonly from: string; readonly to: string },
): AboutTexts {
  const places: Readonly<Record<string, string>> = {
    programme: programme.name,
    ...{ from: programme.from, to: programme.to },
    hours: String(RETENTION['held-files'].keep.hours),
    months: String(RETENTION.records.keep.months),
  }
  const put = (text: string): string =>
    text.replace(/\{([a-z]+)\}/g, (whole, place: string) => places[place] ?? whole)
  return putEverywhere(ABOUT_TEXTS[language] ?? ENGLISH, put)
}

/** A document of texts with each of them changed. */
function putEverywhere<Texts>(texts: Texts, put: (text: string) => string): Texts {
  return JSON.parse(JSON.stringify(texts), (_, value: unknown) =>
    typeof value === 'string' ? put(value) : value,
  ) as Texts
}
