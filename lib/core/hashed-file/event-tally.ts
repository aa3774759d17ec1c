/**
 * What the events of a hashed file come to, counted as the check of a clear file counts them.
 * Source: docs/pseudonymisation.md, "Hashed file".
 */
import type { ActivityCounts, InstrumentCounts } from '#core/checks/events/event-counts.ts'
import type { KeptActivity, PersonEvents } from '#core/checks/events/kept-events.ts'
import type { FieldName, EventKind } from '#core/standard/further-fields.ts'
import type { ManifestEvents } from './manifest.ts'

/** Activities and what people have beside their records, as they are read. */
export interface EventsOfLines {
  readonly activities: readonly KeptActivity[]
  /** Of each of the records, in their order. */
  readonly people: readonly PersonEvents[]
}

type Counted = { -readonly [Name in keyof InstrumentCounts]: InstrumentCounts[Name] }

/** Adds up activities and scores. */
export class EventTally {
  readonly #kind: EventKind
  readonly #shown: Set<FieldName>
  #activities = 0
  #attendances = 0
  #people = 0
  #adults = 0
  #children = 0
  #scores = 0
  readonly #ofScale = new Map<string, Counted>()

  constructor(kind: EventKind) {
    this.#kind = kind
    this.#shown = new Set(ALWAYS[kind])
  }

  add({ activities, people }: EventsOfLines): void {
    for (const activity of activities) {
      const { type, language, ward, adults, children } = activity
      this.#activities += 1
      this.#adults += adults
      this.#children += children
      this.#show('activity_type', type !== '')
      this.#show('activity_language', language !== '')
      this.#show('venue_postcode', ward !== '')
      this.#show('adults', adults > 0)
      this.#show('children', children > 0)
    }
    for (const { attended, scores } of people) {
      this.#attendances += attended.length
      if (attended.length > 0) this.#people += 1
      if (scores.length > 0) this.#addScores(scores)
    }
  }

  /** The fields of the kind that the file cannot have been made without. */
  get shownFields(): readonly FieldName[] {
    return [...this.#shown]
  }

  /** The counts of a check, by the kind. */
  get counts(): {
    readonly activities?: ActivityCounts
    readonly scores?: readonly InstrumentCounts[]
  } {
    if (this.#kind === 'outcomes') return { scores: [...this.#ofScale.values()] }
    return {
      activities: {
        activities: this.#activities,
        attendances: this.#attendances,
        people: this.#people,
        anonymousAdults: this.#adults,
        anonymousChildren: this.#children,
      },
    }
  }

  /** Whether a manifest says the same. */
  agrees(events: ManifestEvents): boolean {
    if (events.kind !== this.#kind) return false
    return events.kind === 'outcomes'
      ? events.scores === this.#scores
      : events.activities === this.#activities &&
          events.attendances === this.#attendances &&
          events.adults === this.#adults &&
          events.children === this.#children
  }

  #addScores(scores: PersonEvents['scores']): void {
    const had = new Map<Counted, { baseline: boolean; later: boolean }>()
    for (const { instrument, subScale, timePoint, completedBy } of scores) {
      const key = `${instrument}:${subScale}`
      const counted = this.#ofScale.get(key) ?? {
        ...{ instrument, subScale, scores: 0, baseline: 0, later: 0, paired: 0 },
      }
      this.#ofScale.set(key, counted)
      counted.scores += 1
      this.#scores += 1
      const times = had.get(counted) ?? { baseline: false, later: false }
      had.set(counted, times)
      times[timePoint === 'baseline' ? 'baseline' : 'later'] = true
      this.#show('sub_scale', subScale !== '')
      this.#show('completed_by', completedBy !== '')
    }
    for (const [counted, { baseline, later }] of had) {
      if (baseline) counted.baseline += 1
      if (later) counted.later += 1
      if (baseline && later) counted.paired += 1
    }
  }

  #show(field: FieldName, isShown: boolean): void {
    if (isShown) this.#shown.add(field)
  }
}

/** What no file of a kind is made without. */
const ALWAYS: Readonly<Record<EventKind, readonly FieldName[]>> = {
  activities: ['activity_ref', 'activity_date'],
  outcomes: ['measure', 'time_point', 'score_date', 'score'],
}
