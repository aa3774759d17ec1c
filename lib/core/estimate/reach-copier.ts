import { decidePart } from '#core/linkage/decide-part.ts'
import { standingDecisions } from '#core/linkage/decisions.ts'
import type { LinkOptions } from '#core/linkage/evidence.ts'
import type { LinkRecord, PartDecision } from '#core/linkage/part.ts'
import { PersonSets } from '#core/linkage/person-sets.ts'
import { type Mistake, packMistakes } from './copied-mistakes.ts'
import type { CopiedReach, ServiceEvidence } from './copied-reach.ts'
import { FAMILY_COPIES, FamilyCopies, type FamilyPart } from './copied-families.ts'
import { cleanPart, type CleanPart } from './clean-part.ts'
import { PartCopier } from './copy-part.ts'
import { type DescribedClient, describeClients, type FoundPart } from './described-clients.ts'
import { drawRates } from './draw-rates.ts'
import { PartedClients, type PartedClient } from './parted-clients.ts'
import { FilledPatterns } from './filled-patterns.ts'
import { RandomStream } from './random-stream.ts'
import { RuleDoubts, type CheckedRule } from './rule-doubts.ts'
import { ageGroup, SlipCounts } from './slip-counts.ts'

/** How copies are made. */
export interface CopyOptions {
  readonly policy: LinkOptions['policy']
  readonly sharedContacts: LinkOptions['sharedContacts']
  /** The same seed and the same parts in the same order give the same copies. */
  readonly seed: number
  readonly copies: number
  /** The share of parts that is copied; everything is counted. */
  readonly sampled: number
  /** Joined pairs that reviewers have checked. */
  readonly checked?: readonly CheckedRule[]
}

/** A mistake, the kind of person who lost links by it, and of which services the clients are. */
interface BlamedMistake {
  readonly mistake: Mistake
  readonly lost: readonly { readonly kind: PersonKind; readonly links: number }[]
  readonly blamed: ReadonlyMap<string, number>
}

/** People who lose links about as easily: of one age and shape of name, known to the same services. */
interface PersonKind {
  readonly name: string
  /** All of so many clients and one age, who stand for kinds of which there are few. */
  readonly among: string
}

/** Until a kind has more links than this, it is as those it is among. */
const LINKS_BEFORE = 4
/** More of the links of a kind than this are never thought lost. */
const MOST_LOST = 0.7

/** A part to be copied. */
interface KeptPart {
  readonly clean: CleanPart
  readonly found: FoundPart
  /** The kind of each person. */
  readonly kinds: readonly PersonKind[]
  readonly families: FamilyPart
}

/** A part in which everybody has one client: families alone can be found otherwise. */
type KeptFamilies = Pick<KeptPart, 'clean' | 'families'>

/**
 * Counts slips over all parts and then copies them: people whose truth is known, described again
 * with slips as they were seen, and linked by the engine that linked the programme. What is counted
 * too many in the copies is what is counted too many in the programme.
 */
export class ReachCopier {
  readonly #options: CopyOptions
  readonly #counts = new SlipCounts()
  readonly #patterns = new FilledPatterns()
  readonly #doubts: RuleDoubts
  readonly #partedClients = new PartedClients()
  readonly #parted: PartedClient[] = []
  readonly #kept: KeptPart[] = []
  readonly #keptFamilies: KeptFamilies[] = []
  readonly #families: FamilyCopies
  readonly #services = new Map<string, { rows: number; withoutStrong: number }>()
  #parts = 0

  constructor(options: CopyOptions) {
    this.#options = options
    this.#doubts = new RuleDoubts(options.sharedContacts)
    this.#families = new FamilyCopies(options.sharedContacts)
    for (const rule of options.checked ?? []) this.#doubts.addChecked(rule)
  }

  /**
   * Adds a part that linkage has decided. `cells` has for each record the number of the cell in
   * which it counts as reached, −1 for none.
   */
  add(records: readonly LinkRecord[], cells: ArrayLike<number>, decision: PartDecision): void {
    const found = describeClients(records, cells, decision)
    this.#counts.add(found)
    this.#patterns.add(found)
    this.#doubts.add(found)
    const parted = this.#partedClients.add(found)
    for (const record of records) this.#countRow(record)
    const fraction = new RandomStream(this.#options.seed, -1 - this.#parts++).fraction()
    const isSampled = fraction < this.#options.sampled
    const families = this.#families.add(found, isSampled)
    if (!isSampled || found.clients.length === 1) return
    this.#parted.push(...parted)
    const clean = cleanPart(found)
    // Whoever has one client only can be found no other way.
    if (found.clients.length === found.people) this.#keptFamilies.push({ clean, families })
    else this.#kept.push({ clean, found, kinds: kindsOf(found, clean), families })
  }

  /** How many clients are copied, to tell how long it takes. */
  get clients(): number {
    return this.#kept.reduce((sum, { found }) => sum + found.clients.length, 0)
  }

  /** Makes the copies, and yields after each; a generator so that whoever asks can stop. */
  *copy(): Generator<number, CopiedReach> {
    const { copies, seed, sampled } = this.#options
    const mistakes: BlamedMistake[] = []
    for (let copy = 0; copy < copies; copy++) {
      mistakes.push(...this.#copyOnce(copy, new RandomStream(seed, copy + 1)))
      yield copy + 1
    }
    return {
      copies,
      sampled,
      pairs: this.#counts.pairs,
      families: this.#families.finish(Math.min(copies, FAMILY_COPIES), sampled, seed),
      mistakes: packMistakes(this.#weigh(mistakes)),
      services: this.#serviceEvidence(mistakes),
    }
  }

  /**
   * What is lost of the links that were found, so much was lost of all: people of a kind that loses
   * many have few left to lose in a copy.
   */
  #weigh(mistakes: readonly BlamedMistake[]): readonly Mistake[] {
    const { copies } = this.#options
    const links = new Map<string, number>()
    for (const { found, kinds } of this.#kept) {
      const sizes = new Int32Array(found.people).fill(-1)
      for (const { person } of found.clients) sizes[person] = (sizes[person] ?? 0) + 1
      kinds.forEach(({ name, among }, person) => {
        for (const key of [name, among]) add(links, key, (sizes[person] ?? 0) * copies)
      })
    }
    const lost = new Map<string, number>()
    for (const mistake of mistakes) {
      for (const { kind, links: own } of mistake.lost) {
        for (const key of [kind.name, kind.among]) add(lost, key, own)
      }
    }
    const before = LINKS_BEFORE * copies
    const liftOf = ({ name, among }: PersonKind): number => {
      const usual = (lost.get(among) ?? 0) / Math.max(1, links.get(among) ?? 0)
      const share = ((lost.get(name) ?? 0) + usual * before) / ((links.get(name) ?? 0) + before)
      return 1 / (1 - Math.min(MOST_LOST, share))
    }
    return mistakes.map(({ mistake, lost: own }) => {
      const all = own.reduce((sum, { links: some }) => sum + some, 0)
      if (all === 0) return mistake
      const lifted = own.reduce((sum, { kind, links: some }) => sum + some * liftOf(kind), 0)
      return { ...mistake, weight: lifted / all }
    })
  }

  *#copyOnce(copy: number, random: RandomStream): Generator<BlamedMistake> {
    const { policy, sharedContacts } = this.#options
    const rates = drawRates(this.#counts, random)
    const isWrong = this.#doubts.draw(rates.wrongNumber, random)
    const options = { policy, sharedContacts, decisions: standingDecisions([]) }
    const copier = new PartCopier(rates, this.#patterns, random)
    for (const kept of this.#kept) {
      const { clean, found, families } = kept
      const copied = copier.copy(clean)
      const decision = decidePart(copied.records, options)
      if (copy < FAMILY_COPIES) this.#families.compare(copy, families, copied, decision)
      const mistake = this.#mistakeOf(copy, kept, copied.clientOf, decision.beneficiary)
      if (mistake !== undefined) yield mistake
      for (const { client, rule } of found.weak) {
        if (random.happens(isWrong(rule))) yield falseMerge(copy, found, client)
      }
    }
    const isOne = this.#partedClients.draw(random)
    for (const parted of this.#parted) if (random.happens(isOne)) yield foundAsTwo(copy, parted)
    if (copy >= FAMILY_COPIES) return
    for (const { clean, families } of this.#keptFamilies) {
      const copied = copier.copy(clean)
      this.#families.compare(copy, families, copied, decidePart(copied.records, options))
    }
  }

  /** What linkage found otherwise than it is, if anything. */
  #mistakeOf(
    copy: number,
    { found, kinds }: KeptPart,
    clientOf: readonly number[],
    beneficiary: Int32Array,
  ): BlamedMistake | undefined {
    const { clients, people, decided } = found
    const sets = new PersonSets(clients.length)
    const firstOf = new Map<number, number>()
    clientOf.forEach((client, at) => {
      const cluster = beneficiary[at] ?? 0
      const first = firstOf.get(cluster)
      if (first === undefined) firstOf.set(cluster, client)
      else sets.join(first, client)
    })
    for (const [a, b] of decided) sets.join(a, b)
    const clustersOf: Set<number>[] = Array.from({ length: people }, () => new Set<number>())
    const peopleOf = new Map<number, Set<number>>()
    clients.forEach(({ person }, client) => {
      const root = sets.find(client)
      clustersOf[person]?.add(root)
      const known = peopleOf.get(root)
      if (known === undefined) peopleOf.set(root, new Set([person]))
      else known.add(person)
    })
    const isRight = (person: number): boolean => {
      const [only, ...others] = clustersOf[person] ?? []
      return only !== undefined && others.length === 0 && peopleOf.get(only)?.size === 1
    }
    const wrong = new Set<number>()
    for (let person = 0; person < people; person++) if (!isRight(person)) wrong.add(person)
    if (wrong.size === 0) return undefined
    const roots = new Set<number>()
    for (const person of wrong) for (const root of clustersOf[person] ?? []) roots.add(root)
    const cellsOf = (own: (client: number) => boolean): number[] => {
      const cells = new Set<number>()
      clients.forEach(({ cells: reached }, client) => {
        if (own(client)) for (const cell of reached) cells.add(cell)
      })
      return [...cells]
    }
    const blamed = new Map<string, number>()
    const lost: BlamedMistake['lost'][number][] = []
    for (const person of wrong) {
      const clusters = clustersOf[person] ?? new Set<number>()
      const kind = kinds[person]
      if (kind !== undefined) lost.push({ kind, links: clusters.size - 1 })
      blame(clusters, sets, (client, links) => {
        add(blamed, clients[client]?.record.service ?? '', links)
      })
    }
    const mistake = {
      copy,
      weight: 1,
      people: Array.from(wrong, (person) =>
        cellsOf((client) => clients[client]?.person === person),
      ),
      found: Array.from(roots, (root) => cellsOf((client) => sets.find(client) === root)),
    }
    return { mistake, lost, blamed }
  }

  #countRow({ service, nhsNumber, child, childMobile }: LinkRecord): void {
    const known = this.#services.get(service) ?? { rows: 0, withoutStrong: 0 }
    this.#services.set(service, known)
    known.rows++
    if (nhsNumber === null && child === null && childMobile === null) known.withoutStrong++
  }

  #serviceEvidence(mistakes: readonly BlamedMistake[]): ServiceEvidence[] {
    const lost = new Map<string, number>()
    let all = 0
    for (const { blamed } of mistakes) {
      for (const [service, links] of blamed) {
        add(lost, service, links)
        all += links
      }
    }
    return [...this.#services]
      .map(([service, counts]) => ({
        service,
        ...counts,
        share: all === 0 ? 0 : (lost.get(service) ?? 0) / all,
      }))
      .sort((a, b) => b.share - a.share || (a.service < b.service ? -1 : 1))
  }
}

function kindsOf({ clients, people }: FoundPart, clean: CleanPart): PersonKind[] {
  const ofPerson: DescribedClient[][] = Array.from({ length: people }, () => [])
  for (const client of clients) ofPerson[client.person]?.push(client)
  return ofPerson.map((own, person) => {
    const age = own.every(({ record }) => ageGroup(record) === 'child') ? 'child' : 'grown'
    const services = own.map(({ record }) => record.service).sort()
    const shape = clean.people[person]?.hasParts === true ? 'parts' : 'whole'
    return {
      name: [age, shape, ...services].join(' '),
      among: `${age} of ${String(own.length)} clients`,
    }
  })
}

/**
 * Counts the links that a person lost with the services of the clients that were parted: all but the
 * largest cluster or, where there is none, a share of every one.
 */
function blame(
  clusters: ReadonlySet<number>,
  sets: PersonSets,
  take: (client: number, links: number) => void,
): void {
  const sizes = Array.from(clusters, (root) => sets.members(root).length)
  const largest = Math.max(0, ...sizes)
  const hasLargest = sizes.filter((size) => size === largest).length === 1
  for (const root of clusters) {
    const members = sets.members(root)
    if (hasLargest && members.length === largest) continue
    const links = hasLargest ? 1 : 1 - 1 / clusters.size
    for (const client of members) take(client, links / members.length)
  }
}

function add<Key>(sums: Map<Key, number>, key: Key, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by)
}

/** One client that was found as two people. */
function foundAsTwo(copy: number, { service, cells }: PartedClient): BlamedMistake {
  const mistake = { copy, weight: 1, people: [[...new Set(cells.flat())]], found: [...cells] }
  return { mistake, lost: [], blamed: new Map([[service, 1]]) }
}

/** One found person that is two: the client that a weak rule joined, and the rest. */
function falseMerge(copy: number, { clients }: FoundPart, client: number): BlamedMistake {
  const own = clients[client]
  const cells = (isOwn: boolean): number[] => [
    ...new Set(
      clients.flatMap((other, place) =>
        other.person === own?.person && (place === client) === isOwn ? other.cells : [],
      ),
    ),
  ]
  const mistake = {
    copy,
    weight: 1,
    people: [cells(true), cells(false)],
    found: [[...new Set([...cells(true), ...cells(false)])]],
  }
  return { mistake, lost: [], blamed: new Map() }
}
