import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import type { AboutTexts } from '#core/messages/about-data/texts-form.ts'
import { readSendingServices, type SendingService } from '#server/portal/screens/read-about-data.ts'
import { dayWords } from '../components/moment.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { Languages, openTexts, Part } from './about-parts.tsx'

export const metadata: Metadata = { title: 'About your data' }

/** For the people in the files: what is collected, by whom, why, and how to object. Anybody may read it. */
export default async function AboutYourDataPage({
  searchParams,
}: {
  readonly searchParams: Promise<Readonly<Record<string, unknown>>>
}): Promise<ReactNode> {
  const { language, texts, accounts } = await openTexts(searchParams)
  const services = await readSendingServices(accounts.pool, accounts.now())
  return (
    <div lang={language} className="app-pack">
      <TwoThirds>
        <h1 className="govuk-heading-l">{texts.title}</h1>
        <p className="govuk-body-l">{texts.intro}</p>
        <p className="govuk-body app-no-print">
          <a className="govuk-link" href={withQuery(addresses.aboutYourDataEasy, { language })}>
            {texts.toEasy}
          </a>
        </p>
        <Languages here={language} page={addresses.aboutYourData} />
        <Part part={texts.collected} />
        <Part part={texts.why} />
        <Part
          part={services.length === 0 ? { ...texts.whom, paragraphs: [texts.nobody] } : texts.whom}
        />
        {services.map((service) => (
          <Agreed key={service.code} service={service} lines={texts.lines} />
        ))}
        <Part part={texts.kept} />
        <Part part={texts.rights} />
        <ul className="govuk-list govuk-list--bullet">
          {texts.rights.list.map((right) => (
            <li key={right}>{right}</li>
          ))}
        </ul>
        <Part part={texts.object} />
        <Part part={texts.complain} />
      </TwoThirds>
    </div>
  )
}

function Agreed({
  service,
  lines,
}: {
  readonly service: SendingService
  readonly lines: AboutTexts['lines']
}): ReactNode {
  const { code, name, provider, controller, basis, gateway, notice, purposes, fields, from, to } =
    service
  const said = (name: string, value: string): readonly { name: string; value: string }[] =>
    value === '' ? [] : [{ name, value }]
  const isWhole = controller !== '' && basis !== '' && purposes.length > 0
  return (
    <section aria-labelledby={`sends-${code}`}>
      <h3 className="govuk-heading-s" id={`sends-${code}`}>
        {name}
      </h3>
      <SummaryList
        lines={[
          { name: lines.provider, value: provider },
          ...said(lines.controller, controller),
          ...said(lines.basis, basis),
          ...said(lines.gateway, gateway),
          ...said(lines.purposes, purposes.join('; ')),
          { name: lines.fields, value: fields.length === 0 ? lines.everyField : fields.join(', ') },
          {
            name: lines.agreement,
            value:
              to === null
                ? `${dayWords(from)}, ${lines.noEnd}`
                : `${dayWords(from)} ${lines.until} ${dayWords(to)}`,
          },
          ...(isWhole ? [] : [{ name: lines.rest, value: lines.ask }]),
          ...(notice === ''
            ? []
            : [
                {
                  name: lines.notice,
                  value: (
                    <a className="govuk-link" href={notice}>
                      {notice}
                    </a>
                  ),
                },
              ]),
        ]}
      />
    </section>
  )
}
