import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { doneWords } from '#core/messages/done-words.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  isRegisterKind,
  REGISTER_FACTS,
  REGISTER_KINDS,
  REGISTER_REASONS,
  type RegisterFact,
} from '#core/messages/register/register-words.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import {
  begunQuarters,
  readEntryHistory,
  type EntryVersion,
} from '#server/programme/register/change-register.ts'
import {
  FACTS_OF,
  SOURCE_FACTS,
  type Entry,
  type Facts,
} from '#server/programme/register/entries.ts'
import { usualDeadline } from '#server/programme/register/quarters.ts'
import { ActionForm } from '../../../../components/action-form.client.tsx'
import { DataTable } from '../../../../components/data-table.tsx'
import { InitialValues } from '../../../../components/kept-values.client.tsx'
import { Moment } from '../../../../components/moment.tsx'
import { BackLink, SuccessBanner } from '../../../../components/notices.tsx'
import { TwoThirds } from '../../../../components/page-columns.tsx'
import { SummaryList } from '../../../../components/summary-list.tsx'
import { SentBack } from '../../../../components/text-field.client.tsx'
import { textIn, type Query } from '../../../../guards/query.ts'
import { turnAway } from '../../../../guards/refused.ts'
import { requireActor } from '../../../../guards/require-actor.ts'
import { change } from '../../actions.ts'
import { FactFields } from '../../fact-fields.tsx'
import { differenceWords, factWords, type NamesOf } from '../../fact-words.ts'
import { openRegister, readChoices } from '../../read-choices.ts'

export const metadata: Metadata = { title: 'Register' }

/** One entry of the register: what it is, a form to change it, and what it was before. */
export default async function RegisterEntryPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ kind: string; code: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { kind, code } = await params
  if (!isRegisterKind(kind)) return turnAway()
  const context = await openRegister()
  const read = await readEntryHistory(context.database, actor, kind, code)
  const isUsual =
    !read.ok &&
    kind === 'quarter' &&
    begunQuarters(context.programme, context.now).some((one) => one === code)
  if (!read.ok && !isUsual) return turnAway()
  const { entry, versions } = read.ok ? read : { entry: usualQuarter(code), versions: [] }
  const choices = await readChoices(context, actor, code)
  const done = doneWords('register', textIn(await searchParams, 'done'))
  return (
    <>
      <TwoThirds>
        <BackLink href={addresses.registerKind(kind)} text={REGISTER_KINDS[kind].many} />
        {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
        <span className="govuk-caption-l">{REGISTER_KINDS[kind].one}</span>
        <h1 className="govuk-heading-l">
          {isQuarter(code) ? quarterWords(code) : entry.facts.name}
        </h1>
        <SummaryList lines={linesOf(entry, choices.names)} />
        {kind === 'service' && (
          <p className="govuk-body">
            <a className="govuk-link" href={addresses.service(code)}>
              Its agreements
            </a>
          </p>
        )}
        <h2 className="govuk-heading-m">Change it</h2>
        <InitialValues values={valuesOf(entry, choices.from[0]?.value ?? '')}>
          <ActionForm action={change} submit="Save the change">
            <input type="hidden" name="kind" value={kind} />
            <input type="hidden" name="code" value={code} />
            <SentBack name="version" />
            <FactFields kind={kind} isNew={false} choices={choices} />
          </ActionForm>
        </InitialValues>
      </TwoThirds>
      {versions.length > 0 && <History versions={versions} names={choices.names} />}
    </>
  )
}

function usualQuarter(code: string): Entry {
  const deadline = isQuarter(code) ? usualDeadline(code) : ''
  return { kind: 'quarter', code, version: 0, validFrom: null, facts: { deadline, closed: '' } }
}

function linesOf(
  { kind, code, validFrom, facts }: Entry,
  names: NamesOf,
): { readonly name: string; readonly value: ReactNode }[] {
  const all: readonly RegisterFact[] = FACTS_OF[kind]
  return [
    { name: 'Code', value: <span className="app-code">{code}</span> },
    ...all
      .filter((fact) => !SOURCE_FACTS.includes(fact) || facts[fact] !== undefined)
      .map((fact) => ({
        name: REGISTER_FACTS[fact],
        value: factWords(fact, facts[fact] ?? '', names),
      })),
    ...(validFrom === null ? [] : [{ name: 'So since', value: quarterWords(validFrom) }]),
  ]
}

/** What the form begins with. */
function valuesOf({ version, facts }: Entry, from: string): Readonly<Record<string, string>> {
  return {
    ...facts,
    ...partsOf('deadline', facts),
    ...partsOf('begins', facts),
    ...partsOf('ends', facts),
    version: String(version),
    from,
  }
}

/** The fields of a fact that is a day. */
function partsOf(name: 'deadline' | 'begins' | 'ends', facts: Facts): Record<string, string> {
  const parts = (facts[name] ?? '').split('-').map((part) => String(Number(part)))
  const [year = '', month = '', day = ''] = parts
  return parts.length < 3
    ? {}
    : { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
}

function History({
  versions,
  names,
}: {
  readonly versions: readonly EntryVersion[]
  readonly names: NamesOf
}): ReactNode {
  return (
    <DataTable
      caption="What was changed"
      columns={['Version', 'From', 'What', 'Why', 'Who', 'When']}
      rows={versions.map((one) => ({
        key: String(one.version),
        cells: [
          String(one.version),
          one.from === null ? 'The beginning' : quarterWords(one.from),
          one.version === 1 ? (
            'As it was first'
          ) : (
            <ul key="what" className="govuk-list govuk-!-margin-bottom-0">
              {one.differences.map((difference) => (
                <li key={difference.fact}>{differenceWords(difference, names)}</li>
              ))}
            </ul>
          ),
          REGISTER_REASONS[one.reason],
          one.by,
          <Moment key="at" at={one.at} />,
        ],
      }))}
    />
  )
}
