import type { ReactNode } from 'react'
import { listServices } from '#server/programme/list-register.ts'
import { DataTable } from './components/data-table.tsx'
import { openRequest } from './guards/request-context.ts'
import { readSignedIn, requireActor } from './guards/require-actor.ts'

/** Where everybody begins: the services that are theirs to send for, or the programme's. */
export default async function HomePage(): Promise<ReactNode> {
  const actor = await requireActor()
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const services = await listServices(accounts.pool, actor.providerCode)
  const own = actor.role === 'provider'
  return (
    <>
      <span className="govuk-caption-l">{signedIn?.name}</span>
      <h1 className="govuk-heading-l">
        {own ? (signedIn?.providerName ?? '') : portal.programme.name}
      </h1>
      <DataTable
        caption={own ? 'Your services' : 'Services of the programme'}
        columns={['Service', ...(own ? [] : ['Organisation']), 'Strand', 'Agreement']}
        rows={services.map(({ code, name, strandName, providerName, agreedFrom, agreedTo }) => ({
          key: code,
          cells: [
            name,
            ...(own ? [] : [providerName]),
            strandName,
            agreementDays(agreedFrom, agreedTo),
          ],
        }))}
      />
    </>
  )
}

function agreementDays(from: string | null, to: string | null): string {
  if (from === null) return 'None: nothing can be sent'
  return to === null ? `From ${inWords(from)}` : `${inWords(from)} to ${inWords(to)}`
}

function inWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(day),
  )
}
