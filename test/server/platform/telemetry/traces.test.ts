import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { openTraces } from '#server/platform/telemetry/traces.ts'
import { openCollector } from '../../setup/collector.ts'

/** What a collector is sent: OTLP over HTTP as JSON. */
const sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.unknown()) }),
      scopeSpans: z.array(z.object({ spans: z.array(z.looseObject({ traceId: z.string() })) })),
    }),
  ),
})

test('tells a collector of requests and jobs, those of one submission as one trace, and nothing of its reference', async () => {
  const { place, told: bodies, close } = await openCollector()
  onTestFinished(close)
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: place }
  const submission = 'SU-TZPW-UM9R-5'
  const attributes = { area: 'files', status: 200, request: 'a1b2c3' }
  const portal = openTraces(env, 'portal')
  portal?.spanned({ name: 'request', milliseconds: 12, submission, attributes })
  portal?.spanned({ name: 'request', milliseconds: 5, attributes: { area: 'home', status: 200 } })
  await portal?.close()
  const worker = openTraces(env, 'worker')
  worker?.spanned({ name: 'job', milliseconds: 40, submission, attributes: { queue: 'check' } })
  await worker?.close()

  expect(bodies.map((body) => body.slice(0, 11))).toEqual(['/v1/traces ', '/v1/traces '])
  const told = bodies.map((body) => sent.parse(JSON.parse(body.slice(11))))
  const spans = told.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  )
  expect(spans.map(({ name }) => name)).toEqual(['request', 'request', 'job'])
  const [ofFile, ofHome, ofJob] = spans.map(({ traceId }) => traceId)
  expect(ofJob).toBe(ofFile)
  expect(ofHome).not.toBe(ofFile)
  expect(bodies.join('')).toContain('count-once-worker')
  expect(bodies.join('')).not.toContain(submission)
})

test('tells nobody where nothing says whom, and ends where nobody answers', async () => {
  expect(openTraces({}, 'portal')).toBeUndefined()
  expect(openTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, 'portal')).toBeUndefined()
  const traces = openTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, 'worker')
  traces?.spanned({ name: 'job', milliseconds: 1, attributes: { queue: 'check' } })
  await traces?.close()
})
