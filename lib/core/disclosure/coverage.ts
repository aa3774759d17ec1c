import { quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import type { ScopeKind, Span } from './lattice.ts'
import type { ReleaseFacts } from './release-text.ts'

/**
 * Whether any file had come for a scope and span when the release was made. Where none had there is
 * no figure to show, which is not the same as nobody.
 */
export function wasSent(
  release: Pick<ReleaseFacts, 'services' | 'coverage' | 'firstQuarter'>,
  scope: ScopeKind,
  code: string,
  quarter: Quarter,
  span: Span,
): boolean {
  const services = new Set(
    release.services
      .filter(
        (service) =>
          scope === 'all' || (scope === 'strand' ? service.strand : service.code) === code,
      )
      .map((service) => service.code),
  )
  return quartersOf(release.firstQuarter as Quarter, quarter, span).some((of) =>
    release.coverage[of]?.some((service) => services.has(service)),
  )
}

/** The quarters that a span to the end of a quarter counts. */
function quartersOf(first: Quarter, quarter: Quarter, span: Span): Quarter[] {
  if (span === 'quarter') return [quarter]
  const year = `${Number(quarter.slice(0, 4))}-Q1` as Quarter
  return quartersBetween(span === 'year' && year > first ? year : first, quarter)
}
