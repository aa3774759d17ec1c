import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isRegisterKind, REGISTER_KINDS } from '#core/messages/register/register-words.ts'
import { begunQuarters, listEntries } from '#server/programme/register/change-register.ts'
import { readCalendar } from '#server/programme/register/quarters.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import { turnAway } from '../../../guards/refused.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { add } from '../actions.ts'
import { EntryParts, type ShownEntry } from '../entry-parts.tsx'
import { FactFields } from '../fact-fields.tsx'
import { openRegister, readChoices } from '../read-choices.ts'

export const metadata: Metadata = { title: 'Register' }

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
  // A source says more than a form of its service asks for.
  const isImported = kind === 'service' && choices.isLookUp
  const isAdded = kind !== 'quarter' && kind !== 'programme' && !isImported
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
      {isImported && (
        <p className="govuk-inset-text">
          A new source comes with a{' '}
          <a className="govuk-link" href={addresses.importRegister}>
            register file
          </a>
          , which says its kind, where and on which days its data cover people, and what no record
          means.
        </p>
      )}
      <EntryParts kind={kind} entries={entries} names={choices.names} />
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
  ): Promise<ShownEntry[]> {
    const calendar = await readCalendar(context.database, quarters)
    return calendar.map(({ quarter, deadline, isClosed }) => ({
      code: quarter,
      facts: { deadline, closed: isClosed ? 'yes' : '' },
    }))
  }
}
