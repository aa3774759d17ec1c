import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { fieldsOf, findEntry } from '#core/framework/entry-fields.ts'
import { COMPLETERS, type FrameworkEntry } from '#core/framework/framework.ts'
import { FRAMEWORK_PART_WORDS, isFrameworkPart } from '#core/messages/register/framework-words.ts'
import { readDraftShown } from '#server/programme/framework/read-framework.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { ActionForm } from '../../../../components/action-form.client.tsx'
import { InitialValues } from '../../../../components/kept-values.client.tsx'
import { BackLink } from '../../../../components/notices.tsx'
import { TwoThirds } from '../../../../components/page-columns.tsx'
import { textIn, type Query } from '../../../../guards/query.ts'
import { turnAway } from '../../../../guards/refused.ts'
import { openRequest } from '../../../../guards/request-context.ts'
import { requireActor } from '../../../../guards/require-actor.ts'
import { putEntry, removeEntry } from '../actions.ts'
import { EntryForm } from './entry-form.tsx'

export const metadata: Metadata = { title: 'Entry of the measurement framework' }

/** One entry of the draft: a form to change it, or to add another. */
export default async function FrameworkEntryPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ part: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.change')
  const { part } = await params
  if (!isFrameworkPart(part)) return turnAway()
  const { accounts } = await openRequest()
  const read = await readDraftShown(accounts, actor)
  if (!read.ok) return turnAway()
  const { framework, revision } = read.draft
  const code = textIn(await searchParams, 'code')
  const entry = findEntry(framework, part, code)
  if (code !== '' && entry === undefined) return turnAway()
  const { services } = await readRegisterNames(accounts.pool)
  const { one, add } = FRAMEWORK_PART_WORDS[part]
  return (
    <TwoThirds>
      <BackLink href={addresses.frameworkDraft} text="Draft of the measurement framework" />
      {entry !== undefined && <span className="govuk-caption-l">{one}</span>}
      <h1 className="govuk-heading-l">{entry?.label ?? add}</h1>
      <InitialValues values={valuesOf(entry)}>
        <ActionForm action={putEntry} submit="Save it in the draft">
          <input type="hidden" name="part" value={part} />
          <input type="hidden" name="seen" value={revision} />
          <input type="hidden" name="do" value={entry === undefined ? 'add' : 'change'} />
          {entry !== undefined && <input type="hidden" name="code" value={code} />}
          <EntryForm part={part} isNew={entry === undefined} {...{ framework, services }} />
        </ActionForm>
      </InitialValues>
      {entry !== undefined && (
        <ActionForm action={removeEntry} submit="Take it out of the draft" warning>
          <input type="hidden" name="part" value={part} />
          <input type="hidden" name="seen" value={revision} />
          <input type="hidden" name="code" value={code} />
          {part === 'instruments' && (
            <p className="govuk-body">
              An instrument that is not used any more keeps its place with a last day of use. Take
              out only what was entered by mistake.
            </p>
          )}
        </ActionForm>
      )}
    </TwoThirds>
  )
}

/** What the form begins with. */
function valuesOf(entry: FrameworkEntry | undefined): Readonly<Record<string, string>> {
  if (entry === undefined) return {}
  const fields = fieldsOf(entry)
  const ticks = (name: string, text = ''): [string, string][] =>
    text.split('\n').map((code) => [`${name}${code}`, 'yes'])
  const [year = '', month = '', day = ''] = (fields.retired ?? '')
    .split('-')
    .map((number) => (number === '' ? '' : String(Number(number))))
  return {
    ...fields,
    ...Object.fromEntries([
      ...ticks('service-', fields.services),
      ...ticks('by-', fields.completedBy).filter(([name]) =>
        COMPLETERS.some((code) => name === `by-${code}`),
      ),
    ]),
    ...{ 'retired-day': day, 'retired-month': month, 'retired-year': year },
  }
}
