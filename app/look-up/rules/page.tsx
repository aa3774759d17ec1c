import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { rulesInWords } from '#core/look-up/rules/source-rules.ts'
import { listRules } from '#server/programme/sources/read-rules.ts'
import { StatusTag } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'

export const metadata: Metadata = { title: 'When each source is shown' }

/** When each source is shown, and where that is changed. */
export default async function RulesPage(): Promise<ReactNode> {
  const actor = await requireActor('register.change')
  const { portal, accounts } = await openRequest()
  const read = await listRules({ ...accounts, programme: portal.programme }, actor)
  if (!read.ok) return turnAway()
  return (
    <TwoThirds>
      <h1 className="govuk-heading-l">When each source is shown</h1>
      <p className="govuk-body">
        Practitioners read the same sentences. Two administrators change them together.
      </p>
      {read.sources.map(({ code, name, provider, rules, coverage, isAsked }) => (
        <section key={code} aria-labelledby={code}>
          <h2 className="govuk-heading-m" id={code}>
            <a className="govuk-link" href={addresses.rulesOfSource(code)}>
              {name}, {provider}
            </a>
          </h2>
          {isAsked && (
            <p className="govuk-body">
              <StatusTag colour="yellow">Other rules wait for a second person</StatusTag>
            </p>
          )}
          <RuleSentences sentences={rulesInWords(rules, coverage)} />
        </section>
      ))}
    </TwoThirds>
  )
}

function RuleSentences({ sentences }: { readonly sentences: readonly string[] }): ReactNode {
  return (
    <ul className="govuk-list">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
