/**
 * How fast one core makes pseudonyms: `createHmac` one by one against one call a batch, in the same
 * run over the same messages. Run it with `node bench/pseudonym.ts [rows]` on a quiet machine;
 * ratios travel better than figures.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { referenceDay } from '#core/standard/quarter.ts'
import { createHmacEngine, hmacBatch } from '#core/pseudonym/hmac/hmac-engine.ts'
import {
  type IdentifierCells,
  type NormalisedIdentifiers,
  normaliseIdentifiers,
} from '#core/pseudonym/identifiers.ts'
import { MessageBatch, type TakenBatch } from '#core/pseudonym/message-batch.ts'
import { preparePseudonymKeys, pseudonymiseBatch } from '#core/pseudonym/pseudonymise.ts'

const ROWS = Number(process.argv[2] ?? 200_000)
const BATCH_ROWS = 2_048
const ONE_BY_ONE = 50_000

/** The same numbers in every run. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const FIRST = 'Mohamed Zoë Siân Kasia Olúwaseun Aoife Mary-Ellen Jack Amina Sofia Leo Ayesha'.split(
  ' ',
)
const LAST = "O'Neil Smith Begum Núñez Okafor Khan Silva Smith-Jones Ahmed Kowalska Brown".split(
  ' ',
)

function nhsNumber(random: () => number): string {
  for (;;) {
    const nine = String(400_000_000 + Math.floor(random() * 90_000_000))
    let sum = 0
    for (let i = 0; i < 9; i++) sum += Number(nine[i]) * (10 - i)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return `${nine.slice(0, 3)} ${nine.slice(3, 6)} ${nine.slice(6)}${check}`
  }
}

function syntheticCells(count: number): IdentifierCells[] {
  const random = seededRandom(20240630)
  const below = (limit: number): number => Math.floor(random() * limit)
  const two = (value: number): string => String(value).padStart(2, '0')
  return Array.from({ length: count }, (_, row) => ({
    clientRef: `LB-${row}`,
    firstName: FIRST[below(FIRST.length)] ?? '',
    lastName: LAST[below(LAST.length)] ?? '',
    dateOfBirth: `${two(1 + below(28))}/${two(1 + below(12))}/${2009 + below(15)}`,
    gender: below(2) === 0 ? 'Male' : 'F',
    nhsNumber: below(5) === 0 ? '' : nhsNumber(random),
    email: '',
    mobile: '',
    carerEmail: `carer.${below(count)}@mail.leap.test`,
    carerMobile: `07${100_000_000 + below(899_999_999)}`,
    postcode: `SW${1 + below(9)} ${below(10)}AA`,
  }))
}

interface Measured {
  readonly what: string
  readonly perSecond: number
}

/**
 * Runs `work` three times and keeps the best, so that warming up does not decide. What is measured
 * is the processor time of this thread, so that neither does a neighbour.
 */
function measure(what: string, count: number, work: () => void): Measured {
  let best = Infinity
  for (let run = 0; run < 3; run++) {
    const from = process.threadCpuUsage()
    work()
    const spent = process.threadCpuUsage(from)
    best = Math.min(best, (spent.user + spent.system) / 1000)
  }
  return { what, perSecond: (count / best) * 1000 }
}

const context = {
  referenceDay: referenceDay('2024-Q1'),
  live: true,
  date1904: false,
  givenRole: 'child',
} as const
const cells = syntheticCells(ROWS)
let records: NormalisedIdentifiers[] = []
let batches: TakenBatch[] = []

function frameAll(): void {
  batches = []
  const batch = new MessageBatch({ providerCode: 'prov-1', serviceCode: 'serv-1' })
  for (const record of records) {
    batch.add(record)
    if (batch.rows === BATCH_ROWS) batches.push(batch.take())
  }
  if (batch.rows > 0) batches.push(batch.take())
}

const normalising = measure('normalise, rows', ROWS, () => {
  records = cells.map((row) => normaliseIdentifiers(row, context))
})
const framing = measure('frame, rows', ROWS, frameAll)
const messages = batches.reduce((count, { positions }) => count + positions.length, 0)

const engine = createHmacEngine()
const raw = [0x11, 0x57, 0x93].map((seed) =>
  Uint8Array.from({ length: 32 }, (_, i) => seed ^ (i * i)),
)
const [source = new Uint8Array(), ...platform] = raw
const keys = preparePseudonymKeys(engine, { source, platform })

/** The same chain with the platform's own primitive, a message at a time. */
function oneByOne(
  sourceKey: Uint8Array | KeyObject,
  links: readonly (Uint8Array | KeyObject)[],
): void {
  let left = ONE_BY_ONE
  for (const { bytes, offsets } of batches) {
    for (let i = 0; i + 1 < offsets.length; i++) {
      if (left-- === 0) return
      const message = bytes.subarray(offsets[i], offsets[i + 1])
      let made: Uint8Array = createHmac('sha256', sourceKey).update(message).digest()
      for (const key of links) {
        made = createHmac('sha256', key).update('5:email,').update(made).digest().subarray(0, 16)
      }
    }
  }
}

const oneByOneCount = Math.min(ONE_BY_ONE, messages)
const prepared = platform.map((key) => createSecretKey(key))
const measured: Measured[] = [
  measure('createHmac one by one, source only', oneByOneCount, () => {
    oneByOne(source, [])
  }),
  measure('  with its key prepared', oneByOneCount, () => {
    oneByOne(createSecretKey(source), [])
  }),
  measure('  with its keys prepared, and 2 links', oneByOneCount, () => {
    oneByOne(createSecretKey(source), prepared)
  }),
  measure('hmacBatch, source only', messages, () => {
    for (const batch of batches) hmacBatch(keys.source, batch)
  }),
  measure('pseudonymiseBatch, source and 1 link', messages, () => {
    const once = { ...keys, platform: keys.platform.slice(0, 1) }
    for (const batch of batches) pseudonymiseBatch(once, batch)
  }),
  measure('pseudonymiseBatch, source and 2 links', messages, () => {
    for (const batch of batches) pseudonymiseBatch(keys, batch)
  }),
]

const baseline = measured[0]?.perSecond ?? 1
const lines = [
  `${ROWS} rows, ${messages} identifiers, ${(messages / ROWS).toFixed(1)} a row`,
  ...[normalising, framing].map(
    ({ what, perSecond }) =>
      `${what.padEnd(44)}${Math.round(perSecond).toLocaleString('en-GB').padStart(12)} /s`,
  ),
  ...measured.map(
    ({ what, perSecond }) =>
      `${what.padEnd(44)}${Math.round(perSecond).toLocaleString('en-GB').padStart(12)} /s ${(perSecond / baseline).toFixed(1).padStart(6)} ×`,
  ),
]
process.stdout.write(`${lines.join('\n')}\n`)
