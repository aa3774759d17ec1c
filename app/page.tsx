import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { listServices } from '#server/programme/list-register.ts'
import { DataTable } from './components/data-table.tsx'
import { StartList } from './components/start-list.tsx'
import { openRequest } from './guards/request-context.ts'
import { readSignedIn, requireActor } from './guards/require-actor.ts'
import { TASKS } from './journey-paths.ts'

/** Where analysts and administrators begin, with the programme's services; providers begin at theirs. */
export default async function HomePage(): Promise<ReactNode> {
  const actor = await requireActor()
  if (actor.role === 'provider') redirect(TASKS)
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const services = await listServices(accounts.pool, actor.providerCode)
  return (
    <>
      <span className="govuk-caption-l">{signedIn?.name}</span>
      <h1 className="govuk-heading-l">{portal.programme.name}</h1>
      <StartList actor={actor} />
      <DataTable
        caption="Services of the programme"
        columns={['Service', 'Organisation', 'Strand', 'Agreement']}
        rows={services.map(({ code, name, strandName, providerName, agreedFrom, agreedTo }) => ({
          key: code,
          cells: [name, providerName, strandName, agreementDays(agreedFrom, agreedTo)],
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
