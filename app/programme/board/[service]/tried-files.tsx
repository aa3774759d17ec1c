import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { FEEDBACK_ANSWERS, type FeedbackAnswer } from '#core/messages/register/stage-words.ts'
import { foundWords } from '#core/messages/findings/found-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { MEASURE_WORDS } from '#core/messages/register/measure-words.ts'
import type { Measured } from '#core/profiling/measured.ts'
import { findingsOfShape, MEASURES, type MeasureName } from '#core/profiling/measures.ts'
import { windowOf } from '#core/profiling/window-of.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import type { TriedOut } from '#server/portal/screens/board/read-board.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { FilterForm } from '../../../components/filter-form.tsx'
import { Folded } from '../../../components/folded.tsx'
import { Moment } from '../../../components/moment.tsx'
import { NumberTable } from '../../../components/number-table.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { shareWords } from '../share-words.ts'
import { tellProvider } from './actions.ts'

/** How many of the files that were tried out are shown unfolded. */
const LATEST = 3

/** The files that were tried out, the last first, with the share that was right and what was said of each. */
export function TriedFiles({ files }: { readonly files: readonly TriedOut[] }): ReactNode {
  if (files.length === 0) {
    return <p className="govuk-body">No file of it was tried out yet.</p>
  }
  const earlier = files.slice(LATEST)
  return (
    <>
      <FilesTable caption="Files that were tried out" files={files.slice(0, LATEST)} />
      {earlier.length > 0 && (
        <Folded text={earlier.length === 1 ? '1 earlier file' : `${earlier.length} earlier files`}>
          <FilesTable caption="Earlier files" files={earlier} />
        </Folded>
      )}
    </>
  )
}

function FilesTable({
  caption,
  files,
}: {
  readonly caption: string
  readonly files: readonly TriedOut[]
}): ReactNode {
  return (
    <DataTable
      caption={caption}
      columns={['File', 'Quarter', 'Rows', 'Right', 'Most found', 'Feedback']}
      rows={files.map((file) => ({
        key: file.reference,
        cells: [
          <span key="reference">
            <a className="govuk-link app-nowrap" href={addresses.submission(file.reference)}>
              {file.reference}
            </a>
            <span className="app-cell-note">
              <Moment at={file.receivedAt} />
            </span>
          </span>,
          quarterWords(file.quarter),
          file.rows.toLocaleString('en-GB'),
          file.share === null ? 'No rows' : shareWords(file.share),
          <ul key="found" className="govuk-list govuk-!-margin-bottom-0">
            {file.findings.slice(0, 3).map((found) => (
              <li key={`${found.code} ${found.field}`}>{foundWords(found)}</li>
            ))}
          </ul>,
          <FeedbackState key="feedback" file={file} />,
        ],
      }))}
    />
  )
}

function FeedbackState({ file: { reference, feedback } }: { readonly file: TriedOut }): ReactNode {
  if (feedback === null) {
    return (
      <ActionForm action={tellProvider} submit="Ask the organisation to look" secondary>
        <input type="hidden" name="reference" value={reference} />
      </ActionForm>
    )
  }
  if (feedback.answer === null) {
    return (
      <>
        Asked <Moment at={feedback.sentAt} />
      </>
    )
  }
  return FEEDBACK_ANSWERS[feedback.answer as FeedbackAnswer]
}

/** What the last file came to, measure by measure, and what its shape asks for. */
export function ProfiledFile({
  file,
  service,
}: {
  readonly file: TriedOut | undefined
  readonly service: string
}): ReactNode {
  if (file === undefined) return null
  const shape = findingsOfShape(file)
  return (
    <Folded text="The last file, measure by measure, and its shape">
      <NumberTable
        caption={`The last file, ${file.reference}, by measure`}
        columns={[{ name: 'Measure' }, { name: 'The last file' }]}
        rows={MEASURE_NAMES.map((name) => ({
          key: name,
          cells: [MEASURE_WORDS[name], measureText(file, name)],
        }))}
      />
      <h2 className="govuk-heading-m">Its shape, and what is done to it</h2>
      {shape.length === 0 ? (
        <p className="govuk-body">Nothing was found about the file as a whole.</p>
      ) : (
        <ul className="govuk-list govuk-list--bullet">
          {shape.map((found) => (
            <li key={`${found.code} ${found.field}`}>
              {foundWords(found)}. {wordsOf(found.code).fix}
            </li>
          ))}
        </ul>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.treatment(service)}>
          How its files are read, changed, filled and matched
        </a>
      </p>
    </Folded>
  )
}

interface Compared {
  readonly files: readonly TriedOut[]
  readonly query: Query
  readonly service: string
}

/** Two files side by side, measure by measure. */
export function ComparedFiles({ files, query, service }: Compared): ReactNode {
  if (files.length < 2) return null
  const chosen = (name: string, usual: number): TriedOut | undefined =>
    files.find(({ reference }) => reference === textIn(query, name)) ?? files[usual]
  const [one, other] = [chosen('one', 1), chosen('other', 0)]
  if (one === undefined || other === undefined) return null
  const choices = files.map(({ reference, quarter }) => ({
    value: reference,
    text: `${quarterWords(quarter)}, ${reference}`,
  }))
  const quarter = quarterWords(other.quarter)
  return (
    <Comparison
      heading="Two files compared"
      isOpen={textIn(query, 'one') !== ''}
      service={service}
      submit="Compare the files"
      fields={[
        { name: 'one', label: 'Earlier', value: one.reference, choices },
        { name: 'other', label: 'Later', value: other.reference, choices },
      ]}
      columns={[
        quarterWords(one.quarter),
        one.quarter === other.quarter ? `${quarter}, later` : quarter,
      ]}
      rows={rowsOfMeasures(one, other)}
    />
  )
}

/** Two times side by side, each from a quarter to a quarter: of each quarter the file that came last. */
export function ComparedTimes({ files, query, service }: Compared): ReactNode {
  const quarters = [...new Set(files.map(({ quarter }) => quarter))].sort()
  const [first, last] = [quarters[0], quarters.at(-1)]
  if (first === undefined || last === undefined || first === last) return null
  const chosen = (name: string, usual: string): string =>
    quarters.find((quarter) => quarter === textIn(query, name)) ?? usual
  const earlier = { from: chosen('from', first), to: chosen('to', first) }
  const later = { from: chosen('later-from', last), to: chosen('later-to', last) }
  const [one, other] = [windowOf(files, earlier), windowOf(files, later)]
  const choices = quarters.map((value) => ({ value, text: quarterWords(value) }))
  const isSome = one !== undefined && other !== undefined
  return (
    <Comparison
      heading="Two times compared"
      isOpen={textIn(query, 'from') !== ''}
      note="Of each quarter the file that came last is counted, and what they hold is added up."
      service={service}
      submit="Compare the times"
      fields={[
        { name: 'from', label: 'Earlier: from', value: earlier.from, choices },
        { name: 'to', label: 'to', value: earlier.to, choices },
        { name: 'later-from', label: 'Later: from', value: later.from, choices },
        { name: 'later-to', label: 'to', value: later.to, choices },
      ]}
      columns={['Earlier', 'Later']}
      rows={
        isSome
          ? [
              { key: 'files', cells: ['Files', String(one.files), String(other.files)] },
              ...rowsOfMeasures(one, other),
            ]
          : []
      }
    />
  )
}

/** Two sides chosen by a form, with a row for each measure; without rows nothing lies in one of them. */
function Comparison({
  heading,
  isOpen,
  note,
  service,
  submit,
  fields,
  columns,
  rows,
}: {
  readonly heading: string
  /** It was just asked for. */
  readonly isOpen: boolean
  readonly note?: string
  readonly service: string
  readonly submit: string
  readonly fields: Parameters<typeof FilterForm>[0]['fields']
  readonly columns: readonly [earlier: string, later: string]
  readonly rows: Parameters<typeof NumberTable>[0]['rows']
}): ReactNode {
  return (
    <Folded text={heading} isOpen={isOpen}>
      {note !== undefined && <p className="govuk-body">{note}</p>}
      <FilterForm action={addresses.boardCard(service)} submit={submit} fields={fields} />
      {rows.length === 0 ? (
        <p className="govuk-body">
          No file lies in one of them. The first quarter comes before the last.
        </p>
      ) : (
        <NumberTable
          caption={`${heading}, by measure`}
          columns={[{ name: 'Measure' }, ...columns.map((name) => ({ name }))]}
          rows={rows}
        />
      )}
    </Folded>
  )
}

function rowsOfMeasures(one: Measured, other: Measured): Parameters<typeof NumberTable>[0]['rows'] {
  return MEASURE_NAMES.map((name) => ({
    key: name,
    cells: [MEASURE_WORDS[name], measureText(one, name), measureText(other, name)],
  }))
}

const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[]

function measureText(measured: Measured, name: MeasureName): string {
  const { unit, value } = MEASURES[name](measured)
  if (value === null) return '–'
  return unit === 'share' ? shareWords(value) : value.toLocaleString('en-GB')
}
