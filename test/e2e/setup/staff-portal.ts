import { createServer, type AddressInfo } from 'node:net'
import { inject } from 'vitest'
import { keepSignOnSecret } from '#server/keys/sign-on-secret.ts'
import { startPortal, type RunningPortal } from '#server/portal/serving/start-portal.ts'
import { openOrganisation, type Organisation } from '../../server/portal/signing-in/organisation.ts'
import type { Visit } from './visitor.ts'

/** A second portal of the run's programme, to which staff of an organisation sign on. */
export interface StaffPortal {
  readonly portal: RunningPortal
  readonly organisation: Organisation
  close(): Promise<void>
}

export async function openStaffPortal({ owner }: Pick<Visit, 'owner'>): Promise<StaffPortal> {
  const { databaseUrl, dataDir, build, env } = inject('portal')
  const port = await freePort()
  const organisation = await openOrganisation(
    `http://127.0.0.1:${port}/api/auth/callback/organisation`,
  )
  await keepSignOnSecret({ dataDir, env }, Buffer.from(organisation.secret))
  await owner.query(
    `insert into sign_on_group (place, group_name, role) values (1, 'analysts', 'analyst')
     on conflict do nothing`,
  )
  const portal = await startPortal({
    ...{ databaseUrl, dataDir, port, build },
    env: {
      ...{ ...process.env, ...env },
      SIGN_ON_ISSUER: organisation.issuer,
      SIGN_ON_CLIENT_ID: organisation.clientId,
      SIGN_ON_ORGANISATION: 'Northern Council',
      SIGN_ON_SECOND_FACTOR: 'amr=mfa',
    },
  })
  return {
    ...{ portal, organisation },
    async close() {
      await portal.stop()
      await organisation.close()
    },
  }
}

/** The organisation must know where the portal will be before it is there. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
