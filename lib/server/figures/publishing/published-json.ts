import type { PublishedDocument } from '#core/disclosure/published-document.ts'
import { methodSections } from '#core/messages/releases/method-words.ts'
import type { ReleaseRow } from '#server/figures/releases/release-rows.ts'
import type { PublishedView } from './published-releases.ts'
import { revisionLines } from '#server/figures/releases/revision-words.ts'

/** A published release as one JSON document. */
export function writePublishedJson(view: PublishedView, rows: readonly ReleaseRow[]): string {
  const { programme, release, revision, supersededBy } = view
  const document: PublishedDocument = {
    format: 'countonce-published-1',
    programme: { name: programme.name, demonstration: !programme.live },
    release: {
      reference: release.reference,
      ...{ firstQuarter: release.firstQuarter, lastQuarter: release.lastQuarter },
      madeAt: release.madeAt,
      publishedAt: release.publication.visibleFrom.toISOString(),
      state: supersededBy === undefined ? 'current' : 'superseded',
      supersedes: revision?.supersedes.reference ?? null,
      supersededBy: supersededBy ?? null,
      changes: revisionLines(view.revision),
      ...{ threshold: release.settings.threshold, base: release.settings.base },
      ...{ linkagePolicy: release.linkagePolicy, programVersion: release.programVersion },
      digest: release.digest,
      key: release.signed?.key ?? null,
    },
    coverage: Object.fromEntries(
      Object.entries(release.coverage).map(([quarter, services]) => [quarter, [...services]]),
    ),
    method: methodSections(release.settings).map(({ heading, paragraphs }) => ({
      heading,
      paragraphs: [...paragraphs],
    })),
    figures: rows.map(({ quarter, span, scope, place, breakdown, figures, interval }) => ({
      ...{ quarter, span, scope, place, figures, interval },
      breakdown:
        breakdown === null
          ? null
          : { attribute: breakdown.attribute, code: breakdown.value, name: breakdown.name },
    })),
  }
  return `${JSON.stringify(document)}\n`
}
