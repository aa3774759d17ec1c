import { RETENTION } from '#core/retention/schedule.ts'
import type { Purpose } from '#core/purpose/purposes.ts'
import { ENGLISH } from './english.ts'
import { LOOK_UP_ENGLISH } from './look-up-english.ts'
import portuguese from './pt.json' with { type: 'json' }
import type { AboutTexts } from './texts-form.ts'
import { ENGLISH_TEXTS, translationSchema, withEnglish, type Translation } from './translation.ts'

/**
 * What anybody is told about the data of a programme, in a language. In braces stand what the page puts in: the programme's
 * name, days, and lengths of the schedule.
 */

/** The translations that come with the program, by their codes; a programme adds its own (docs/operations.md). */
export const TRANSLATIONS: ReadonlyMap<string, Translation> = new Map(
  [portuguese].map((file) => {
    const translation = translationSchema.parse(file)
    return [translation.language, translation] as const
  }),
)

/** What is put into the texts: the programme's name, and its first and last day in words of a language. */
export interface AboutProgramme {
  readonly purpose: Purpose
  readonly name: string
  readonly from: (language: string) => string
  readonly to: (language: string) => string
}

/** The texts of a page, and those among them that are English since the translation lacks them. */
export interface AboutTold {
  readonly texts: AboutTexts
  readonly inEnglish: ReadonlySet<string>
}

/** What is told of each purpose; what a translation translates is reach’s. */
const ENGLISH_OF: Readonly<Record<Purpose, AboutTexts>> = {
  reach: ENGLISH,
  'look-up': LOOK_UP_ENGLISH,
}

/** The texts of a translation, English where there is none and of a look-up, with everything in its place. */
export function aboutTexts(
  translation: Translation | undefined,
  { purpose, name: programme, from, to }: AboutProgramme,
): AboutTold {
  const putIn = (language: string) => (text: string) => {
    const places: Readonly<Record<string, string>> = {
      ...{ programme, from: from(language), to: to(language) },
      hours: String(RETENTION['held-files'].keep.hours),
      months: String(RETENTION.records.keep.months),
      lookups: String(RETENTION['look-ups'].keep.months),
    }
    return text.replace(/\{([a-z]+)\}/g, (whole, place: string) => places[place] ?? whole)
  }
  const english = putIn(ENGLISH_CODE)
  if (translation === undefined || purpose === 'look-up')
    return { texts: putEverywhere(ENGLISH_OF[purpose], english), inEnglish: new Set() }
  const { texts, missing } = withEnglish(translation)
  const lacking = new Set(missing.map((key) => ENGLISH_TEXTS.get(key) ?? ''))
  const own = putIn(translation.language)
  return {
    texts: putEverywhere(texts, (text) => (lacking.has(text) ? english(text) : own(text))),
    inEnglish: new Set([...lacking].map(english)),
  }
}

/** The code of the language that every text is in. */
export const ENGLISH_CODE = 'en'

/** A document of texts with each of them changed. */
function putEverywhere<Texts>(texts: Texts, put: (text: string) => string): Texts {
  return JSON.parse(JSON.stringify(texts), (_, value: unknown) =>
    typeof value === 'string' ? put(value) : value,
  ) as Texts
}
