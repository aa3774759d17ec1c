import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import type { AboutTold } from '#core/messages/about-data/about-texts.ts'
import { readSendingServices, type SendingService } from '#server/portal/screens/read-about-data.ts'
import { TwoThirds } from '../components/page-columns.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import {
  dayIn,
  English,
  InLanguage,
  Languages,
  openTexts,
  Part,
  Said,
  type AboutQuery,
} from './about-parts.tsx'

export async function generateMetadata(query: AboutQuery): Promise<Metadata> {
  const { texts } = await openTexts(query)
  return { title: texts.title }
}

/** For the people in the files: what is collected, by whom, why, and how to object. Anybody may read it. */
export default async function AboutYourDataPage(query: AboutQuery): Promise<ReactNode> {
  const { language, translation, translations, told, texts, accounts } = await openTexts(query)
  const services = await readSendingServices(accounts.pool, accounts.now())
  return (
    <InLanguage translation={translation} className="app-pack">
      <TwoThirds>
        <h1 className="govuk-heading-l">
          <Said told={told}>{texts.title}</Said>
        </h1>
        <Languages {...{ translation, translations, told }} page={addresses.aboutYourData} />
        <p className="govuk-body-l">
          <Said told={told}>{texts.intro}</Said>
        </p>
        <p className="govuk-body app-no-print">
          <a className="govuk-link" href={withQuery(addresses.aboutYourDataEasy, { language })}>
            <Said told={told}>{texts.toEasy}</Said>
          </a>
        </p>
        <Part told={told} part={texts.collected} />
        <Part told={told} part={texts.why} />
        <Part
          told={told}
          part={services.length === 0 ? { ...texts.whom, paragraphs: [texts.nobody] } : texts.whom}
        />
        {services.map((service) => (
          <Agreed key={service.code} service={service} told={told} language={language} />
        ))}
        <Part told={told} part={texts.kept} />
        <Part told={told} part={texts.rights} />
        <ul className="govuk-list govuk-list--bullet">
          {texts.rights.list.map((right) => (
            <li key={right}>
              <Said told={told}>{right}</Said>
            </li>
          ))}
        </ul>
        <Part told={told} part={texts.object} />
        <Part told={told} part={texts.complain} />
      </TwoThirds>
    </InLanguage>
  )
}

/** What was agreed with a service, as the register says it: in English. */
function Agreed({
  service,
  told,
  language,
}: {
  readonly service: SendingService
  readonly told: AboutTold
  readonly language: string
}): ReactNode {
  const { code, name, provider, controller, basis, gateway, notice, purposes, fields, from, to } =
    service
  const { lines } = told.texts
  const text = (words: string) => <Said told={told}>{words}</Said>
  const line = (name: string, value: ReactNode) => ({ name, shownName: text(name), value })
  const said = (name: string, value: string) =>
    value === '' ? [] : [line(name, <English>{value}</English>)]
  const isWhole = controller !== '' && basis !== '' && purposes.length > 0
  return (
    <section aria-labelledby={`sends-${code}`}>
      <h3 className="govuk-heading-s" id={`sends-${code}`}>
        <English>{name}</English>
      </h3>
      <SummaryList
        lines={[
          ...said(lines.provider, provider),
          ...said(lines.controller, controller),
          ...said(lines.basis, basis),
          ...said(lines.gateway, gateway),
          ...said(lines.purposes, purposes.join('; ')),
          ...(fields.length === 0
            ? [line(lines.fields, text(lines.everyField))]
            : said(lines.fields, fields.join(', '))),
          line(
            lines.agreement,
            to === null ? (
              <>
                {dayIn(language, from)}, {text(lines.noEnd)}
              </>
            ) : (
              <>
                {dayIn(language, from)} {text(lines.until)} {dayIn(language, to)}
              </>
            ),
          ),
          ...(isWhole ? [] : [line(lines.rest, text(lines.ask))]),
          ...(notice === ''
            ? []
            : [
                line(
                  lines.notice,
                  <a className="govuk-link" dir="ltr" href={notice}>
                    {notice}
                  </a>,
                ),
              ]),
        ]}
      />
    </section>
  )
}
