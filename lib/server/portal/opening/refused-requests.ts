import type { Purpose } from '#core/purpose/purposes.ts'
import { recordRefusal, writeCountedRefusals } from '#server/identity/audit/refusals.ts'
import { nameAddress } from '#server/identity/sessions/secrets-at-rest.ts'
import { openPortal } from './portal.ts'

/** What the server in front of the pages asks of them: they have the database. */
export interface RefusedRequests {
  /** Makes a request that was turned away before any page saw it an entry of the audit trail. */
  readonly record: (reason: 'origin' | 'address', address: string) => Promise<void>
  /** What the deployment is for. */
  readonly purpose: () => Promise<Purpose>
  /** Writes what is counted and not written yet, before the process ends. */
  readonly close: () => Promise<void>
}

const HOLDER = Symbol.for('countonce.refused-requests')

/** Begins to keep refused requests, when the pages start. */
export function keepRefusedRequests(): void {
  const kept: RefusedRequests = {
    async record(reason, address) {
      const { accounts } = await openPortal()
      const from = nameAddress(accounts.portalKey, address)
      await recordRefusal(accounts.pool, { event: 'access.refused', reason, actor: null, from })
    },
    purpose: async () => (await openPortal()).programme.purpose,
    async close() {
      await writeCountedRefusals((await openPortal()).accounts.pool)
    },
  }
  Object.assign(globalThis, { [HOLDER]: kept })
}

/** Who keeps them in this process; undefined before the pages have started. */
export function refusedRequests(): RefusedRequests | undefined {
  return (globalThis as { [HOLDER]?: RefusedRequests })[HOLDER]
}
