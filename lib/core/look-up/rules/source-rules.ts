import { z } from 'zod'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'

/**
 * Which of what a source sends is shown to practitioners, as data: one set of rules a source, changed
 * by two people. Ages are of the person looked up, in whole years on the day, both ends included;
 * days are whole days. Source: docs/decisions/look-up.md.
 */
export interface SourceRules {
  /** `current` involvement alone, or `historic` as well where its controller agreed. */
  readonly shows: 'current' | 'historic'
  /** The ages at which the source appears at all; null is without an end. */
  readonly ageFrom: number | null
  readonly ageTo: number | null
  /** After so many days its data are told to be out of date. */
  readonly staleDays: number
  /** After so many days nothing of them is shown, and they are removed. */
  readonly removalDays: number
}

/** The days that the data of a source cover, `yyyy-mm-dd`, both included; without an end, null. */
export interface Coverage {
  readonly from: string
  readonly to: string | null
}

/** In years. */
export const OLDEST = 120
/** A source that sends every ten years sends nothing that can be relied on. */
export const MOST_DAYS = 3650

const age = z.int().min(0).max(OLDEST).nullable()
const days = z.int().min(1).max(MOST_DAYS)

/** The form of rules, for what holds them. */
export const SOURCE_RULES: z.ZodType<SourceRules> = z
  .strictObject({
    shows: z.enum(['current', 'historic']),
    ageFrom: age,
    ageTo: age,
    staleDays: days,
    removalDays: days,
  })
  .refine(({ ageFrom, ageTo }) => ageFrom === null || ageTo === null || ageFrom <= ageTo, {
    path: ['ageTo'],
    error: 'the last age is before the first',
  })
  .refine(({ staleDays, removalDays }) => staleDays <= removalDays, {
    path: ['removalDays'],
    error: 'data are removed before they are out of date',
  })

/** Reads rules; undefined where they are none. */
export function readRules(value: unknown): SourceRules | undefined {
  const read = SOURCE_RULES.safeParse(value)
  return read.success ? read.data : undefined
}

const ANY_AGE = { ageFrom: null, ageTo: null }
const USUAL = { shows: 'current', staleDays: 7, removalDays: 28 } as const

/** The rules that a source of a kind begins with. Source: the guide’s common data model. */
export const DEFAULT_RULES: Readonly<Record<FeedKind, SourceRules>> = {
  school: { ...USUAL, ageFrom: 4, ageTo: 20 },
  'adult-social-care': { ...USUAL, ageFrom: 15, ageTo: null },
  housing: { ...USUAL, ageFrom: 16, ageTo: null },
  police: { ...USUAL, ageFrom: 18, ageTo: null },
  'childrens-social-care': { ...USUAL, ...ANY_AGE },
  'community-health': { ...USUAL, ...ANY_AGE },
  'acute-care': { ...USUAL, ...ANY_AGE },
  'primary-care': { ...USUAL, ...ANY_AGE },
  'mental-health': { ...USUAL, ...ANY_AGE },
}

/** When something is shown, a sentence each, as practitioners read it. */
export function rulesInWords(
  { shows, ageFrom, ageTo, staleDays, removalDays }: SourceRules,
  { from, to }: Coverage,
): readonly string[] {
  return [
    shows === 'current'
      ? 'Current involvement is shown, and no earlier one.'
      : 'Current involvement is shown, and involvement that has ended.',
    agesInWords(ageFrom, ageTo),
    to === null
      ? `It is shown from ${dayInWords(from)} on.`
      : `It is shown from ${dayInWords(from)} to ${dayInWords(to)}.`,
    `Data that are more than ${daysInWords(staleDays)} old are marked as out of date.`,
    `Data that are more than ${daysInWords(removalDays)} old are not shown, and are removed.`,
  ]
}

function agesInWords(from: number | null, to: number | null): string {
  if (from === null && to === null) return 'It is shown for people of every age.'
  if (to === null) return `It is shown for people aged ${from} and over.`
  if (from === null) return `It is shown for people aged ${to} and under.`
  return from === to
    ? `It is shown for people aged ${from}.`
    : `It is shown for people aged ${from} to ${to}.`
}

function daysInWords(count: number): string {
  return count === 1 ? 'a day' : `${count} days`
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

function dayInWords(day: string): string {
  return DAY.format(new Date(day))
}
