import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { EXTENSION_REASONS } from '#core/messages/register/register-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import {
  readCalendarOf,
  type CalendarView,
  type DuePlace,
  type Timeliness,
} from '#server/programme/quarters/calendar.ts'
import { readCalendar } from '#server/programme/register/quarters.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { SelectField } from '../../components/choice-fields.client.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { DateField } from '../../components/date-field.client.tsx'
import { FilterForm } from '../../components/filter-form.tsx'
import { Folded } from '../../components/folded.tsx'
import { dayWords } from '../../components/moment.tsx'
import { StatusTag, SuccessBanner } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { quarterChoices } from '../../reach/programme-quarters.ts'
import { openRegister } from '../register/read-choices.ts'
import { extend } from './actions.ts'

export const metadata: Metadata = { title: 'Calendar' }

const TAGS: Readonly<
  Record<Timeliness, readonly ['green' | 'yellow' | 'red' | 'grey' | 'blue', string]>
> = {
  'in-time': ['green', 'Came in time'],
  'came-late': ['yellow', 'Came late'],
  nobody: ['blue', 'Reached nobody'],
  late: ['red', 'Late'],
  'not-due': ['grey', 'Not due yet'],
}

/** When files are due, who is late and how often, and who has an extension. */
export default async function CalendarPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const context = await openRegister()
  const query = await searchParams
  const view = await readCalendarOf(context, actor, textIn(query, 'quarter'))
  if (!view.ok) return turnAway()
  const [own] = await readCalendar(context.database, [view.quarter])
  return (
    <>
      {textIn(query, 'done') === 'extended' && (
        <SuccessBanner>The extension was given.</SuccessBanner>
      )}
      <h1 className="govuk-heading-l">Calendar</h1>
      <FilterForm
        action={addresses.calendar}
        submit="Show"
        fields={[
          {
            name: 'quarter',
            label: 'Quarter',
            value: view.quarter,
            choices: quarterChoices([...view.quarters].reverse()),
          },
        ]}
      />
      <p className="govuk-body">
        Files for {quarterWords(view.quarter)} {own?.isClosed === true ? 'were' : 'are'} due by{' '}
        {dayWords(own?.deadline ?? '')}. {own?.isClosed === true && 'The quarter is closed. '}
        <a className="govuk-link" href={addresses.registerEntry('quarter', view.quarter)}>
          Change the deadline, or close the quarter
        </a>
      </p>
      <Places view={view} />
      <Folded text="How often each was late in the last eight quarters">
        <DataTable
          caption="How often each was late in the last eight quarters"
          isCaptionHidden
          isTight
          columns={['Service', 'Late', 'Quarters due']}
          rows={view.lateness.map(({ service, serviceName, late, due }) => ({
            key: service,
            cells: [serviceName, late, due],
          }))}
        />
      </Folded>
      <Extend view={view} />
    </>
  )
}

function Places({ view: { places, quarter } }: { readonly view: CalendarView }): ReactNode {
  if (places.length === 0) {
    return <p className="govuk-body">No service in production has an agreement for this quarter.</p>
  }
  return (
    <DataTable
      caption={quarterWords(quarter)}
      isTight
      columns={['Service', 'Organisation', 'Due', 'State']}
      rows={places.map((place) => ({
        key: place.service,
        cells: [
          <a
            key="name"
            className="govuk-link"
            href={withQuery(addresses.submissions, { service: place.service, quarter })}
          >
            {place.serviceName}
          </a>,
          place.provider,
          `${dayWords(place.due)}${place.isExtended ? ' (extended)' : ''}`,
          <State key="state" place={place} />,
        ],
      }))}
    />
  )
}

function State({ place: { timeliness, isOnItsWay } }: { readonly place: DuePlace }): ReactNode {
  const [colour, words] = TAGS[timeliness]
  return (
    <>
      <StatusTag colour={colour}>{words}</StatusTag>
      {isOnItsWay && <span className="app-cell-note">A file is not submitted yet</span>}
    </>
  )
}

function Extend({ view: { places, quarter } }: { readonly view: CalendarView }): ReactNode {
  if (places.length === 0) return null
  return (
    <TwoThirds>
      <h2 className="govuk-heading-m">Give an extension</h2>
      <p className="govuk-body">
        Reminders go by the new date. A service with an extension can also send a file for a closed
        quarter.
      </p>
      <ActionForm action={extend} submit="Give the extension">
        <input type="hidden" name="quarter" value={quarter} />
        <SelectField
          name="service"
          label="Service"
          choices={places.map(({ service, serviceName }) => ({
            value: service,
            text: serviceName,
          }))}
        />
        <DateField name="until" legend="New date" hint="Up to 180 days from today." />
        <SelectField
          name="reason"
          label="Why?"
          choices={[
            { value: '', text: 'Choose a reason' },
            ...Object.entries(EXTENSION_REASONS).map(([value, text]) => ({ value, text })),
          ]}
        />
      </ActionForm>
    </TwoThirds>
  )
}
