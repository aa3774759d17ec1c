/**
 * How an extract lies in a file: "countonce-extract-1" 00, 32 bytes that the secret was agreed with (X25519), then a zip as
 * `sealBytes` seals it for the extract's reference. Only the environment that it was made for opens it.
 */
import { Fault } from '#server/platform/faults/fault.ts'
import {
  agreeAgain,
  agreeWith,
  HALF,
  type KeyPair,
} from '#server/platform/secrets/key-agreement.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'

const MAGIC = Buffer.from('countonce-extract-1\0', 'latin1')
const SEALING = 'countonce extract 1'

/** Seals the files of an extract for the public key of its environment. */
export function sealExtract(
  recipient: Uint8Array,
  reference: string,
  zip: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const agreed = agreeWith(recipient)
  const sealed = sealBytes(agreed.keyFor(SEALING), reference, zip)
  return new Uint8Array(Buffer.concat([MAGIC, agreed.once, sealed]))
}

/** Opens it again there. Throws `keys-damaged` with another key, another reference or a file that was changed. */
export function openExtract(
  pair: KeyPair,
  reference: string,
  file: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const head = MAGIC.length + HALF
  if (file.length < head || !Buffer.from(file.subarray(0, MAGIC.length)).equals(MAGIC)) {
    throw new Fault('keys-damaged', { what: 'extract' })
  }
  const agreed = agreeAgain(pair, file.subarray(MAGIC.length, head))
  return openBytes(agreed.keyFor(SEALING), reference, file.subarray(head))
}
