import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { areaOf } from '#core/addresses/portal-addresses.ts'
import { parseReference } from '#core/linkage/references.ts'
import type { EventLog } from '#server/platform/logging/event-log.ts'
import type { PortalMetrics } from '#server/platform/telemetry/metrics.ts'
import type { Traces } from '#server/platform/telemetry/traces.ts'

/** The header in which a request's reference goes on to the pages. */
const REQUEST_HEADER = 'x-countonce-request'

/** The requests that a portal is at, each counted and told of once it is answered. */
export interface RequestLog {
  /** Begins to follow a request. */
  follow(request: IncomingMessage, response: ServerResponse): void
  /** How many are not answered yet. */
  readonly open: () => number
}

/**
 * Tells of each request its reference, the part of the portal, the submission that its address names,
 * its status and how long it took: never the address, which says what somebody typed, nor who asked.
 */
export function openRequestLog(log: EventLog, metrics: PortalMetrics, traces?: Traces): RequestLog {
  let open = 0
  return {
    follow(request, response) {
      const { method = '', url = '/' } = request
      const started = performance.now()
      const reference = randomBytes(6).toString('hex')
      request.headers[REQUEST_HEADER] = reference
      const area = areaOf(url)
      open += 1
      response.once('close', () => {
        open -= 1
        const milliseconds = performance.now() - started
        const status = response.statusCode
        metrics.answered({ area, method, status, seconds: milliseconds / 1000 })
        // Scripts and styles are asked for by the dozen, and say nothing.
        if (url.startsWith('/_next/')) return
        const submission = submissionIn(url)
        traces?.spanned({
          ...{ name: 'request', milliseconds, submission },
          attributes: { area, status, request: reference },
        })
        log.info('request.ended', {
          ...{ request: reference, area, submission: submission ?? null, status },
          milliseconds: Math.round(milliseconds),
          // Whoever asked went away before the answer was whole.
          ...(response.writableFinished ? {} : { cut: true }),
        })
      })
    },
    open: () => open,
  }
}

/** The submission that an address names: by its own check character, so that it is one of ours. */
function submissionIn(url: string): string | undefined {
  const [, characters] = /[/]SU-([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])(?![^/?])/.exec(url) ?? []
  const isOurs = characters !== undefined && parseReference(`CO-${characters}`) !== null
  return isOurs ? `SU-${characters}` : undefined
}
