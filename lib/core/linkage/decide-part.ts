import {
  type DescribedPseudonym,
  PSEUDONYM_COLUMNS,
  PSEUDONYM_COUNT,
  pseudonymName,
} from '#core/pseudonym/kinds.ts'
import { findDoubts, type SetDoubt } from './doubts.ts'
import { edgesBetween, matchDecisions, type RuleEdges, ruleEdges } from './edges.ts'
import {
  areAlike,
  compareRecords,
  type Evidence,
  gatherEvidence,
  joinsAlike,
  type LinkOptions,
  usableRecord,
} from './evidence.ts'
import { findFamilies } from './families.ts'
import type { Doubt, Join, LinkRecord, PartDecision, RuleName } from './part.ts'
import { Homes } from './homes.ts'
import { PersonSets } from './person-sets.ts'
import type { Policy, Rule } from './policy.ts'
import { settleRule } from './settle.ts'
import { findTwins, noTwins } from './twins.ts'
import type { VetoContext } from './vetoes.ts'

/**
 * Decides who is who in one part: a set of records closed under possible edges. The answer depends
 * on what the records say and on nothing else: not on their order, their ids, the submissions'
 * numbers, or the keys of their pseudonyms.
 */
export function decidePart(records: readonly LinkRecord[], options: LinkOptions): PartDecision {
  const alike = decideAlike(records, options)
  if (alike !== null) return alike
  const { policy } = options
  const evidence = gatherEvidence(records, options)
  if (connectsNobody(evidence, options)) return decideApart(evidence, policy)
  const { sets, upper, context, edgesByRule, homes, joins } = runRules(evidence, options)

  const final = sets.snapshot()
  const lower = new PersonSets(evidence.variants.length)
  final.forEach((root, variant) => lower.join(root, variant))
  const bucketsByRule = edgesByRule.map((edges) => edgesBetween(edges, homes, sets))
  const doubts = findDoubts(context, sets, policy, bucketsByRule, lower)
  const families = findFamilies(evidence, sets, policy.families)
  const numbers = countedNumbers(evidence, sets)

  const placed = (ofVariant: Int32Array): Int32Array =>
    numberByAppearance(ofVariant, evidence.variantOfPlace)
  return {
    beneficiary: placed(final),
    family: placed(families),
    upper: placed(upper),
    lower: placed(lower.snapshot()),
    nhs: placed(numbers),
    joins: [...joinsOfAlike(evidence, policy), ...joins],
    doubts: doubtsOfRecords(doubts, evidence, sets),
  }
}

/**
 * The shortcut for records that all say the same, and for a single record; null when there is
 * something to decide.
 */
function decideAlike(records: readonly LinkRecord[], options: LinkOptions): PartDecision | null {
  const [first] = records
  if (first === undefined) return onePerson(0, false, false, [])
  for (const record of records) if (!areAlike(first, record)) return null
  const usable = usableRecord(first, options)
  if (records.length > 1 && !joinsAlike(usable, options.policy)) return null
  const isChild = first.role === 'child'
  const joins: Join[] = []
  if (records.length > 1) {
    const [earliest, ...others] = [...records].sort(compareRecords)
    const left = earliest ?? first
    const rule = ruleOfAlike(usable, options.policy)
    const agreed = agreedColumns(usable, usable)
    for (const right of others) joins.push({ left: left.id, right: right.id, rule, agreed })
  }
  return onePerson(records.length, isChild, usable.nhsNumber !== null, joins)
}

function onePerson(count: number, isChild: boolean, hasNhs: boolean, joins: Join[]): PartDecision {
  return {
    beneficiary: new Int32Array(count),
    family: isChild ? new Int32Array(count) : new Int32Array(count).fill(-1),
    upper: new Int32Array(count),
    lower: new Int32Array(count),
    nhs: hasNhs ? new Int32Array(count) : new Int32Array(count).fill(-1),
    joins,
    doubts: [],
  }
}

/**
 * Whether no rule and no near match connects any two variants, so that nothing is to be joined or
 * doubted: family ties alone brought them together, as they do most parts of a single file.
 */
function connectsNobody(
  { buckets, severalEpochs, variants }: Evidence,
  { policy, decisions }: LinkOptions,
): boolean {
  if (severalEpochs) return false
  const { pairs } = decisions
  const isDecided = policy.hearsDecisions && pairs.size > 0
  if (isDecided && variants.some(({ client }) => pairs.has(client ?? ''))) return false
  return (
    policy.nearMatches.every(({ column }) => buckets[column].length === 0) &&
    policy.rules.every(({ edges }) =>
      edges.every((edge) => typeof edge === 'string' || buckets[edge[0]].length === 0),
    )
  )
}

/** The decision where each variant is a person of its own. */
function decideApart(evidence: Evidence, policy: Policy): PartDecision {
  const { variants, variantOfPlace, columns } = evidence
  const families = findFamilies(evidence, new PersonSets(variants.length), policy.families)
  const placed = (ofVariant: Int32Array): Int32Array =>
    numberByAppearance(ofVariant, variantOfPlace)
  const people = placed(Int32Array.from(variants.keys()))
  return {
    beneficiary: people,
    family: placed(families),
    upper: people,
    lower: people,
    nhs: placed(columns.nhsNumber),
    joins: joinsOfAlike(evidence, policy),
    doubts: [],
  }
}

interface Run {
  readonly sets: PersonSets
  /** The sets once the certain rules had run. */
  readonly upper: Int32Array
  readonly context: VetoContext
  readonly edgesByRule: readonly RuleEdges[]
  readonly homes: Homes
  readonly joins: Join[]
}

/**
 * Runs the policy's rules, strongest first, and again until nothing changes: what one rule joins
 * may settle what a stronger one left open. What rows and reviewers say comes before, once; twins
 * are looked for after that, since names that a reviewer joined are one name from then on.
 */
function runRules(evidence: Evidence, { policy, decisions }: LinkOptions): Run {
  const sets = new PersonSets(evidence.variants.length)
  const matched = policy.hearsDecisions
    ? matchDecisions(evidence, decisions)
    : { same: [], different: new Map<number, number[]>() }
  const joins: Join[] = []
  const homes = new Homes(evidence)
  const edgesByRule = policy.rules.map((rule) => ruleEdges(evidence, rule, matched.same))
  const runOnce = (context: VetoContext, isTurn: (rule: Rule) => boolean): void => {
    policy.rules.forEach((rule, index) => {
      const edges = edgesByRule[index]
      if (edges === undefined || !isTurn(rule)) return
      settleRule(context, sets, rule, edgesBetween(edges, homes, sets), (left, right) => {
        joins.push(joinOf(evidence, left, right, rule.name))
      })
    })
  }
  const runUntilSettled = (context: VetoContext, isTurn: (rule: Rule) => boolean): void => {
    for (let before = -1; before !== joins.length;) {
      before = joins.length
      runOnce(context, isTurn)
    }
  }

  const isGiven = ({ edges }: Rule): boolean => edges.every((edge) => typeof edge === 'string')
  const untold: VetoContext = { evidence, twins: noTwins(evidence), different: matched.different }
  runOnce(untold, isGiven)
  const hasTwinVeto = policy.rules.some(({ vetoes }) => vetoes.includes('twins'))
  const context = { ...untold, twins: hasTwinVeto ? findTwins(evidence, sets) : untold.twins }
  runUntilSettled(context, (rule) => rule.certain && !isGiven(rule))
  const upper = sets.snapshot()
  runUntilSettled(context, (rule) => !isGiven(rule))
  return { sets, upper, context, edgesByRule, homes, joins }
}

function joinOf(evidence: Evidence, left: number, right: number, rule: RuleName): Join {
  const a = evidence.variants[left]
  const b = evidence.variants[right]
  if (a === undefined || b === undefined) throw new RangeError('a join names no variant')
  return { left: a.id, right: b.id, rule, agreed: agreedColumns(a, b) }
}

/** The joins within variants: records alike in all but the quarter and the row. */
function joinsOfAlike({ ordered, variants, variantOf }: Evidence, policy: Policy): Join[] {
  const joins: Join[] = []
  ordered.forEach((record, index) => {
    const first = variants[variantOf[index] ?? 0]
    if (first === undefined || first.id === record.id) return
    const rule = ruleOfAlike(first, policy)
    joins.push({ left: first.id, right: record.id, rule, agreed: agreedColumns(first, first) })
  })
  return joins
}

/** The strongest rule that one record's values name. */
function ruleOfAlike(record: LinkRecord, policy: Policy): RuleName {
  for (const rule of policy.rules) {
    for (const edge of rule.edges) {
      if (typeof edge === 'string' || edge.length > 1) continue
      const [column] = edge
      if (policy.alike.includes(column) && record[column] !== null) return rule.name
    }
  }
  return 'client'
}

/** Lists of columns that agree, by bits; made once each, since there are few. */
const AGREED = new Map<number, readonly string[]>()

function agreedColumns(a: LinkRecord, b: LinkRecord): readonly string[] {
  let bits = 0
  for (let index = 0; index < PSEUDONYM_COUNT; index++) {
    const column = PSEUDONYM_COLUMNS[index]
    if (column !== undefined && agree(a, b, column)) bits |= 1 << index
  }
  const known = AGREED.get(bits)
  if (known !== undefined) return known
  const agreed = PSEUDONYM_COLUMNS.filter((_, index) => ((bits >> index) & 1) === 1)
  const names = agreed.map(pseudonymName)
  AGREED.set(bits, names)
  return names
}

/** Whether a pseudonym agrees; an alternate, with what the other record carries as its own. */
function agree(a: LinkRecord, b: LinkRecord, { field, alternateOf }: DescribedPseudonym): boolean {
  if (alternateOf === undefined) return a[field] !== null && a[field] === b[field]
  return (
    (a[field] !== null && a[field] === b[alternateOf]) ||
    (b[field] !== null && b[field] === a[alternateOf])
  )
}

/**
 * The NHS numbers that count in the lower bound: numbers of one person under several source keys
 * are one. −1 for none.
 */
function countedNumbers(evidence: Evidence, sets: PersonSets): Int32Array {
  const numbers = evidence.columns.nhsNumber
  if (!evidence.severalEpochs) return numbers
  const united = new PersonSets(numbers.length)
  const firstOfNumber = new Map<number, number>()
  const firstOfSet = new Map<number, number>()
  numbers.forEach((number, variant) => {
    if (number < 0) return
    const root = sets.find(variant)
    united.join(firstOfNumber.get(number) ?? variant, variant)
    united.join(firstOfSet.get(root) ?? variant, variant)
    firstOfNumber.set(number, variant)
    firstOfSet.set(root, variant)
  })
  return numbers.map((number, variant) => (number < 0 ? -1 : united.find(variant)))
}

/**
 * Numbers from 0 in order of first appearance for whatever numbers below their count the variants
 * have; −1 stays.
 */
function numberByAppearance(ofVariant: Int32Array, variantOfPlace: Int32Array): Int32Array {
  const numbers = new Int32Array(ofVariant.length).fill(-1)
  const placed = new Int32Array(variantOfPlace.length)
  let count = 0
  for (let place = 0; place < placed.length; place++) {
    const value = ofVariant[variantOfPlace[place] ?? 0] ?? -1
    if (value >= 0 && numbers[value] === -1) numbers[value] = count++
    placed[place] = value < 0 ? -1 : (numbers[value] ?? -1)
  }
  return placed
}

function doubtsOfRecords(
  doubts: readonly SetDoubt[],
  evidence: Evidence,
  sets: PersonSets,
): Doubt[] {
  if (doubts.length === 0) return []
  const idsOfSet = new Map<number, number[]>()
  evidence.ordered.forEach((record, index) => {
    const root = sets.find(evidence.variantOf[index] ?? 0)
    const ids = idsOfSet.get(root)
    if (ids === undefined) idsOfSet.set(root, [record.id])
    else ids.push(record.id)
  })
  for (const ids of idsOfSet.values()) ids.sort((a, b) => a - b)
  return doubts.map(({ kind, code, rule, roots }) => ({
    kind,
    code,
    rule,
    sides: roots.map((root) => idsOfSet.get(root) ?? []).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
  }))
}
