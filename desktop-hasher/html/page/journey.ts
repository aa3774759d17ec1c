import type { LeaveOutReason } from '#core/messages/findings/answer-reasons.ts'
import { allStops, type FileStop } from '#core/checks/what-stops.ts'
import { unanswered } from '#core/preparation/proposals/proposals.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { UnlistedWords } from '#core/mapping/words/unlisted-words.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import type {
  AreaTold,
  CheckTold,
  FileTask,
  FileTold,
  KeyTold,
  SelfTestTold,
  WrittenTold,
} from '../worker/protocol.ts'
import type { SavedCsv } from './save-files.ts'

/** The steps in their order; each with the place it has among the seven that a person counts. */
export const STEPS = [
  { name: 'key', place: 1, title: 'Open your key' },
  { name: 'service', place: 2, title: 'Choose service and quarter' },
  { name: 'file', place: 3, title: 'Choose your file' },
  { name: 'read', place: 3, title: 'What we read' },
  { name: 'shape', place: 3, title: 'How the rows are kept' },
  { name: 'columns', place: 4, title: 'Match your columns' },
  { name: 'values', place: 4, title: 'Match your values' },
  { name: 'check', place: 5, title: 'Check your file' },
  { name: 'make', place: 6, title: 'Make the hashed file' },
  { name: 'save', place: 7, title: 'Save and send' },
] as const

export type StepName = (typeof STEPS)[number]['name']

/** How many steps a person counts. */
export const PLACES = 7

/** The service a file is about, and its quarter. */
export interface ChosenService {
  readonly provider: string
  readonly service: string
  /** As a heading names it: the service's name, or its code where there is no area file. */
  readonly name: string
  readonly quarter: Quarter
  /** What the rows of its file are about. */
  readonly kind: FileKind
}

/** A hashed file that was made, saved or waiting to be. */
export interface MadeFile extends WrittenTold {
  readonly csv: SavedCsv
}

/** What a person has done so far, in memory alone: it ends with the page. */
export interface Journey {
  selfTest?: SelfTestTold
  key?: KeyTold
  /** In a bridge quarter, the key that was replaced. */
  bridgeKey?: KeyTold
  area?: AreaTold
  service?: ChosenService
  file?: File
  /** A mapping loaded from a file. */
  loaded?: Mapping
  choices: ReadingChoices
  reading?: FileTold
  /** Made of the answers about columns and words. */
  mapping?: Mapping
  words?: readonly UnlistedWords[]
  check?: CheckTold
  /** Findings that were confirmed, as code and field. */
  confirmed: Set<string>
  leaveOutReason?: LeaveOutReason
  made?: { readonly own: MadeFile; readonly bridge: MadeFile | undefined }
}

/** A journey at its beginning. */
export function newJourney(): Journey {
  return { choices: {}, confirmed: new Set() }
}

/** What is answered anew; all that was made of it no longer holds. */
export type Anew = 'key' | 'file' | 'reading' | 'mapping' | 'check'

const FORGOTTEN: Readonly<Record<Anew, readonly (keyof Journey)[]>> = {
  key: ['key', 'bridgeKey', 'area', 'service'],
  file: ['file', 'loaded'],
  reading: ['reading'],
  mapping: ['mapping', 'words'],
  check: ['check', 'leaveOutReason', 'made'],
}

/** Forgets what no longer holds once something before it is answered anew. */
export function forget(journey: Journey, anew: Anew): void {
  const order = Object.keys(FORGOTTEN) as Anew[]
  for (const later of order.slice(order.indexOf(anew))) {
    for (const name of FORGOTTEN[later]) Reflect.deleteProperty(journey, name)
  }
  if (anew === 'key' || anew === 'file') journey.choices = {}
  journey.confirmed = new Set()
}

/** Whether a step can be taken: everything before it is answered. */
export function isReachable(journey: Journey, step: StepName): boolean {
  const { key, service, file, choices, reading, mapping, words, check, made } = journey
  switch (step) {
    case 'key':
      return true
    case 'service':
      return key !== undefined
    case 'file':
      return service !== undefined
    case 'read':
      return service !== undefined && file !== undefined
    case 'shape':
      return reading !== undefined && reading.shapes.length > 0
    case 'columns':
      return reading !== undefined && unanswered(reading.shapes, choices.preparation).length === 0
    case 'values':
      return mapping !== undefined && (words ?? []).length > 0
    case 'check':
      return check !== undefined
    case 'make':
      return check !== undefined && stopsOf(journey).length === 0
    case 'save':
      return made !== undefined
  }
}

/**
 * What of a checked file stops it, as far as it is answered; nothing when all that the check asks
 * is.
 */
export function stopsOf({ check, confirmed, leaveOutReason }: Journey): readonly FileStop[] {
  return allStops(check?.findings ?? [], {
    leaveOut: leaveOutReason !== undefined,
    confirmed: (finding) => confirmed.has(findingKey(finding)),
  })
}

/** A finding's name among those of a file. */
export function findingKey({
  code,
  field,
}: {
  readonly code: string
  readonly field: string
}): string {
  return `${code} ${field}`
}

/** The task that a journey amounts to. Throws when it is not that far. */
export function taskOf({ service, mapping, choices }: Journey): FileTask {
  if (service === undefined || mapping === undefined) throw new Error('nothing to do yet')
  return {
    mapping: { ...choices, ...mapping },
    provider: service.provider,
    service: service.service,
    quarter: service.quarter,
  }
}
