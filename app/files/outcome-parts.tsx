import type { ReactNode } from 'react'
import type { EarlierView } from '#server/intake/journey/read-check.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { wordsOfKind } from '#core/purpose/purpose-words.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { eventLines } from '#core/messages/submissions/kind-words.ts'
import { forecastLines } from '#core/messages/findings/forecast-words.ts'
import { fieldLabel } from '#core/standard/further-fields.ts'
import { DataTable } from '../components/data-table.tsx'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'

/** Big figures side by side. */
export function Figures({
  figures,
}: {
  readonly figures: readonly { readonly name: string; readonly value: number }[]
}): ReactNode {
  return (
    <dl className="app-figures">
      {figures.map(({ name, value }) => (
        <div key={name} className="app-figures__figure">
          <dt>{name}</dt>
          <dd>{numberWords(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Every row of the file: read = accepted + left out or to be fixed + blank + not people. */
export function RowTotals({ journey }: { readonly journey: Journey }): ReactNode {
  const { rows, state, leaveOutReason, isHashed, receipt } = journey
  const { leftOut, notThere } = wordsOfKind(journey.kind)
  if (rows === null) return null
  // What was left out of a hashed file was left out at source.
  const isOver = state !== 'checked' || leaveOutReason !== null || isHashed
  const { stopped } = journey
  return (
    <>
      <Figures
        figures={[
          {
            // A row of several children is read as several.
            name: receipt?.prepared?.children === undefined ? 'Rows in the file' : 'Rows as read',
            value: rows.read,
          },
          { name: state === 'checked' ? 'Ready' : 'Accepted', value: rows.accepted },
          { name: isOver ? 'Left out' : 'To be fixed', value: rows.rejected },
          { name: 'Blank', value: rows.blank },
          ...(rows.leftOut === 0 ? [] : [{ name: 'Not people', value: rows.leftOut }]),
        ]}
      />
      {stopped > 0 && (
        <p className="govuk-body">
          Of the accepted, {counted(stopped, 'row is', 'rows are')} of people who asked not to be{' '}
          {leftOut}.{stopped === 1 ? ' It is' : ' They are'} {notThere}. You need do nothing.
        </p>
      )}
    </>
  )
}

/** What the rows of a file of activities or outcomes come to beside their people. */
export function Events({
  of: { events },
  heading = 'What the rows come to',
}: {
  readonly of: Pick<Journey, 'events'>
  readonly heading?: string
}): ReactNode {
  const lines = events === null ? [] : eventLines(events)
  if (lines.length === 0) return null
  return (
    <section>
      <h2 className="govuk-heading-m">{heading}</h2>
      <ul className="govuk-list govuk-list--bullet">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}

/**
 * How many people of the file can be told to be the same as people of other files, from the file
 * alone.
 */
export function Linkability({ journey }: { readonly journey: Journey }): ReactNode {
  const { linkability } = journey
  if (linkability === null) return null
  const { evidence, forecast, seenAgain } = linkability
  const { strong, weak, none } = evidence
  const all = strong + weak + none
  if (all === 0) return null
  const share = (part: number): string => `${String(Math.round((part / all) * 100))}%`
  return (
    <section>
      <h2 className="govuk-heading-m">{wordsOfKind(journey.kind).linkability}</h2>
      {forecast !== undefined &&
        forecastLines({ linkability: evidence, forecast, seenAgain }).map((line) => (
          <p key={line} className="govuk-body">
            {line}
          </p>
        ))}
      <p className="govuk-body">
        From your file alone: {counted(all, 'person', 'people')}, of whom
      </p>
      <ul className="govuk-list govuk-list--bullet">
        <li>
          <strong>
            {numberWords(strong)} ({share(strong)})
          </strong>{' '}
          have strong details: an NHS number, or enough of name, birth, postcode or a carer’s
          contact.
        </li>
        <li>
          <strong>
            {numberWords(weak)} ({share(weak)})
          </strong>{' '}
          have an email address alone.
        </li>
        <li>
          <strong>
            {numberWords(none)} ({share(none)})
          </strong>{' '}
          have too little. {wordsOfKind(journey.kind).tooLittle}
        </li>
      </ul>
    </section>
  )
}

/** Of each field that rules may fill: how many rows gave it, and in how many a rule did. */
export function GivenOrFilled({ journey }: { readonly journey: Journey }): ReactNode {
  const fields = Object.entries(journey.linkability?.filled ?? {})
  if (fields.length === 0) return null
  return (
    <section>
      <h2 className="govuk-heading-m">Given, and filled by a rule</h2>
      <DataTable
        caption="Accepted rows in which each field was given, and filled by a rule"
        isCaptionHidden
        columns={['Field', 'Given', 'Filled by a rule']}
        rows={fields.map(([field, { given, filled }]) => ({
          key: field,
          cells: [fieldLabel(field), numberWords(given), numberWords(filled)],
        }))}
      />
    </section>
  )
}

/** Clients of this file beside those of the service's own earlier quarter. */
export function Comparison({ earlier }: { readonly earlier: EarlierView }): ReactNode {
  const { quarter, same, changed, removed } = earlier
  const when = isQuarter(quarter) ? quarterWords(quarter) : quarter
  return (
    <section>
      <h2 className="govuk-heading-m">Compared with your file for {when}</h2>
      <p className="govuk-body">By client reference, in your own files alone.</p>
      <Figures
        figures={[
          { name: 'Same details', value: same },
          { name: 'Changed details', value: changed },
          { name: 'New clients', value: earlier.new },
          { name: 'Not in this file', value: removed },
        ]}
      />
    </section>
  )
}
