import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { mark } from '#core/forms/markup.ts'
import type { ReferenceCode } from '#core/messages/linkage/reference-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { doubtWords, evidenceWords, ruleWords } from '#core/messages/linkage/linkage-words.ts'
import type { Explanation } from '#server/linkage/decisions/explain-beneficiary.ts'
import { lookAtBeneficiary, lookAtRow } from '#server/linkage/decisions/look-at-doubts.ts'
import type { RecordPlace } from '#server/linkage/decisions/list-doubts.ts'
import {
  readNamesIn,
  readRegisterNames,
  type NamedIn,
} from '#server/programme/register/register-names.ts'
import { ErrorSummary, problemOf } from '../../components/error-summary.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { FindRow } from '../find-row.tsx'
import { FamilyExplained } from './family-explained.tsx'
import { RecordPlaces } from '../record-places.tsx'

export const metadata: Metadata = { title: 'Explain a beneficiary' }

/** Why the records of one reference are one person; the look is audited. */
export default async function ExplainPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('doubt.see')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const submission = textIn(query, 'submission')
  if (submission !== '') {
    const row = textIn(query, 'row').trim()
    const fileRow = /^[1-9][0-9]{0,6}$/.test(row) ? Number(row) : 0
    const found = await lookAtRow(portal.looks, actor, { submission, fileRow })
    if (!found.ok && found.code === 'not-found') return turnAway()
    const places = found.ok ? found.places : []
    const named = await readNamesIn(accounts.pool, places)
    return (
      <TwoThirds>
        <RowFound {...{ submission, row, places, named }} />
      </TwoThirds>
    )
  }
  const reference = textIn(query, 'reference').trim()
  const looked =
    reference === '' ? undefined : await lookAtBeneficiary(portal.looks, actor, reference)
  if (looked?.ok === false && looked.code === 'not-found') return turnAway()
  const error = looked?.ok === false ? looked : undefined
  return (
    <TwoThirds>
      <BackLink href={addresses.doubts} text="Possible matches" />
      {error !== undefined && <NotExplained code={error.code} meant={error.detail?.['meant']} />}
      <h1 className="govuk-heading-l">Explain a beneficiary</h1>
      <ReferenceForm
        reference={reference}
        error={error === undefined ? undefined : wordsOf(error.code).title}
      />
      {looked?.ok === true && <Explained explanation={looked.explanation} />}
    </TwoThirds>
  )
}

function NotExplained({
  code,
  meant,
}: {
  readonly code: ReferenceCode
  readonly meant: string | number | undefined
}): ReactNode {
  const { title, fix } = wordsOf(code)
  const suggested = String(meant ?? '')
  const link = mark(
    'a',
    { class: 'govuk-link', href: withQuery(addresses.explain, { reference: suggested }) },
    suggested,
  )
  const hint = meant === undefined ? fix : [`${fix} Did you mean `, link, '?']
  return <ErrorSummary problems={[{ field: 'reference', message: title, hint }]} />
}

function ReferenceForm({
  reference,
  error,
}: {
  readonly reference: string
  readonly error: string | undefined
}): ReactNode {
  return (
    <form action={addresses.explain} method="get">
      <div className={`govuk-form-group${error === undefined ? '' : ' govuk-form-group--error'}`}>
        <label className="govuk-label" htmlFor="reference">
          Reference
        </label>
        <div id="reference-hint" className="govuk-hint">
          It begins with CO-. A reference that was merged leads to the one it was merged into.
        </div>
        {error !== undefined && (
          <p id="reference-error" className="govuk-error-message">
            <span className="govuk-visually-hidden">Error:</span> {error}
          </p>
        )}
        <input
          className="govuk-input govuk-input--width-20"
          id="reference"
          name="reference"
          type="text"
          autoComplete="off"
          spellCheck={false}
          defaultValue={reference}
          aria-describedby={`reference-hint${error === undefined ? '' : ' reference-error'}`}
        />
      </div>
      <button type="submit" className="govuk-button">
        Explain
      </button>
    </form>
  )
}

/** Whom a row of a submission is counted as. */
function RowFound({
  submission,
  row,
  places,
  named,
}: {
  readonly submission: string
  readonly row: string
  readonly places: readonly RecordPlace[]
  readonly named: NamedIn
}): ReactNode {
  const isEmpty = row !== '' && places.length === 0
  const { title, fix } = wordsOf('row-empty')
  return (
    <>
      <BackLink href={addresses.submission(submission)} text={`Submission ${submission}`} />
      {isEmpty && <ErrorSummary problems={[problemOf({ title, fix }, 'row')]} />}
      <h1 className="govuk-heading-l">Find a row</h1>
      {places.length > 0 && <RecordPlaces places={places} named={named} />}
      <FindRow submission={submission} row={row} {...(isEmpty ? { error: title } : {})} />
    </>
  )
}

async function Explained({
  explanation: { reference, aliases, policy, records, joins, refused, family },
}: {
  readonly explanation: Explanation
}): Promise<ReactNode> {
  const { accounts } = await openRequest()
  const others = refused.flatMap((near) => near.others)
  const named = await readNamesIn(accounts.pool, [...records, ...others])
  const { services } = await readRegisterNames(accounts.pool)
  return (
    <>
      <h2 className="govuk-heading-m">{reference}</h2>
      <p className="govuk-body">
        One person in {records.length === 1 ? 'one record' : `${records.length} records`}, linked by
        the policy “{policy}”.
        {aliases.length > 0 && ` Earlier references of theirs: ${aliases.join(', ')}.`}
      </p>
      <RecordPlaces places={records} named={named} of={reference} />
      <h3 className="govuk-heading-s">Why these are one person</h3>
      {joins.length === 0 && (
        <p className="govuk-body">There is one record only: nothing was joined.</p>
      )}
      <ol className="govuk-list govuk-list--number">
        {joins.map(({ left, right, rule, agreed }) => (
          <li key={`${left.submission} ${left.row} ${right.submission} ${right.row} ${right.role}`}>
            Joined by {ruleWords(rule)}
            {agreed.length > 0 && ` (agreed: ${agreed.map(evidenceWords).join('; ')})`}:
            <RecordPlaces places={[left, right]} named={named} of={reference} />
          </li>
        ))}
      </ol>
      <FamilyExplained family={family} named={(service) => services.get(service) ?? service} />
      <h3 className="govuk-heading-s">What nearly matched and was kept apart</h3>
      {refused.length === 0 && <p className="govuk-body">Nothing.</p>}
      {refused.map(({ kind, code, others }) => (
        <div
          key={`${kind} ${code} ${others.map(({ submission, row }) => `${submission}.${row}`).join(' ')}`}
        >
          <p className="govuk-body">{doubtWords(code).title}:</p>
          <RecordPlaces places={others} named={named} />
        </div>
      ))}
    </>
  )
}
