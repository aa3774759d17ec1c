import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import {
  LOOK_UP_ALARMS,
  LOOK_UP_PURPOSES,
  LOOK_UP_REPORTS,
  VERDICTS,
} from '#core/messages/look-up/look-up-words.ts'
import { may } from '#server/identity/actors/actor.ts'
import { readWatched, type WatchedLookUp } from '#server/look-up/watching/list-look-ups.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField } from '../../../components/choice-fields.client.tsx'
import { Moment } from '../../../components/moment.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { turnAway } from '../../../guards/refused.ts'
import { judge } from '../actions.ts'
import { Checked, shownWords } from '../look-up-table.tsx'
import { watchOf } from '../watch-context.ts'

export const metadata: Metadata = { title: 'A look-up' }

/** One look-up, and what is said of it once it was checked. */
export default async function WatchedLookUpPage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('look-up.watch')
  const { reference } = await params
  const lookUp = await readWatched(watchOf(await openRequest()), actor, reference)
  if (lookUp === undefined) return turnAway()
  return (
    <TwoThirds>
      <BackLink href={addresses.lookUps} />
      <h1 className="govuk-heading-l">Look-up {lookUp.reference}</h1>
      <p className="govuk-body">
        <Checked lookUp={lookUp} />
      </p>
      <SummaryList
        lines={[
          { name: 'Who asked', value: `${lookUp.by}, ${lookUp.organisation}` },
          { name: 'When', value: <Moment at={lookUp.askedAt} /> },
          { name: 'Purpose', value: LOOK_UP_PURPOSES[lookUp.purpose] },
          { name: 'Case reference', value: lookUp.caseReference },
          ...(lookUp.act === null ? [] : [{ name: 'Begun with', value: lookUp.act }]),
          { name: 'What was shown', value: shownWords(lookUp) },
          { name: 'What was opened', value: <Opened lookUp={lookUp} /> },
          ...lookUp.alarms.map((alarm, index) => ({
            ...{ name: `Alarm ${String(index + 1)}`, value: LOOK_UP_ALARMS[alarm] },
          })),
          ...lookUp.reports.map(({ kind, source }, index) => ({
            name: `Reported ${String(index + 1)}`,
            value: LOOK_UP_REPORTS[kind] + (source === null ? '' : `: ${source}`),
          })),
          ...(lookUp.verdict === null
            ? []
            : [
                {
                  name: 'Checked',
                  value: `${VERDICTS[lookUp.verdict]} (${lookUp.checkedBy ?? ''})`,
                },
              ]),
        ]}
      />
      {may(actor, 'audit.see') && (
        <p className="govuk-body">
          <a
            className="govuk-link"
            href={withQuery(addresses.audit, { subject: lookUp.reference })}
          >
            Every entry of the audit trail about it
          </a>
        </p>
      )}
      <h2 className="govuk-heading-m">Check it</h2>
      <p className="govuk-body">
        Compare it with the case record: was the case theirs on that day, and was the person in it?
      </p>
      <ActionForm action={judge} submit="Save what you found">
        <input type="hidden" name="reference" value={lookUp.reference} />
        <RadioField
          name="verdict"
          legend="What did you find?"
          choices={Object.entries(VERDICTS).map(([value, text]) => ({ value, text }))}
        />
      </ActionForm>
    </TwoThirds>
  )
}

function Opened({ lookUp: { opened } }: { readonly lookUp: WatchedLookUp }): ReactNode {
  if (opened.length === 0) return 'Nothing'
  return (
    <ul className="govuk-list">
      {opened.map(({ source, person, at }) => (
        <li key={`${source} ${String(person)}`}>
          {source}, <Moment at={at} />
        </li>
      ))}
    </ul>
  )
}
