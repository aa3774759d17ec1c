import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { readSendingServices } from '#server/portal/screens/read-about-data.ts'
import { TwoThirds } from '../../components/page-columns.tsx'
import {
  English,
  InLanguage,
  Languages,
  openTexts,
  Part,
  Said,
  type AboutQuery,
} from '../about-parts.tsx'

export async function generateMetadata(query: AboutQuery): Promise<Metadata> {
  const { texts } = await openTexts(query)
  return { title: texts.easy.title }
}

/** The same for the people in the files in short sentences, one idea each. */
export default async function EasyReadPage(query: AboutQuery): Promise<ReactNode> {
  const { language, translation, translations, told, texts, accounts } = await openTexts(query)
  const services = await readSendingServices(accounts.pool, accounts.now())
  const { title, parts, listAfter } = texts.easy
  return (
    <InLanguage translation={translation}>
      <TwoThirds>
        <h1 className="govuk-heading-xl">
          <Said told={told}>{title}</Said>
        </h1>
        <Languages {...{ translation, translations, told }} page={addresses.aboutYourDataEasy} />
        {parts.map((part, index) => (
          <section key={part.heading}>
            <Part told={told} part={part} size="govuk-body-l" />
            {index === listAfter && (
              <ul className="govuk-list govuk-list--bullet">
                {services.map(({ code, name }) => (
                  <li key={code} className="govuk-body-l">
                    <English>{name}</English>
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
        <p className="govuk-body-l app-no-print">
          <a className="govuk-link" href={withQuery(addresses.aboutYourData, { language })}>
            <Said told={told}>{texts.toWhole}</Said>
          </a>
        </p>
      </TwoThirds>
    </InLanguage>
  )
}
