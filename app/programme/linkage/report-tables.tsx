import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ruleWords } from '#core/messages/linkage/linkage-words.ts'
import { policyWords } from '#core/messages/linkage/policy-words.ts'
import type {
  ChangeCount,
  RelinkReport,
  ReportedChange,
} from '#server/linkage/relinking/look-at-report.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Folded } from '../../components/folded.tsx'
import { Moment } from '../../components/moment.tsx'
import { NumberTable } from '../../components/number-table.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { ReferenceLink } from '../../doubts/record-places.tsx'
import { openRequest } from '../../guards/request-context.ts'

/** Who would join and part, by rule and service, and reach before and after. */
export async function ReportTables({
  report,
}: {
  readonly report: RelinkReport
}): Promise<ReactNode> {
  const { accounts } = await openRequest()
  const names = await readRegisterNames(accounts.pool)
  const named = (service: string): string =>
    service === '' ? 'The programme' : (names.services.get(service) ?? service)
  const { joins, parts, figures } = report
  return (
    <>
      <SummaryList
        lines={[
          { name: 'Policy now', value: policyWords(report.policyBefore).name },
          { name: 'Policy of this report', value: policyWords(report.policyAfter).name },
          { name: 'Made', value: <Moment at={report.madeAt} /> },
          { name: 'Records', value: shown(report.records) },
          {
            name: 'People who would join others',
            value: `${shown(joins)} ${joins === 1 ? 'case' : 'cases'}`,
          },
          {
            name: 'People who would part',
            value: `${shown(parts)} ${parts === 1 ? 'case' : 'cases'}`,
          },
          ...(figures === undefined
            ? []
            : [
                {
                  name: 'People found',
                  value: `${shown(figures.peopleBefore)} now, ${shown(figures.peopleAfter)} then`,
                },
              ]),
        ]}
      />
      {joins + parts === 0 && (
        <p className="govuk-body">Nobody would join or part: every figure stays as it is.</p>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.linkageReportFile(report.act)}>
          {figures === undefined
            ? 'Download everybody who would join or part (CSV)'
            : 'Download reach before and after, and everybody who would join or part (CSV)'}
        </a>
      </p>
      {figures === undefined ? (
        <p className="govuk-body">
          Reach before and after is exact, so it is shown to those alone who may see exact figures,
          here and in the file.
        </p>
      ) : (
        <NumberTable
          caption="Reach over all quarters (exact: not for publication)"
          columns={['Service', 'Now', 'Then', 'Change'].map((name) => ({ name }))}
          rows={figures.reach.map(({ service, before, after }) => ({
            key: service,
            cells: [named(service), shown(before), shown(after), signed(after - before)],
          }))}
        />
      )}
      <Counts of="rule" counts={report.byRule} words={rulesWords} />
      <Counts of="service" counts={report.byService} words={named} />
      <Changes report={report} named={named} />
    </>
  )
}

/** Who would join and part, as many as a page lists. */
function Changes({
  report: { changes, joins, parts },
  named,
}: {
  readonly report: RelinkReport
  readonly named: (service: string) => string
}): ReactNode {
  if (changes.length === 0) return null
  const caption =
    changes.length < joins + parts
      ? `The first ${changes.length} of ${shown(joins + parts)} who would join or part`
      : 'Everybody who would join or part'
  return (
    <Folded text={caption} isWide>
      <DataTable
        caption={caption}
        isCaptionHidden
        columns={['Who', 'What', 'By', 'Services']}
        rows={changes.map((change) => ({
          key: String(change.number),
          cells: [
            <People key="people" change={change} />,
            change.kind === 'join'
              ? `${change.people.length} become one`
              : `One becomes ${change.intoPeople}`,
            change.rules.length === 0 ? rulesWords('') : change.rules.map(ruleWords).join('; '),
            change.services.map(named).join(', '),
          ],
        }))}
      />
    </Folded>
  )
}

function People({ change: { people } }: { readonly change: ReportedChange }): ReactNode {
  return (
    <ul className="govuk-list app-places">
      {people.slice(0, MOST_PEOPLE).map((reference) => (
        <li key={reference}>
          <ReferenceLink reference={reference} />
        </li>
      ))}
      {people.length > MOST_PEOPLE && <li>and {shown(people.length - MOST_PEOPLE)} more</li>}
    </ul>
  )
}

const MOST_PEOPLE = 6

/** How many join and part by each rule, or in each service. */
function Counts({
  of,
  counts,
  words,
}: {
  readonly of: 'rule' | 'service'
  readonly counts: readonly ChangeCount[]
  readonly words: (of: string) => string
}): ReactNode {
  if (counts.length === 0) return null
  const caption = `Who would join and part, by ${of}`
  return (
    <Folded text={caption} isWide>
      <NumberTable
        caption={caption}
        columns={[of === 'rule' ? 'Rule' : 'Service', 'Join', 'Part'].map((name) => ({ name }))}
        rows={counts.map((count) => ({
          key: count.of,
          cells: [words(count.of), shown(count.joins), shown(count.parts)],
        }))}
      />
    </Folded>
  )
}

function rulesWords(rule: string): string {
  return rule === '' ? 'a contact that too many people carry' : ruleWords(rule)
}

function shown(count: number): string {
  return count.toLocaleString('en-GB')
}

function signed(change: number): string {
  return change > 0 ? `+${shown(change)}` : shown(change).replace('-', '−')
}
