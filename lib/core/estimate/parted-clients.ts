import { areFarApart, birthCode } from '#core/linkage/birth.ts'
import type { LinkRecord } from '#core/linkage/part.ts'
import type { DescribedClient, FoundPart } from './described-clients.ts'
import type { RandomStream } from './random-stream.ts'
import type { Tally } from './slip-counts.ts'

/**
 * Clients whom one reference describes and linkage found as two people, since their births differ:
 * typed otherwise in another quarter, or a reference used again. Copies part no client, so these are
 * taken as they are found, as often as references of two births are one person's where an NHS number
 * shows it.
 */

/** One reference that was found as two people. */
export interface PartedClient {
  readonly service: string
  /** Where each of the two is reached. */
  readonly cells: readonly [readonly number[], readonly number[]]
}

/** What is thought before any is seen, as if of eight references. */
const ONE_BEFORE = 7.5
const TWO_BEFORE = 0.5

/** Counts, part by part, references of two births: one person's, two people's, and who may be either. */
export class PartedClients {
  readonly #seen: Tally = { yes: 0, no: 0 }

  /** Counts the references of a part, and gives those of which nobody can see whose they are. */
  add({ clients }: FoundPart): PartedClient[] {
    const parted: PartedClient[] = []
    for (const own of byReference(clients)) {
      if (own.length === 1) {
        if (own[0] !== undefined && hasTwoBirths(own[0].records)) this.#seen.yes++
        continue
      }
      const [one, other] = own
      if (own.length > 2 || one === undefined || other === undefined) continue
      if (areTwo(one.record, other.record)) this.#seen.no++
      else if (hasTwoBirths([one.record, other.record])) {
        parted.push({
          service: one.record.service,
          cells: [cellsOf(clients, one.person), cellsOf(clients, other.person)],
        })
      }
    }
    return parted
  }

  /** How likely a reference of two births is one person's, drawn once. */
  draw(random: RandomStream): number {
    return random.share(this.#seen.yes + ONE_BEFORE, this.#seen.no + TWO_BEFORE)
  }
}

/** The clients of each reference; one that was not parted has one. */
function byReference(clients: readonly DescribedClient[]): Iterable<DescribedClient[]> {
  const groups = new Map<string, DescribedClient[]>()
  for (const client of clients) {
    const { client: reference } = client.record
    if (reference === null) continue
    const group = groups.get(reference)
    if (group === undefined) groups.set(reference, [client])
    else group.push(client)
  }
  return groups.values()
}

/** Whether two NHS numbers or genders show that a reference was used again. */
function areTwo(a: LinkRecord, b: LinkRecord): boolean {
  const haveTwo = (left: string | null, right: string | null): boolean =>
    left !== null && right !== null && left !== right
  const known = ({ gender }: LinkRecord): string | null =>
    gender === 'M' || gender === 'F' ? gender : null
  return (
    haveTwo(a.nhsNumber, b.nhsNumber) ||
    haveTwo(known(a), known(b)) ||
    areFarApart(birthCode(a.birth), birthCode(b.birth))
  )
}

/** Whether births differ that are kept to the month: a year says nothing beside a month. */
function hasTwoBirths(records: readonly LinkRecord[]): boolean {
  const births = records.flatMap(({ birth }) => (birth.length === 7 ? [birth] : []))
  return new Set(births).size > 1
}

function cellsOf(clients: readonly DescribedClient[], person: number): number[] {
  return [...new Set(clients.flatMap((own) => (own.person === person ? own.cells : [])))]
}
