import { run } from '#server/platform/db/run.ts'
import { openPortal } from './portal.ts'

/** Asks what the pages work with for anything; throws where it does not answer. */
type Look = () => Promise<unknown>

const HOLDER = Symbol.for('countonce.portal-health')

/** Lets the server in front of the pages ask whether their database answers, when the pages start. */
export function keepPortalHealth(): void {
  const look: Look = async () => {
    const { accounts } = await openPortal()
    await run(accounts.pool, 'tables/answer', [])
  }
  Object.assign(globalThis, { [HOLDER]: look })
}

/** Asks the pages of this process; throws before they have started. */
export async function lookAtPages(): Promise<void> {
  const look = (globalThis as { [HOLDER]?: Look })[HOLDER]
  if (look === undefined) throw new Error('the pages have not started')
  await look()
}
