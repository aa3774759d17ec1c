import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** What a process counts of itself for Prometheus: codes and numbers, never a name or a reference. */
export interface ProcessMetrics {
  readonly registry: Registry
}

/** What a portal counts. */
export interface PortalMetrics extends ProcessMetrics {
  /** A request that was answered: its area is the first word of its address, of those that there are. */
  answered(request: {
    readonly area: string
    readonly method: string
    readonly status: number
    readonly seconds: number
  }): void
}

/** What a worker counts. */
export interface WorkerMetrics extends ProcessMetrics {
  /** A job that came to an end, or did not. */
  ended(job: { readonly queue: string; readonly stage: string; readonly seconds: number }): void
}

/** How much work there is, in the database. */
export interface WorkCount {
  readonly waiting: number
  readonly running: number
  readonly stalled: number
  readonly failed: number
  readonly oldestWaiting: Date | null
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT']

/** Bounds of what takes milliseconds to seconds, in seconds. */
const ANSWERS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** Bounds of what takes seconds to minutes. */
const JOBS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800]

/** The counts of one portal, from nothing. */
export function openPortalMetrics(): PortalMetrics {
  const registry = openRegistry('portal')
  const labelNames = ['area', 'method', 'status'] as const
  const requests = new Counter({
    ...{ name: 'countonce_requests_total', help: 'Requests that were answered.' },
    ...{ labelNames, registers: [registry] },
  })
  const seconds = new Histogram({
    ...{ name: 'countonce_request_seconds', help: 'How long answers took.' },
    ...{ labelNames: ['area'] as const, buckets: ANSWERS, registers: [registry] },
  })
  return {
    registry,
    answered({ area, method, status, seconds: took }) {
      // What a stranger sends must not make a series of its own.
      const known = METHODS.includes(method) ? method : 'other'
      requests.inc({ area, method: known, status: `${Math.floor(status / 100)}xx` })
      seconds.observe({ area }, took)
    },
  }
}

/** The counts of one worker, from nothing; `count` looks how much work there is when it is asked for. */
export function openWorkerMetrics(count: () => Promise<WorkCount>): WorkerMetrics {
  const registry = openRegistry('worker')
  const jobs = new Counter({
    ...{ name: 'countonce_jobs_total', help: 'Jobs by how they ended.' },
    ...{ labelNames: ['queue', 'stage'] as const, registers: [registry] },
  })
  const seconds = new Histogram({
    ...{ name: 'countonce_job_seconds', help: 'How long jobs took.' },
    ...{ labelNames: ['queue'] as const, buckets: JOBS, registers: [registry] },
  })
  const oldest = new Gauge({
    name: 'countonce_oldest_waiting_seconds',
    help: 'How long the oldest work has waited.',
    registers: [registry],
  })
  new Gauge({
    ...{ name: 'countonce_work', help: 'Work in the database, by its state.' },
    ...{ labelNames: ['state'] as const, registers: [registry] },
    async collect() {
      const { oldestWaiting, waiting, running, stalled, failed } = await count()
      for (const [state, number] of Object.entries({ waiting, running, stalled, failed })) {
        this.set({ state }, number)
      }
      oldest.set(oldestWaiting === null ? 0 : (Date.now() - oldestWaiting.getTime()) / 1000)
    },
  })
  return {
    registry,
    ended({ queue, stage, seconds: took }) {
      jobs.inc({ queue, stage })
      seconds.observe({ queue }, took)
    },
  }
}

function openRegistry(part: 'portal' | 'worker'): Registry {
  const registry = new Registry()
  registry.setDefaultLabels({ part })
  collectDefaultMetrics({ register: registry, prefix: 'countonce_' })
  return registry
}
