import type { ReactNode } from 'react'
import { withQuery } from '#core/addresses/portal-addresses.ts'
import { ABOUT_TEXTS, aboutLanguage, aboutTexts } from '#core/messages/about-data/about-texts.ts'
import type { AboutTexts } from '#core/messages/about-data/texts-form.ts'
import { dayWords } from '../components/moment.tsx'
import { openRequest } from '../guards/request-context.ts'

/** What the two pages for the people of the files share: their texts in a language, and the way to the other languages. */

/** The texts that a page was asked for in, and the programme's services are read from where. */
export async function openTexts(searchParams: Promise<Readonly<Record<string, unknown>>>) {
  const { portal, accounts } = await openRequest()
  const language = aboutLanguage((await searchParams)['language'])
  const { name, from, to } = portal.programme
  const texts = aboutTexts(language, { name, from: dayWords(from), to: dayWords(to) })
  return { language, texts, accounts }
}

/** The other languages, where there are any. */
export function Languages({
  here,
  page,
}: {
  readonly here: string
  readonly page: string
}): ReactNode {
  const others = Object.entries(ABOUT_TEXTS).filter(([code]) => code !== here)
  if (others.length === 0) return null
  return (
    <ul className="govuk-list app-no-print">
      {others.map(([code, { name }]) => (
        <li key={code}>
          <a
            className="govuk-link"
            lang={code}
            hrefLang={code}
            href={withQuery(page, { language: code })}
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** A heading with its paragraphs. */
export function Part({
  part: { heading, paragraphs },
  size = 'govuk-body',
}: {
  readonly part: AboutTexts['why']
  readonly size?: 'govuk-body' | 'govuk-body-l'
}): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">{heading}</h2>
      {paragraphs.map((text) => (
        <p key={text} className={size}>
          {text}
        </p>
      ))}
    </>
  )
}
