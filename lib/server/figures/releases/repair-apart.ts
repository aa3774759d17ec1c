import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import type { OwnCounts } from '#core/disclosure/own-counts.ts'
import type { RepairedRelease } from '#core/disclosure/attack/repaired-release.ts'
import { projectFolder } from '#server/platform/machine/project-folder.ts'

/** How far a repair is: the round of the attack, and how many quantities it told. */
export interface RepairProgress {
  readonly round: number
  readonly told: number
}

/** What is repaired, and who knows a part of it. */
export interface RepairOrder {
  readonly release: PrintedRelease
  readonly views: readonly OwnCounts[]
}

/** What the thread says. */
export type RepairWord =
  | { readonly kind: 'progress'; readonly progress: RepairProgress }
  | { readonly kind: 'repaired'; readonly repaired: RepairedRelease }

/**
 * Attacks a release as it would be printed and repairs it, in a thread of its own, so that the
 * caller's goes on answering.
 */
export function repairApart(
  order: RepairOrder,
  onProgress?: (progress: RepairProgress) => void,
): Promise<RepairedRelease> {
  const program = join(projectFolder('lib'), 'server/figures/releases/repair-thread.ts')
  const thread = new Worker(program, {
    workerData: order,
  })
  return new Promise((resolve, reject) => {
    thread.on('message', (word: RepairWord) => {
      if (word.kind === 'progress') onProgress?.(word.progress)
      else resolve(word.repaired)
    })
    thread.once('error', reject)
    // What was repaired is told before.
    thread.once('exit', () => {
      reject(new Error('the repair of a release ended early'))
    })
  })
}
