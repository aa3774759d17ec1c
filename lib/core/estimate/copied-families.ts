import type { LinkRecord, PartDecision, SharedContacts } from '#core/linkage/part.ts'
import { PersonSets } from '#core/linkage/person-sets.ts'
import { type Mistake, packMistakes } from './copied-mistakes.ts'
import type { CopiedPart } from './copy-part.ts'
import type { FoundPart } from './described-clients.ts'
import { type CarersKnown, carersKnownOf, isMuchKnown } from './known-carers.ts'
import { RandomStream } from './random-stream.ts'

/**
 * How families are found: what copies of them came apart into, and what families people have whose
 * services wrote down too little to tell. The second are given the family of somebody like them.
 */

/** So many copies tell it: what is drawn for each is many people, not a few. */
export const FAMILY_COPIES = 20

/** What is known of families beside how many were found. */
export interface FamilyEvidence {
  readonly children: number
  /** Children tied to nobody: each counts as a family. */
  readonly childrenAlone: number
  /** Those of them of whom no service wrote a carer down. */
  readonly withoutCarer: number
  readonly adults: number
  /** Adults tied to nobody: they count in no family. */
  readonly adultsAlone: number
}

/** Families in copies of a programme. */
export interface CopiedFamilies {
  readonly copies: number
  readonly sampled: number
  /** Packed by `packMistakes`; each list of cells is one family's. */
  readonly mistakes: Int32Array
  readonly evidence: FamilyEvidence
}

/** People of one age known to as many clients: what is unknown of some is as it is of the others. */
type Likes = `${'child' | 'grown'} ${1 | 2 | 3}`

/** One found person, as far as families go. */
interface Member {
  readonly likes: Likes
  readonly isChild: boolean
  readonly known: CarersKnown
  readonly cells: readonly number[]
}

/** A part whose families are known, to be held against its copies. */
export interface FamilyPart {
  readonly found: FoundPart
  readonly members: readonly Member[]
  /** The people of each family. */
  readonly families: readonly (readonly number[])[]
}

/** The others of a family: where they are reached, and whether they are a family without them. */
interface Others {
  readonly cells: readonly number[]
  readonly areFamily: boolean
}

/** How many people there are, and how many of them are tied to a child, or to adults alone. */
interface Seen {
  all: number
  toChild: number
  toAdults: number
}

interface Kind {
  readonly isChild: boolean
  readonly seen: Map<CarersKnown, Seen>
  /** The others of those whose carers' email and mobile are known, to children and to adults alone. */
  readonly othersWithChild: Others[]
  readonly othersGrown: Others[]
  /** Tied to nobody, and too little is known of them. */
  readonly open: { readonly known: CarersKnown; readonly cells: readonly number[] }[]
  /** In copies: how many of whom much is known came away from their family, of how many. */
  copied: number
  lost: number
}

interface CopiedMistake {
  readonly mistake: Mistake
  readonly lost: readonly Kind[]
}

/** More families of others are not kept to draw from. */
const MOST_OTHERS = 20_000
/** More than this is never thought lost. */
const MOST_LOST = 0.6
/** More than this are never thought tied. */
const MOST_TIED = 0.95
/** So many people like them a share is worth before anybody is counted. */
const BEFORE = 4

/** Collects families of found parts, and what became of them in copies. */
export class FamilyCopies {
  readonly #shared: SharedContacts
  readonly #kinds = new Map<Likes, Kind>()
  readonly #mistakes: CopiedMistake[] = []
  readonly #evidence = {
    ...{ children: 0, childrenAlone: 0, withoutCarer: 0 },
    ...{ adults: 0, adultsAlone: 0 },
  }

  constructor(shared: SharedContacts) {
    this.#shared = shared
  }

  /** Adds a part; one that is not sampled is counted alone. */
  add(found: FoundPart, isSampled: boolean): FamilyPart {
    const part = this.#describe(found)
    const { members, families } = part
    const othersOf = (family: readonly number[], person: number): Others | undefined => {
      const others = family.filter((other) => other !== person).flatMap((at) => members[at] ?? [])
      if (others.length === 0) return undefined
      const cells = [...new Set(others.flatMap((other) => other.cells))]
      return { cells, areFamily: others.some(({ isChild }) => isChild) }
    }
    families.forEach((family) => {
      for (const person of family) {
        const member = members[person]
        if (member === undefined) continue
        this.#count(member, family.length === 1)
        if (isSampled) this.#see(member, othersOf(family, person))
      }
    })
    return part
  }

  /** Holds one copy of a part against it. */
  compare(
    copy: number,
    { found, members, families }: FamilyPart,
    { records, clientOf }: CopiedPart,
    { beneficiary, family: familyOf }: PartDecision,
  ): void {
    const { clients, decided } = found
    const sets = new PersonSets(clients.length)
    const inFamily = new Uint8Array(clients.length)
    const firstOf = new Map<string, number>()
    const meet = (key: string, client: number): void => {
      const first = firstOf.get(key)
      if (first === undefined) firstOf.set(key, client)
      else sets.join(first, client)
    }
    clientOf.forEach((client, at) => {
      meet(`person ${String(beneficiary[at])}`, client)
      const family = familyOf[at] ?? -1
      if (family < 0) return
      meet(`family ${String(family)}`, client)
      inFamily[client] = 1
    })
    for (const [a, b] of decided) sets.join(a, b)
    const clientsOf: number[][] = members.map(() => [])
    clients.forEach(({ person }, client) => clientsOf[person]?.push(client))
    const recordsOf: LinkRecord[][] = clients.map(() => [])
    clientOf.forEach((client, at) => recordsOf[client]?.push(...records.slice(at, at + 1)))
    const known = carersKnownOf(records, this.#shared)
    for (const family of families) {
      const own = family.flatMap((person) => clientsOf[person] ?? [])
      if (own.length < 2) continue
      this.#compareFamily(copy, {
        family,
        members,
        clientsOf,
        sets,
        // Of whom too little is known in the copy: such people are drawn by themselves.
        isOpen: (person) =>
          new Set(clientsOf[person]?.map((client) => sets.find(client))).size === 1 &&
          !isMuchKnown(
            known(clientsOf[person]?.flatMap((client) => recordsOf[client] ?? []) ?? []),
          ),
        isFamily: (client) => inFamily[client] === 1,
        cellsOf: (list) => [...new Set(list.flatMap((client) => clients[client]?.cells ?? []))],
      })
    }
  }

  /** What copies came to, with the families of those of whom too little is known drawn. */
  finish(copies: number, sampled: number, seed: number): CopiedFamilies {
    const liftOf = ({ lost, copied }: Kind): number =>
      1 / (1 - Math.min(MOST_LOST, lost / (copied + BEFORE)))
    const mistakes = this.#mistakes.map(({ mistake, lost }) => {
      if (lost.length === 0) return mistake
      const lifts = lost.reduce((sum, kind) => sum + liftOf(kind), 0)
      return { ...mistake, weight: lifts / lost.length }
    })
    const kinds = [...this.#kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind)
    const untold = untoldShare(kinds)
    for (let copy = 0; copy < copies; copy++) {
      const random = new RandomStream(seed, -1_000_000 - copy)
      for (const kind of kinds) {
        for (const mistake of drawOpen(copy, kind, liftOf(kind), untold, random)) {
          mistakes.push(mistake)
        }
      }
    }
    return { copies, sampled, mistakes: packMistakes(mistakes), evidence: this.#evidence }
  }

  #describe(found: FoundPart): FamilyPart {
    const ofPerson: FoundPart['clients'][number][][] = Array.from(
      { length: found.people },
      () => [],
    )
    for (const client of found.clients) ofPerson[client.person]?.push(client)
    const known = carersKnownOf(
      found.clients.flatMap(({ records }) => records),
      this.#shared,
    )
    const members = ofPerson.map((clients): Member => {
      const records = clients.flatMap((client) => client.records)
      const isChild = records.some(({ role }) => role === 'child')
      const times = clients.length === 1 ? 1 : clients.length === 2 ? 2 : 3
      return {
        likes: `${isChild ? 'child' : 'grown'} ${times}`,
        isChild,
        known: known(records),
        cells: [...new Set(clients.flatMap(({ cells }) => cells))],
      }
    })
    const families = new Map<number, number[]>()
    members.forEach((_, person) => {
      const family = found.families[person] ?? -1
      const key = family < 0 ? -1 - person : family
      const own = families.get(key)
      if (own === undefined) families.set(key, [person])
      else own.push(person)
    })
    return { found, members, families: [...families.values()] }
  }

  #count({ isChild, known, cells }: Member, isAlone: boolean): void {
    if (cells.length === 0) return
    const evidence = this.#evidence
    if (!isChild) {
      evidence.adults++
      if (isAlone) evidence.adultsAlone++
      return
    }
    evidence.children++
    if (!isAlone) return
    evidence.childrenAlone++
    if (known === 'nothing') evidence.withoutCarer++
  }

  #see({ likes, known, cells }: Member, others: Others | undefined): void {
    const kind = this.#kindOf(likes)
    const seen = kind.seen.get(known) ?? { all: 0, toChild: 0, toAdults: 0 }
    kind.seen.set(known, seen)
    seen.all++
    if (others === undefined) {
      if (!isMuchKnown(known) && cells.length > 0) kind.open.push({ known, cells })
      return
    }
    if (others.areFamily) seen.toChild++
    else seen.toAdults++
    const kept = others.areFamily ? kind.othersWithChild : kind.othersGrown
    if (known === 'contacts' && kept.length < MOST_OTHERS) kept.push(others)
  }

  #kindOf(likes: Likes): Kind {
    const known = this.#kinds.get(likes)
    if (known !== undefined) return known
    const kind: Kind = {
      ...{ isChild: likes.startsWith('child'), seen: new Map<CarersKnown, Seen>() },
      ...{ othersWithChild: [], othersGrown: [], open: [], copied: 0, lost: 0 },
    }
    this.#kinds.set(likes, kind)
    return kind
  }

  #compareFamily(copy: number, copied: CopiedFamily): void {
    const { family, members, clientsOf, sets, isOpen, isFamily, cellsOf } = copied
    const told = family.filter((person) => !isOpen(person))
    const pieces = new Map<number, number[]>()
    for (const client of told.flatMap((person) => clientsOf[person] ?? [])) {
      const root = sets.find(client)
      const piece = pieces.get(root)
      if (piece === undefined) pieces.set(root, [client])
      else piece.push(client)
    }
    const largest = [...pieces.values()].reduce(
      (most: number[], piece) => (piece.length > most.length ? piece : most),
      [],
    )
    const lost: Kind[] = []
    for (const person of family.length < 2 ? [] : told) {
      const member = members[person]
      if (member === undefined) continue
      const kind = this.#kindOf(member.likes)
      kind.copied++
      if (clientsOf[person]?.some((client) => largest.includes(client)) === true) continue
      kind.lost++
      lost.push(kind)
    }
    if (pieces.size < 2) return
    const open = family.filter((person) => isOpen(person))
    const rest = open.flatMap((person) => clientsOf[person] ?? [])
    const found = [...pieces.values()]
      .filter((piece) => piece.some(isFamily))
      .map((piece) => cellsOf(piece === largest ? [...piece, ...rest] : piece))
    const all = family.flatMap((person) => clientsOf[person] ?? [])
    this.#mistakes.push({ mistake: { copy, weight: 1, people: [cellsOf(all)], found }, lost })
  }
}

/** One family of a part in one copy. */
interface CopiedFamily {
  readonly family: readonly number[]
  readonly members: readonly Member[]
  readonly clientsOf: readonly (readonly number[])[]
  readonly sets: PersonSets
  readonly isOpen: (person: number) => boolean
  readonly isFamily: (client: number) => boolean
  readonly cellsOf: (clients: readonly number[]) => number[]
}

/** How many of all children would be tied to another child if much were known of all, and are not. */
function untoldShare(kinds: readonly Kind[]): number {
  let children = 0
  let untold = 0
  for (const { isChild, seen } of kinds) {
    if (!isChild) continue
    const usual = shareOf(muchKnown(seen), 'toChild')
    for (const [known, own] of seen) {
      children += own.all
      if (isMuchKnown(known) || usual === 0) continue
      untold += own.all * Math.max(0, 1 - shareOf(own, 'toChild') / usual)
    }
  }
  return Math.min(MOST_LOST, untold / Math.max(1, children))
}

/** Those of whom much is known: how many are tied to a child hangs not on how it is known. */
function muchKnown(seen: Kind['seen']): Seen {
  const sum = { all: 0, toChild: 0, toAdults: 0 }
  for (const [known, own] of seen) {
    if (!isMuchKnown(known)) continue
    sum.all += own.all
    sum.toChild += own.toChild
    sum.toAdults += own.toAdults
  }
  return sum
}

function shareOf(seen: Seen | undefined, what: 'toChild' | 'toAdults'): number {
  return seen === undefined || seen.all === 0 ? 0 : seen[what] / seen.all
}

/**
 * Gives some of those of whom too little is known the others of somebody like them: as many as
 * would be tied to others if much were known of all. `untold` is of children who are not.
 */
function* drawOpen(
  copy: number,
  { isChild, seen, othersWithChild, othersGrown, open }: Kind,
  lift: number,
  untold: number,
  random: RandomStream,
): Generator<Mistake> {
  // A row says that there is a carer, so those who are written down alone tell how often there is.
  const alone = seen.get('contacts') ?? { all: 0, toChild: 0, toAdults: 0 }
  const told = isChild ? muchKnown(seen) : alone
  const draw = (tied: number, { all }: Seen): number => random.share(tied + 1, all - tied + 1)
  // Others of whom little is known are not seen with those of whom much is.
  const usual = {
    toChild: Math.min(MOST_TIED, (draw(told.toChild, told) * lift) / (isChild ? 1 - untold : 1)),
    toAdults: Math.min(MOST_TIED, draw(alone.toAdults, alone) * lift),
  }
  for (const { known, cells } of open) {
    const own = seen.get(known)
    const already = { child: shareOf(own, 'toChild'), adults: shareOf(own, 'toAdults') }
    const untied = Math.max(0.05, 1 - already.child - already.adults)
    const drawn = random.fraction() * untied
    const withChild = Math.max(0, usual.toChild - already.child)
    const grown = isChild ? Math.max(0, usual.toAdults - already.adults) : 0
    const from =
      drawn < withChild ? othersWithChild : drawn < withChild + grown ? othersGrown : undefined
    const others = from?.[Math.floor(random.fraction() * from.length)]
    if (others === undefined) continue
    yield {
      copy,
      // Of two children of whom nothing is known either is one too many, not both. Adults of whom
      // little is known are drawn with children of whom much is: of the others they are drawn for.
      weight: isChild ? 1 - (others.areFamily ? untold / 2 : 0) : 1 - untold,
      people: [[...new Set([...cells, ...others.cells])]],
      found: [...(isChild ? [[...cells]] : []), ...(others.areFamily ? [[...others.cells]] : [])],
    }
  }
}
