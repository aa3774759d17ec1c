import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { readSendingServices } from '#server/portal/screens/read-about-data.ts'
import { TwoThirds } from '../../components/page-columns.tsx'
import { Languages, openTexts, Part } from '../about-parts.tsx'

export const metadata: Metadata = { title: 'Your data: easy read' }

/** The same for the people in the files in short sentences, one idea each. */
export default async function EasyReadPage({
  searchParams,
}: {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>
}): Promise<ReactNode> {
  const { language, texts, accounts } = await openTexts(searchParams)
  const services = await readSendingServices(accounts.pool, accounts.now())
  const { title, parts, listAfter } = texts.easy
  return (
    <div lang={language}>
      <TwoThirds>
        <h1 className="govuk-heading-xl">{title}</h1>
        <Languages here={language} page={addresses.aboutYourDataEasy} />
        {parts.map((part, index) => (
          <section key={part.heading}>
            <Part part={part} size="govuk-body-l" />
            {index === listAfter && (
              <ul className="govuk-list govuk-list--bullet">
                {services.map(({ code, name }) => (
                  <li key={code} className="govuk-body-l">
                    {name}
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
        <p className="govuk-body-l app-no-print">
          <a className="govuk-link" href={withQuery(addresses.aboutYourData, { language })}>
            {texts.toWhole}
          </a>
        </p>
      </TwoThirds>
    </div>
  )
}
