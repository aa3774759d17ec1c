import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { listServices } from '#server/programme/register/list-register.ts'
import { may } from '#server/identity/actors/actor.ts'
import { lookAtCertificates } from '#server/portal/screens/read-certificates.ts'
import { readHomeNumbers } from '#server/portal/screens/read-home.ts'
import { DataTable } from './components/data-table.tsx'
import { HomeNumberList } from './components/home-numbers.tsx'
import { StartList } from './components/start-list.tsx'
import { openRequest } from './guards/request-context.ts'
import { readSignedIn, requireActor } from './guards/require-actor.ts'

/**
 * Where analysts and administrators begin, with what is theirs to open; providers begin at their
 * services.
 */
export default async function HomePage(): Promise<ReactNode> {
  const actor = await requireActor()
  if (may(actor, 'submission.send')) redirect(addresses.send)
  if (may(actor, 'look-up.ask')) redirect(addresses.lookUp)
  const signedIn = await readSignedIn()
  const { portal, accounts } = await openRequest()
  const numbers = may(actor, 'register.see')
    ? await readHomeNumbers(
        { database: accounts.pool, programme: portal.programme, now: accounts.now() },
        actor,
      )
    : undefined
  const services = may(actor, 'register.see') ? [] : await listServices(accounts.pool, null)
  return (
    <>
      <span className="govuk-caption-l">{signedIn?.name}</span>
      <h1 className="govuk-heading-l">{portal.programme.name}</h1>
      {numbers !== undefined && (
        <HomeNumberList
          numbers={numbers}
          certificates={await lookAtCertificates({
            ...{ origin: accounts.origin, pool: accounts.pool, signOn: portal.signOn },
          })}
        />
      )}
      <StartList actor={actor} />
      {services.length > 0 && (
        <DataTable
          caption="Services of the programme"
          columns={['Service', 'Organisation', 'Strand']}
          rows={services.map(({ code, name, strandName, providerName }) => ({
            key: code,
            cells: [name, providerName, strandName],
          }))}
        />
      )}
    </>
  )
}
