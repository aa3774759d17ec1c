import type { ReactNode } from 'react'
import { withQuery } from '#core/addresses/portal-addresses.ts'
import { aboutTexts, ENGLISH_CODE, type AboutTold } from '#core/messages/about-data/about-texts.ts'
import type { AboutTexts } from '#core/messages/about-data/texts-form.ts'
import type { Translation } from '#core/messages/about-data/translation.ts'
import { openTranslations } from '#server/portal/screens/read-translations.ts'
import { dayWords } from '../components/moment.tsx'
import { openRequest } from '../guards/request-context.ts'

/** What the two pages for the people of the files share: their texts in a language, and the way to the other languages. */

/** What a page was asked for with. */
export interface AboutQuery {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>
}

const NO_TRANSLATION: ReadonlyMap<string, Translation> = new Map()

/** The texts that a page was asked for in, the languages that there are, and where the programme's services are read from. */
export async function openTexts({ searchParams }: AboutQuery) {
  const { portal, accounts } = await openRequest()
  const { purpose, name, from, to } = portal.programme
  // What is translated is what reach tells.
  const translations =
    purpose === 'look-up' ? NO_TRANSLATION : await openTranslations(portal.settings.dataDir)
  const { language: asked } = await searchParams
  const translation = typeof asked === 'string' ? translations.get(asked) : undefined
  const told = aboutTexts(translation, {
    ...{ purpose, name },
    from: (language) => dayIn(language, from),
    to: (language) => dayIn(language, to),
  })
  const language = translation?.language ?? ENGLISH_CODE
  return { ...{ language, translation, translations, told, texts: told.texts, accounts } }
}

/** A day (`yyyy-mm-dd`) in the words of a language. */
export function dayIn(language: string, day: string): string {
  if (language === ENGLISH_CODE) return dayWords(day)
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  return words.format(new Date(day))
}

/** A page in a language, written in its direction. */
export function InLanguage({
  translation,
  className,
  children,
}: {
  readonly translation: Translation | undefined
  readonly className?: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <div
      lang={translation?.language ?? ENGLISH_CODE}
      dir={translation?.direction ?? 'ltr'}
      className={className}
    >
      {children}
    </div>
  )
}

/** What is English on a page in whatever language. */
export function English({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <span lang={ENGLISH_CODE} dir="ltr">
      {children}
    </span>
  )
}

/** A text of the page, marked where it is English since the translation lacks it. */
export function Said({
  told,
  children,
}: {
  readonly told: AboutTold
  readonly children: string
}): ReactNode {
  return told.inEnglish.has(children) ? <English>{children}</English> : children
}

/** The languages of a page, and what is to be known of the one that it is in. */
export function Languages({
  translation,
  translations,
  told,
  page,
}: {
  readonly translation: Translation | undefined
  readonly translations: ReadonlyMap<string, Translation>
  readonly told: AboutTold
  readonly page: string
}): ReactNode {
  if (translations.size === 0) return null
  const here = translation?.language ?? ENGLISH_CODE
  const all = [{ language: ENGLISH_CODE, name: 'English' }, ...translations.values()]
  const { languages, unreviewed, partly } = told.texts
  return (
    <>
      <nav className="app-no-print" aria-label={languages}>
        <ul className="govuk-list">
          {all.map(({ language, name }) => (
            <li key={language}>
              {language === here ? (
                <strong aria-current="true">{name}</strong>
              ) : (
                <a
                  className="govuk-link"
                  lang={language}
                  hrefLang={language}
                  href={withQuery(page, { language })}
                >
                  {name}
                </a>
              )}
            </li>
          ))}
        </ul>
      </nav>
      {translation?.isReviewed === false && (
        <p className="govuk-inset-text">
          <Said told={told}>{unreviewed}</Said>
        </p>
      )}
      {told.inEnglish.size > 0 && (
        <p className="govuk-inset-text">
          <Said told={told}>{partly}</Said>
        </p>
      )}
    </>
  )
}

/** A heading with its paragraphs. */
export function Part({
  part: { heading, paragraphs },
  told,
  size = 'govuk-body',
}: {
  readonly part: AboutTexts['why']
  readonly told: AboutTold
  readonly size?: 'govuk-body' | 'govuk-body-l'
}): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">
        <Said told={told}>{heading}</Said>
      </h2>
      {paragraphs.map((text) => (
        <p key={text} className={size}>
          <Said told={told}>{text}</Said>
        </p>
      ))}
    </>
  )
}
