/** The error a page or action failed with, and the digest the person was shown. */
interface FailedRequest {
  readonly digest?: string
  readonly name?: string
  readonly code?: unknown
  readonly reference?: unknown
}

/**
 * Joins the reference that a person quotes to the fault's own in the log: codes and references,
 * never a value.
 */
export function onRequestError(error: FailedRequest): void {
  const { digest = 'none', name = 'Error', code = 'unexpected', reference = 'none' } = error
  process.stderr.write(
    `count once: request failed: digest=${digest} fault=${String(reference)} code=${String(code)} name=${name}\n`,
  )
}

/** Starts looking for emails to send, and keeping refused requests, when the portal starts; the build of
 * the pages does not. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { startMailRounds } = await import('#server/portal/opening/mail-rounds.ts')
  startMailRounds()
  const { keepRefusedRequests } = await import('#server/portal/opening/refused-requests.ts')
  keepRefusedRequests()
}
