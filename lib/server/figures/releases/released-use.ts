import { wasSent } from '#core/disclosure/coverage.ts'
import type { ScopeKind, Span } from '#core/disclosure/lattice.ts'
import { HIDDEN, type Printed } from '#core/disclosure/printed.ts'
import {
  CHANGES,
  CONTACT_BANDS,
  ENDINGS,
  spansOfAspect,
  TOOK_PART,
  TURNED_DOWN,
  type Aspect,
  type ReleasedUse,
} from '#core/disclosure/released-use.ts'
import {
  CONTACT_WORDS,
  ENDING_WORDS,
  TURNED_DOWN_WORDS,
} from '#core/messages/releases/use-words.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { run } from '#server/platform/db/run.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import type { ReleaseNames } from './release-names.ts'

/** Finds a figure of use of a quarter as a release printed it; null where no file had come. */
export type FindUse = (
  span: Span,
  aspect: Aspect,
  value: string,
  scope?: { readonly kind: ScopeKind; readonly code: string },
) => Printed | null

/** Reads what a release tells of quarters beside reach, one or all; undefined of a release of reach alone. */
export async function readUse(
  client: ReleaseReader,
  release: Release,
  quarter: Quarter | null,
): Promise<((quarter: Quarter) => FindUse) | undefined> {
  if (release.use === undefined) return undefined
  const rows = await run(client, 'releases/read-use-cells', [release.id, quarter])
  const printed = new Map<string, Printed>(
    rows.map(({ quarter: of, span, scope, scopeCode, aspect, aspectValue, printed: figure }) => [
      [of, span, scope, scopeCode, aspect, aspectValue].join(' '),
      figure ?? HIDDEN,
    ]),
  )
  return (of) =>
    (span, aspect, value, { kind, code } = ALL) =>
      wasSent(release, kind, code, of, span)
        ? (printed.get([of, span, kind, code, aspect, value].join(' ')) ?? 0)
        : null
}

const ALL = { kind: 'all', code: '' } as const

/** A figure of use as a file has it: people of a scope, everywhere. */
export interface UseRow {
  readonly quarter: Quarter
  readonly span: Span
  readonly scope: { readonly kind: ScopeKind; readonly code: string; readonly name: string }
  /** Of a strand or service. */
  readonly strand: string
  readonly aspect: Aspect
  /** What it is of, in words; of a scale its code. */
  readonly value: string
  readonly people: Printed
}

/** The figures of use of a release, of one quarter or all: those for which a file had come. None of a release of reach alone. */
export async function readUseRows(
  client: ReleaseReader,
  release: Release,
  names: ReleaseNames,
  quarter?: Quarter,
): Promise<UseRow[]> {
  const use = await readUse(client, release, quarter ?? null)
  if (use === undefined || release.use === undefined) return []
  const told = [...toldOfAll(release.use), ...toldOfEach(release)]
  return (quarter === undefined ? release.quarters : [quarter]).flatMap((of) => {
    const find = use(of)
    return told.flatMap(({ aspect, code, value, kind, scopeCode, strand }) =>
      spansOfAspect(aspect).flatMap((span) => {
        const scope = { kind, code: scopeCode, name: names.scope(kind, scopeCode) }
        const people = find(span, aspect, code, scope)
        return people === null ? [] : [{ quarter: of, span, scope, strand, aspect, value, people }]
      }),
    )
  })
}

interface ToldUse {
  readonly aspect: Aspect
  readonly code: string
  readonly value: string
  readonly kind: ScopeKind
  readonly scopeCode: string
  readonly strand: string
}

function toldOfAll({ scales }: ReleasedUse): ToldUse[] {
  const of = { kind: 'all', scopeCode: '', strand: '' } as const
  return [
    { ...of, aspect: 'activities', code: TOOK_PART, value: TOOK_PART_WORDS } as const,
    ...CONTACT_BANDS.map(
      (code) => ({ ...of, aspect: 'contacts', code, value: CONTACT_WORDS[code] }) as const,
    ),
    ...ENDINGS.map(
      (code) => ({ ...of, aspect: 'ending', code, value: ENDING_WORDS[code] }) as const,
    ),
    { ...of, aspect: 'declined', code: TURNED_DOWN, value: TURNED_DOWN_WORDS },
    ...scales.flatMap(({ code, isRuled }) =>
      (['scored', 'paired', ...(isRuled ? CHANGES : [])] as const).map((aspect) => ({
        ...{ ...of, aspect, code, value: code },
      })),
    ),
  ]
}

function toldOfEach({ strands, services }: Release): ToldUse[] {
  const came = { aspect: 'activities', code: TOOK_PART, value: TOOK_PART_WORDS } as const
  return [
    ...strands.map((code) => ({ ...came, kind: 'strand', scopeCode: code, strand: code }) as const),
    ...services.map(
      ({ code, strand }) => ({ ...came, kind: 'service', scopeCode: code, strand }) as const,
    ),
  ]
}

const TOOK_PART_WORDS = 'Came to an activity'
