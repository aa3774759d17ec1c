import { openPortal } from '#server/portal/opening/portal.ts'
import type { PublishedSource } from '#server/portal/screens/published-answers.ts'

/** What published pages are answered from: no cookie, no session, nothing of who asks. */
export async function openPublished(
  request: Request,
): Promise<PublishedSource & { readonly hasherDir: string }> {
  const { releases, accounts, settings } = await openPortal()
  return {
    ...{ releases, now: accounts.now(), hasherDir: settings.hasherDir },
    kept: request.headers.get('if-none-match'),
  }
}
