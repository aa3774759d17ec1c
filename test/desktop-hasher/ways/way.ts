import type { MessyFile } from '../messy-file.ts'

/**
 * A way of hashing at source. Each way is a file beside this one;
 * test/server/submissions/same-pseudonyms.test.ts lists them and holds them all to one another and
 * to what the portal makes.
 */
export interface Way {
  readonly name: string
  /** Why it cannot be run on this machine; empty when it can. */
  readonly missing?: () => Promise<string>
  /** The hashed file of what is given, in a folder of its own. */
  readonly hash: (given: GivenToHash) => Promise<HashedText>
}

/**
 * What a trust has in hand: the extract, the two files of the programme and the passphrase. Paths
 * are of files.
 */
export interface GivenToHash {
  /** A folder to write into. */
  readonly folder: string
  readonly extract: string
  readonly mapping: string
  readonly key: string
  readonly area: string
  readonly passphrase: string
  readonly provider: string
  readonly service: string
  readonly quarter: string
  /** The same for a way that reads no file: the cells, their mapping, and the source key itself. */
  readonly messy: MessyFile
  readonly sourceKey: Uint8Array
}

/** The text of a hashed file, and of its manifest where the way writes one. */
export interface HashedText {
  readonly csv: string
  readonly manifest?: string
}
