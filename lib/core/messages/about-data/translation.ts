import { z } from 'zod'
import { ENGLISH } from './english.ts'
import type { AboutTexts } from './texts-form.ts'

/**
 * A translation of what anybody is told about the data of a programme, as a file of data: who adds a language writes one,
 * and changes no code. A text that it lacks is told in English.
 */

/** A language, its direction, and its texts by the keys of the English ones, such as `why.paragraphs.0`. */
export interface Translation {
  /** BCP 47. */
  readonly language: string
  /** The language in itself. */
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
  /** Whether somebody who speaks it, other than the translator, read it. */
  readonly isReviewed: boolean
  readonly texts: Readonly<Record<string, string>>
}

/** Every English text that is to be translated, by its key. */
export const ENGLISH_TEXTS: ReadonlyMap<string, string> = new Map(textsUnder(ENGLISH, ''))

function textsUnder(value: unknown, key: string): [string, string][] {
  if (typeof value === 'string') return [[key, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    textsUnder(member, key === '' ? name : `${key}.${name}`),
  )
}

/** A translation as it is read from a file: its keys are those of English texts, and its places in braces are theirs. */
export const translationSchema = z
  .strictObject({
    language: z.string().refine(isLanguage, { error: 'It is no code of a language' }),
    name: z.string().min(1),
    direction: z.enum(['ltr', 'rtl']),
    isReviewed: z.boolean(),
    texts: z.record(z.string(), z.string().min(1)),
  })
  .superRefine(({ texts }, context) => {
    for (const [key, text] of Object.entries(texts)) {
      const english = ENGLISH_TEXTS.get(key)
      if (english === undefined)
        context.addIssue({ code: 'custom', message: `No text is called ${key}` })
      else if (placesIn(text) !== placesIn(english))
        context.addIssue({
          code: 'custom',
          message: `${key} has other places in braces than in English`,
        })
    }
  })

/** Whether days can be written in the language of a code. */
function isLanguage(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code).length === 1
  } catch {
    return false
  }
}

function placesIn(text: string): string {
  return (text.match(/\{[a-z]+\}/g) ?? []).sort().join()
}

/** The texts of a translation in the form of the English ones, and which of them are English since it lacks them. */
export function withEnglish(translation: Translation | undefined): {
  readonly texts: AboutTexts
  readonly missing: readonly string[]
} {
  if (translation === undefined) return { texts: ENGLISH, missing: [] }
  const missing: string[] = []
  const put = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      const text = Object.hasOwn(translation.texts, key) ? translation.texts[key] : undefined
      if (text === undefined) missing.push(key)
      return text ?? value
    }
    if (Array.isArray(value)) return value.map((one, index) => put(one, `${key}.${String(index)}`))
    if (typeof value !== 'object' || value === null) return value
    const members = Object.entries(value)
    return Object.fromEntries(
      members.map(([name, one]) => [name, put(one, key === '' ? name : `${key}.${name}`)]),
    )
  }
  return { texts: put(ENGLISH, '') as AboutTexts, missing }
}
