import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { FEED_KIND_WORDS, isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { askStart } from '#server/look-up/asking/ask-look-up.ts'
import { openActorStore } from '#server/portal/opening/portal-store.ts'
import { dayWords } from '../../components/moment.tsx'
import { Folded } from '../../components/folded.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { coverageWords } from '../coverage-words.ts'

export const metadata: Metadata = { title: 'Sources' }

/** What each source covers, when something of it is shown, and what no record means. */
export default async function SourcesPage(): Promise<ReactNode> {
  const actor = await requireActor('look-up.ask')
  const { portal } = await openRequest()
  const start = await askStart(await openActorStore(portal, actor))
  if (!start.ok) return turnAway()
  return (
    <TwoThirds>
      <h1 className="govuk-heading-l">Sources</h1>
      <p className="govuk-body">
        Each source says when something of it is shown.{' '}
        <a className="govuk-link" href={addresses.lookUpGuidance}>
          Read the guidance for look-ups
        </a>
      </p>
      {start.sources.map((source) => (
        <section key={source.code} className="app-printed-whole">
          <h2 className="govuk-heading-m">{source.name}</h2>
          <p className="govuk-body">
            {kindWords(source.kind)}, sent by {source.provider}. {openWords(source)}{' '}
            {source.asOf === null
              ? 'It has no data yet.'
              : `Last updated ${dayWords(source.asOf)}.`}
          </p>
          <Folded text="When it is shown, and what no record means">
            <SummaryList
              lines={[
                {
                  name: 'What it covers',
                  value: `${source.area}, ${coverageWords(source.coverage)}`,
                },
                {
                  name: 'When it is shown',
                  value: (
                    <ul className="govuk-list">
                      {source.shownWhen.map((sentence) => (
                        <li key={sentence}>{sentence}</li>
                      ))}
                    </ul>
                  ),
                },
                { name: 'What no record means', value: source.noRecord },
              ]}
            />
          </Folded>
        </section>
      ))}
    </TwoThirds>
  )
}

function kindWords(kind: string): string {
  return isFeedKind(kind) ? FEED_KIND_WORDS[kind] : kind
}

function openWords({
  isOwn,
  isInForce,
}: {
  readonly isOwn: boolean
  readonly isInForce: boolean
}): string {
  if (!isInForce) return 'Nobody can open it: no agreement is in force today.'
  return isOwn ? 'You can open it.' : 'You cannot open it: ask your look-up manager.'
}
