import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import type { EstimateEnd } from './make-estimate.ts'

/** A thread that makes an estimate. */
export interface EstimateThread {
  readonly ended: Promise<EstimateEnd>
  /** Ends it at once; nothing of what it made is kept. */
  stop(): Promise<void>
}

/** Starts a thread that makes the estimate of the database at an address. */
export function estimateApart(databaseUrl: string): EstimateThread {
  const program = join(projectFolder('lib'), 'server/figures/reach/estimate-thread.ts')
  const thread = new Worker(program, {
    workerData: { databaseUrl },
  })
  const ended = new Promise<EstimateEnd>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    // How it ended is told before, unless it was stopped.
    thread.once('exit', () => {
      resolve('later')
    })
  })
  return {
    ended,
    async stop() {
      await thread.terminate()
    },
  }
}
