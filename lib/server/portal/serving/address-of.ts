import type { IncomingMessage } from 'node:http'
import type { PortalSettings } from '#server/portal/opening/portal-settings.ts'

/**
 * The network address that a request comes from: behind a load balancer of ours the last one that it
 * added; without one the connection's own, whatever a header says.
 */
export function addressOf(
  {
    headers,
    socket,
  }: Pick<IncomingMessage, 'headers'> & {
    readonly socket: { readonly remoteAddress?: string | undefined }
  },
  { trustsProxy }: Pick<PortalSettings, 'trustsProxy'>,
): string {
  const forwarded = headers['x-forwarded-for']
  const line = Array.isArray(forwarded) ? forwarded.join(',') : forwarded
  const last = line?.split(',').at(-1)?.trim()
  return (
    (trustsProxy && last !== undefined && last !== '' ? last : socket.remoteAddress) ?? 'unknown'
  )
}
