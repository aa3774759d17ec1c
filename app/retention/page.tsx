import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { HOLD_REASONS, keptWords, REMOVER_WORDS } from '#core/messages/retention/retention-words.ts'
import {
  DAILY_KINDS,
  RETENTION,
  type DailyKind,
  type RetentionKind,
} from '#core/retention/schedule.ts'
import { may } from '#server/identity/actors/actor.ts'
import {
  readRetention,
  type RetentionHold,
  type RetentionView,
} from '#server/jobs/retention/holds.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { RadioField, SelectField } from '../components/choice-fields.client.tsx'
import { DataTable } from '../components/data-table.tsx'
import { Moment } from '../components/moment.tsx'
import { OnScreen } from '../components/on-screen.tsx'
import { openRequest } from '../guards/request-context.ts'
import { turnAway } from '../guards/refused.ts'
import { requireActor } from '../guards/require-actor.ts'
import { hold, lift } from './actions.ts'

export const metadata: Metadata = { title: 'How long things are kept' }

/** The schedule, what goes next and went last, and what stops it. */
export default async function RetentionPage(): Promise<ReactNode> {
  const actor = await requireActor('retention.see')
  const { accounts } = await openRequest()
  const view = await readRetention(accounts, actor)
  if (!view.ok) return turnAway()
  const mayHold = may(actor, 'retention.hold')
  return (
    <>
      <h1 className="govuk-heading-l">How long things are kept</h1>
      <LastRun view={view} />
      <Schedule view={view} />
      <Holds view={view} mayHold={mayHold} />
      {mayHold && (
        <OnScreen>
          <SetHold />
        </OnScreen>
      )}
    </>
  )
}

function LastRun({ view: { last } }: { readonly view: RetentionView }): ReactNode {
  return (
    <p className="govuk-body">
      {last === undefined ? (
        'Every day a worker counts what has had its time. It has not done so yet.'
      ) : (
        <>
          Last counted <Moment at={last.at} />. What is due goes with the next daily run, unless
          something stops it.
        </>
      )}
    </p>
  )
}

function isDaily(kind: RetentionKind): kind is DailyKind {
  return RETENTION[kind].by === 'daily'
}

function Schedule({ view: { last } }: { readonly view: RetentionView }): ReactNode {
  const count = (of: 'due' | 'removed', kind: RetentionKind): string =>
    isDaily(kind) && last !== undefined ? String(last[of][kind] ?? 0) : '–'
  return (
    <DataTable
      caption="Schedule"
      columns={['What', 'Kept', 'Why', 'Removed by', 'Due', 'Last removed']}
      rows={(Object.keys(RETENTION) as RetentionKind[]).map((kind) => ({
        key: kind,
        cells: [
          ...[RETENTION[kind].what, keptWords(kind), RETENTION[kind].why],
          ...[REMOVER_WORDS[RETENTION[kind].by], count('due', kind), count('removed', kind)],
        ],
      }))}
    />
  )
}

function heldWords(kind: RetentionHold['kind']): string {
  return kind === 'all' ? 'Everything' : RETENTION[kind].what
}

function Holds({
  view: { holds, openRequests },
  mayHold,
}: {
  readonly view: RetentionView
  readonly mayHold: boolean
}): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">What stops it</h2>
      <p className="govuk-body">
        {openRequests === 0
          ? 'No request of a person is open.'
          : `${openRequests === 1 ? 'A request of a person is' : `${String(openRequests)} requests of people are`} open: until then records, findings and what was found for other requests stay.`}
      </p>
      {holds.length === 0 ? (
        <p className="govuk-body">There is no legal hold.</p>
      ) : (
        <DataTable
          caption="Legal holds"
          lastIsForms={mayHold}
          columns={['Hold', 'What stays', 'Why', 'Since', ...(mayHold ? ['Lift'] : [])]}
          rows={holds.map(({ reference, kind, reason, setAt }) => ({
            key: reference,
            cells: [
              <span key="reference" className="app-reference">
                {reference}
              </span>,
              ...[heldWords(kind), HOLD_REASONS[reason], <Moment key="since" at={setAt} />],
              ...(mayHold
                ? [
                    <ActionForm key="lift" action={lift} submit="Lift it" secondary>
                      <input type="hidden" name="reference" value={reference} />
                    </ActionForm>,
                  ]
                : []),
            ],
          }))}
        />
      )}
    </>
  )
}

function SetHold(): ReactNode {
  return (
    <ActionForm action={hold} submit="Set the hold" secondary>
      <h2 className="govuk-heading-m">Set a legal hold</h2>
      <p className="govuk-body">What is held stays until an officer lifts the hold.</p>
      <SelectField
        name="kind"
        label="What stays"
        choices={[
          { value: '', text: 'Choose' },
          { value: 'all', text: 'Everything' },
          ...DAILY_KINDS.map((kind) => ({ value: kind, text: RETENTION[kind].what })),
        ]}
      />
      <RadioField
        name="reason"
        legend="Why?"
        choices={Object.entries(HOLD_REASONS).map(([value, text]) => ({ value, text }))}
      />
    </ActionForm>
  )
}
