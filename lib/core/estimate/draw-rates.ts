import type { RandomStream } from './random-stream.ts'
import type {
  AgeGroup,
  ServiceHabitTallies,
  SlipCounts,
  SlipTallies,
  Tally,
} from './slip-counts.ts'

/**
 * Error rates, drawn as likely as what was counted leaves them: with few pairs that share an NHS
 * number they are drawn from a wide range, and so is what comes of them.
 */

/** How likely a client is described with each slip, and what comes with it. */
export interface DrawnSlips {
  readonly first: number
  readonly last: number
  readonly birth: number
  readonly postcode: number
  /** First and last name both wholly different. */
  readonly names: number
  readonly reversed: number
  /** Of those who have parts, or a day that can be a month. */
  readonly part: number
  readonly swapped: number
  readonly gender: number
  readonly email: number
  readonly mobile: number
  readonly carerEmail: number
  readonly carerMobile: number
  readonly carer: number
  /** Of such slips: those that sound the same, keep three letters, keep the month, change the ward. */
  readonly firstSounds: number
  readonly lastSounds: number
  readonly firstThree: number
  readonly keptBirth: number
  readonly ward: number
}

/** How likely each quarter's record of a client is typed anew. */
export interface DrawnHabit {
  readonly names: number
  readonly postcode: number
  readonly contacts: number
}

export interface DrawnRates {
  readonly of: Readonly<Record<AgeGroup, DrawnSlips>>
  readonly wrongNumber: number
  readonly habitOf: (service: string) => DrawnHabit
  /** How many times as often a service mistypes names as services do. */
  readonly carelessnessOf: (service: string) => number
}

/** What was typical of services before anything was counted: the share of pairs that differ. */
const BEFORE: Readonly<Record<keyof SlipTallies, number>> = {
  first: 0.02,
  last: 0.03,
  birth: 0.012,
  postcode: 0.08,
  several: 0.01,
  reversed: 0.004,
  part: 0.1,
  swapped: 0.01,
  firstSounds: 0.5,
  lastSounds: 0.5,
  firstThree: 0.6,
  keptBirth: 0.5,
  ward: 0.7,
  gender: 0.004,
  email: 0.08,
  mobile: 0.08,
  carerEmail: 0.08,
  carerMobile: 0.08,
  carer: 0.1,
}
const WRONG_NUMBER_BEFORE = 0.002
const RETYPED_BEFORE = 0.15

/** So many pairs the above is worth. */
const PAIRS_BEFORE = 8

/** Draws every rate once. */
export function drawRates(counts: SlipCounts, random: RandomStream): DrawnRates {
  const of = {
    child: drawSlips(counts.of.child, random),
    grown: drawSlips(counts.of.grown, random),
  }
  const wrongNumber = ofOne(draw(counts.wrongNumber, WRONG_NUMBER_BEFORE, random))
  const usual = drawHabit(undefined, of.child, random)
  const habits = new Map<string, DrawnHabit>()
  // In an order of their own, so that the order of the records decides nothing.
  for (const service of [...counts.habits.keys()].sort()) {
    habits.set(service, drawHabit(counts.habits.get(service), of.child, random))
  }
  const carelessness = findCarelessness(counts, habits)
  return {
    of,
    wrongNumber,
    habitOf: (service) => habits.get(service) ?? usual,
    carelessnessOf: (service) => carelessness.get(service) ?? 1,
  }
}

/** From so often on, whatever differs between a client's quarters was typed anew in each. */
const TYPES_ANEW = 0.6
/** Until so many slips more or fewer are seen, a service is as careful as others. */
const SLIPS_BEFORE = 4
const ROUNDS = 12

/**
 * How often names differ between clients of one NHS number, by service: each pair differs as often
 * as both its services mistype. Who types everybody afresh shows it between its own quarters, too.
 */
function findCarelessness(
  counts: SlipCounts,
  habits: ReadonlyMap<string, DrawnHabit>,
): ReadonlyMap<string, number> {
  const pairs = [...counts.names.values()]
  const all = sumOf(pairs.map(({ tally }) => tally))
  if (all.yes === 0) return new Map()
  for (const [service, { names }] of habits) {
    const tally = counts.habits.get(service)?.names
    if (tally !== undefined && names >= TYPES_ANEW)
      pairs.push({ services: [service, service], tally })
  }
  const usual = all.yes / (all.yes + all.no) / 2
  const found = new Map<string, number>()
  for (const { services } of pairs) for (const service of services) found.set(service, 1)
  const carelessness = (service: string): number => found.get(service) ?? 1
  for (let round = 0; round < ROUNDS; round++) {
    const seen = new Map<string, number>()
    const expected = new Map<string, number>()
    for (const { services, tally } of pairs) {
      const [a, b] = services.map(carelessness)
      const both = (a ?? 1) + (b ?? 1)
      for (const service of services) {
        const part = carelessness(service) / both
        seen.set(service, (seen.get(service) ?? 0) + tally.yes * part)
        const slips = (tally.yes + tally.no) * usual * carelessness(service)
        expected.set(service, (expected.get(service) ?? 0) + slips)
      }
    }
    for (const [service, before] of found) {
      const more =
        ((seen.get(service) ?? 0) + SLIPS_BEFORE) /
        ((expected.get(service) ?? 0) / before + SLIPS_BEFORE)
      found.set(service, Math.min(4, Math.max(0.25, more)))
    }
  }
  return found
}

function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, { yes, no }) => ({ yes: sum.yes + yes, no: sum.no + no }), {
    yes: 0,
    no: 0,
  })
}

function drawSlips(tallies: SlipTallies, random: RandomStream): DrawnSlips {
  const pair = (name: keyof SlipTallies): number => draw(tallies[name], BEFORE[name], random)
  const odds = (['first', 'last', 'birth', 'postcode'] as const).map((name) => {
    const { yes, no } = tallies[name]
    return (yes + 0.1) / (no + 1)
  })
  // A name that is written another way is known as such only where nothing else slipped.
  const otherWays = tallies.reversed.yes + tallies.part.yes + tallies.swapped.yes
  const chance =
    Math.max(0, beyondOne(odds)) * tallies.several.no + otherWays * (oddsOfAny(odds) - 1)
  const several = { yes: Math.max(0, tallies.several.yes - chance), no: tallies.several.no }
  return {
    first: ofOne(pair('first')),
    last: ofOne(pair('last')),
    birth: ofOne(pair('birth')),
    postcode: ofOne(pair('postcode')),
    names: ofOne(draw(several, 0.002, random)),
    reversed: ofOne(pair('reversed')),
    part: ofOne(pair('part')),
    swapped: ofOne(pair('swapped')),
    gender: ofOne(pair('gender')),
    email: ofOne(pair('email')),
    mobile: ofOne(pair('mobile')),
    carerEmail: ofOne(pair('carerEmail')),
    carerMobile: ofOne(pair('carerMobile')),
    carer: ofOne(pair('carer')),
    firstSounds: pair('firstSounds'),
    lastSounds: pair('lastSounds'),
    firstThree: pair('firstThree'),
    keptBirth: pair('keptBirth'),
    ward: pair('ward'),
  }
}

/** The odds that more than one of independent things happens, against that none does. */
function beyondOne(odds: readonly number[]): number {
  return oddsOfAny(odds) - 1 - odds.reduce((sum, odd) => sum + odd, 0)
}

/** The odds of all that can happen, against that nothing does. */
function oddsOfAny(odds: readonly number[]): number {
  return odds.reduce((product, odd) => product * (1 + odd), 1)
}

function draw({ yes, no }: Tally, before: number, random: RandomStream): number {
  return random.share(yes + PAIRS_BEFORE * before, no + PAIRS_BEFORE * (1 - before))
}

/** Of a pair one or the other slipped: how likely each of them does. */
function ofOne(ofPair: number): number {
  return 1 - Math.sqrt(1 - Math.min(0.98, ofPair))
}

/**
 * How likely a record is typed anew: how often quarters of one client differ, against how often two
 * clients do.
 */
function drawHabit(
  tallies: ServiceHabitTallies | undefined,
  slips: DrawnSlips,
  random: RandomStream,
): DrawnHabit {
  const { first, last, birth, names, reversed } = slips
  const share = (tally: Tally | undefined, ofClient: number): number => {
    const differ = draw(tally ?? { yes: 0, no: 0 }, RETYPED_BEFORE * 2 * ofClient, random)
    return Math.min(1, differ / Math.max(0.001, 2 * ofClient))
  }
  return {
    names: share(tallies?.names, Math.min(0.4, first + last + birth + names + reversed)),
    postcode: share(tallies?.postcode, slips.postcode),
    contacts: share(tallies?.contacts, Math.max(slips.email, slips.carerEmail + slips.carer)),
  }
}
