import { createHash } from 'node:crypto'
import { ROOT_CONTEXT, trace, TraceFlags, type Context } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'

/** Something that was done: from when, until now, and words of ours about it. */
export interface Spanned {
  readonly name: 'request' | 'job'
  /** How long it took, in milliseconds. */
  readonly milliseconds: number
  /** What all spans of one submission are brought together by; nothing of it is sent. */
  readonly submission?: string | undefined
  readonly attributes: Readonly<Record<string, string | number>>
}

/** Where a process tells what it did, span by span. */
export interface Traces {
  readonly spanned: (what: Spanned) => void
  /** Sends what is left; never throws, and waits two seconds at most. */
  close(): Promise<void>
}

/** How long whoever takes spans is waited for, in milliseconds. */
const PATIENCE = 2_000

/**
 * Traces by OpenTelemetry's protocol over HTTP to OTEL_EXPORTER_OTLP_ENDPOINT; undefined where it is not
 * set. Every span is made here, of words and numbers of ours: nothing is registered for all of the
 * process, so no package adds an address or a statement of its own.
 */
export function openTraces(
  env: Readonly<Record<string, string | undefined>>,
  part: 'portal' | 'worker',
): Traces | undefined {
  const place = env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? ''
  if (place === '') return undefined
  const exporter = new OTLPTraceExporter({
    url: `${place.replace(/[/]$/, '')}/v1/traces`,
    timeoutMillis: PATIENCE,
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `count-once-${part}` }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('count-once')
  return {
    spanned({ name, milliseconds, submission, attributes }) {
      const end = Date.now()
      const started = { startTime: end - milliseconds, attributes }
      tracer.startSpan(name, started, contextOf(submission)).end(end)
    },
    close: () => provider.shutdown().catch(() => undefined),
  }
}

/** One trace for everything that is done to a submission, whichever process does it. */
function contextOf(submission: string | undefined): Context {
  if (submission === undefined) return ROOT_CONTEXT
  const digest = createHash('sha256').update(`submission ${submission}`).digest('hex')
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: digest.slice(0, 32),
    spanId: digest.slice(32, 48),
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  })
}
