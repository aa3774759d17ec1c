import { createHmac } from 'node:crypto'
import type { TakenBatch } from '#core/pseudonym/message-batch.ts'

/**
 * The fixed baseline: the same messages, framed beforehand, through Node's createHmac one by one,
 * as a script would. Reading, checking, framing and writing are not in it.
 */
export function hashOneByOne(key: Uint8Array, batches: readonly TakenBatch[]): number {
  let letters = 0
  for (const { bytes, offsets } of batches) {
    for (let index = 0; index + 1 < offsets.length; index++) {
      const message = bytes.subarray(offsets[index], offsets[index + 1])
      letters += createHmac('sha256', key).update(message).digest('hex').length
    }
  }
  return letters
}
