import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  isRegisterKind,
  REGISTER_FACTS,
  REGISTER_KINDS,
  type RegisterFact,
} from '#core/messages/register/register-words.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { begunQuarters, listEntries } from '#server/programme/register/change-register.ts'
import type { Entry } from '#server/programme/register/entries.ts'
import { readCalendar } from '#server/programme/register/quarters.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import { turnAway } from '../../../guards/refused.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { add } from '../actions.ts'
import { FactFields } from '../fact-fields.tsx'
import { factWords } from '../fact-words.ts'
import { openRegister, readChoices } from '../read-choices.ts'

export const metadata: Metadata = { title: 'Register' }

/** What stands in the list of a kind beside its name. */
const COLUMNS = {
  programme: ['begins', 'ends'],
  service: ['provider', 'strand', 'closedAfter'],
  provider: ['closedAfter'],
  strand: ['closedAfter'],
  ward: ['gss', 'splitFrom', 'closedAfter'],
  'list-value': ['list', 'closedAfter'],
  quarter: ['deadline', 'closed'],
} as const satisfies Record<Entry['kind'], readonly RegisterFact[]>

/** The entries of a kind, and a form for a further one. */
export default async function RegisterKindPage({
  params,
}: {
  readonly params: Promise<{ kind: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { kind } = await params
  if (!isRegisterKind(kind)) return turnAway()
  const context = await openRegister()
  const listed = await listEntries(context.database, actor, kind)
  if (!listed.ok) return turnAway()
  const choices = await readChoices(context, actor)
  const isAdded = kind !== 'quarter' && kind !== 'programme'
  const columns: readonly RegisterFact[] = COLUMNS[kind]
  const entries =
    kind === 'quarter'
      ? await quartersAsEntries(begunQuarters(context.programme, context.now).reverse())
      : listed.entries
  return (
    <>
      <BackLink href={addresses.register} text="Register" />
      <h1 className="govuk-heading-l">{REGISTER_KINDS[kind].many}</h1>
      {isAdded && (
        <p className="govuk-body">
          <a className="govuk-link" href="#add">
            Add one
          </a>
        </p>
      )}
      <DataTable
        caption={REGISTER_KINDS[kind].many}
        isCaptionHidden
        isTight
        onWide={['Code', REGISTER_FACTS.strand, REGISTER_FACTS.gss]}
        columns={[
          REGISTER_KINDS[kind].one,
          ...(kind === 'quarter' ? [] : ['Code']),
          ...columns.map((fact) => REGISTER_FACTS[fact]),
        ]}
        rows={entries.map(({ code, facts }) => ({
          key: code,
          cells: [
            <a key="name" className="govuk-link" href={addresses.registerEntry(kind, code)}>
              {isQuarter(code) ? quarterWords(code) : facts.name}
            </a>,
            ...(kind === 'quarter' ? [] : [code]),
            ...columns.map((fact) => factWords(fact, facts[fact] ?? '', choices.names)),
          ],
        }))}
      />
      {isAdded && (
        <div className="govuk-grid-row" id="add">
          <div className="govuk-grid-column-two-thirds">
            <h2 className="govuk-heading-m">Add one</h2>
            <ActionForm action={add} submit="Add">
              <input type="hidden" name="kind" value={kind} />
              <TextField
                name="code"
                label="Code"
                hint="Small letters, digits and hyphens. It stays for good."
                autoComplete="off"
                width={20}
              />
              <FactFields kind={kind} isNew choices={choices} />
            </ActionForm>
          </div>
        </div>
      )}
    </>
  )

  async function quartersAsEntries(
    quarters: ReturnType<typeof begunQuarters>,
  ): Promise<Pick<Entry, 'code' | 'facts'>[]> {
    const calendar = await readCalendar(context.database, quarters)
    return calendar.map(({ quarter, deadline, isClosed }) => ({
      code: quarter,
      facts: { deadline, closed: isClosed ? 'yes' : '' },
    }))
  }
}
