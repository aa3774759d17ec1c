import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { Framework, FrameworkPart, Instrument } from '#core/framework/framework.ts'
import {
  completerWords,
  reliableWords,
  scaleWords,
  timePointWords,
} from '#core/messages/register/framework-words.ts'
import { DataTable } from '../../components/data-table.tsx'
import { dayWords } from '../../components/moment.tsx'

/** A framework as two tables: what is measured of which outcome, and with what. */
export function FrameworkTables({
  framework: { outcomes, measures, instruments },
  services,
  isDraft = false,
}: {
  readonly framework: Framework
  /** Names of services by their codes. */
  readonly services: ReadonlyMap<string, string>
  /** Each entry leads to its form. */
  readonly isDraft?: boolean
}): ReactNode {
  const entry = (part: FrameworkPart, { code, label }: { code: string; label: string }) =>
    isDraft ? (
      <a className="govuk-link" href={addresses.frameworkEntry(part, code)}>
        {label}
      </a>
    ) : (
      label
    )
  const measured = outcomes.flatMap((outcome) => {
    const own = measures.filter((measure) => measure.outcome === outcome.code)
    return (own.length === 0 ? [undefined] : own).map((measure) => ({ outcome, measure }))
  })
  return (
    <>
      <DataTable
        caption="Outcomes and what is measured of each"
        columns={['Outcome', 'What is measured', 'With']}
        rows={measured.map(({ outcome, measure }) => ({
          key: `${outcome.code} ${measure?.code ?? ''}`,
          cells: [
            entry('outcomes', outcome),
            measure === undefined ? 'Nothing yet' : entry('measures', measure),
            instruments
              .filter((instrument) => instrument.measure === measure?.code)
              .map(({ label }) => label)
              .join(', ') || 'Nothing yet',
          ],
        }))}
      />
      <DataTable
        caption="Instruments"
        columns={['Instrument', 'Scale', 'Reliable change', 'When', 'Who fills it in', 'Services']}
        rows={instruments.map((instrument) => ({
          key: instrument.code,
          cells: [
            <Named key="name" instrument={instrument}>
              {entry('instruments', instrument)}
            </Named>,
            <Lines
              key="scale"
              lines={[
                scaleWords(instrument),
                ...(instrument.subScales ?? []).map((one) => `${one.label}: ${scaleWords(one)}`),
              ]}
            />,
            <Lines
              key="change"
              lines={[
                reliableWords(instrument),
                ...(instrument.subScales ?? []).map((one) => `${one.label}: ${reliableWords(one)}`),
              ]}
            />,
            <Lines key="when" lines={timePointWords(instrument)} />,
            completerWords(instrument),
            instrument.services.map((code) => services.get(code) ?? code).join(', ') || 'None yet',
          ],
        }))}
      />
    </>
  )
}

function Named({
  instrument: { code, licence, retired, invented },
  children,
}: {
  readonly instrument: Instrument
  readonly children: ReactNode
}): ReactNode {
  const notes = [
    ...(invented === true ? ['Made up: it measures nothing'] : []),
    ...(retired === undefined ? [] : [`Last used on ${dayWords(retired)}`]),
    ...(licence === undefined ? [] : [licence]),
  ]
  return (
    <>
      {children}
      <span className="app-cell-note app-code">{code}</span>
      {notes.map((note) => (
        <span key={note} className="app-cell-note">
          {note}
        </span>
      ))}
    </>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }): ReactNode {
  const [first = '', ...others] = lines
  return (
    <>
      {first}
      {others.map((line) => (
        <span key={line} className="app-cell-note">
          {line}
        </span>
      ))}
    </>
  )
}
