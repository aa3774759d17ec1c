import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { TypedField } from '#core/rights/typed-person.ts'
import { ALARM_AT, MOST_IN_A_DAY, MOST_OF_A_REQUEST } from '#server/linkage/rights/search-limits.ts'
import { readRightsRequest } from '#server/linkage/rights/handle-requests.ts'
import { listServices } from '#server/programme/register/list-register.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { SelectField } from '../../../components/choice-fields.client.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextAreaField } from '../../../components/text-field.client.tsx'
import { openRequest } from '../../../guards/request-context.ts'
import { turnAway } from '../../../guards/refused.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { findTyped } from './actions.ts'

export const metadata: Metadata = { title: 'Look for the person' }

const FIELDS: readonly {
  readonly name: TypedField
  readonly label: string
  readonly hint?: string
}[] = [
  { name: 'firstNames', label: 'First names', hint: 'And what they are called for short.' },
  { name: 'lastNames', label: 'Last names', hint: 'Before and after a marriage, say.' },
  {
    name: 'births',
    label: 'Dates of birth',
    hint: 'Both, where you are not sure. For example, 27/3/2019.',
  },
  { name: 'genders', label: 'Gender', hint: 'As services write it: F or M.' },
  { name: 'nhsNumbers', label: 'NHS numbers' },
  { name: 'postcodes', label: 'Postcodes', hint: 'Of every address in the years in question.' },
  { name: 'emails', label: 'Their own email addresses' },
  { name: 'mobiles', label: 'Their own mobile numbers' },
  { name: 'carerEmails', label: 'Of a child: email addresses of parents and carers' },
  { name: 'carerMobiles', label: 'Of a child: mobile numbers of parents and carers' },
  {
    name: 'references',
    label: 'A service’s own references for them',
    hint: 'Choose the service below.',
  },
]

/** Where an officer types who the person is; it goes sealed to a worker and is kept nowhere. */
export default async function FindPersonPage({
  params,
}: {
  readonly params: Promise<{ request: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('rights.handle')
  const { accounts } = await openRequest()
  const view = await readRightsRequest(accounts, actor, (await params).request)
  if (!view.ok || view.request.state !== 'open') return turnAway()
  const { reference } = view.request
  const services = await listServices(accounts.pool, null)
  return (
    <TwoThirds>
      <BackLink href={addresses.rightsRequest(reference)} text="Back to the request" />
      <h1 className="govuk-heading-l">Look for the person</h1>
      <p className="govuk-body">
        Write one on a line: every spelling, date and address that a service may have had. What you
        write is turned into pseudonyms and forgotten. It is never kept, also not if something goes
        wrong here, so you may have to type it again.
      </p>
      <p className="govuk-body">
        Every search is recorded. A request is searched {MOST_OF_A_REQUEST} times at most, and you
        can search {MOST_IN_A_DAY} times in 24 hours. If you search {ALARM_AT} times, the others who
        watch over the programme are told.
      </p>
      <ActionForm action={findTyped} submit="Look for the person">
        <input type="hidden" name="request" value={reference} />
        {FIELDS.map((field) => (
          <TextAreaField key={field.name} {...field} rows={2} longest={2000} />
        ))}
        <SelectField
          name="service"
          label="Service of the references"
          choices={[
            { value: '', text: 'None' },
            ...services.map(({ code, name }) => ({ value: code, text: name })),
          ]}
        />
      </ActionForm>
    </TwoThirds>
  )
}
