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
export function onRequestError(
  error: FailedRequest,
  { headers }: { readonly headers: Readonly<Record<string, string | string[] | undefined>> },
): void {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { digest = 'none', name = 'Error', code = 'unexpected', reference = 'none' } = error
  const request = String(headers['x-countonce-request'] ?? 'none')
  process.stderr.write(
    `count once: request failed: request=${request} digest=${digest} fault=${String(reference)} code=${String(code)} name=${name}\n`,
  )
}

/** Starts looking for emails to send, keeping refused requests and telling of health, when the portal
 * starts; the build of the pages does not. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { startMailRounds } = await import('#server/portal/opening/mail-rounds.ts')
  startMailRounds()
  const { keepRefusedRequests } = await import('#server/portal/opening/refused-requests.ts')
  keepRefusedRequests()
  const { keepPortalHealth } = await import('#server/portal/opening/portal-health.ts')
  keepPortalHealth()
}
