import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { ToldTable } from '#core/measures/told-table.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import { DownloadLinks } from '../components/download-links.tsx'
import { FoldedPart } from '../components/folded-part.tsx'
import { ToldTables } from '../components/told-tables.tsx'

/** A page of figures as it was read: the same tables are shown, and written into files. */
export interface ToldPage {
  /** What it is called in files, with its period. */
  readonly title: string
  readonly parts: readonly ToldPart[]
  /** Tables that are in files alone, where the page says the same otherwise. */
  readonly inFiles?: readonly ToldTable[]
  /** What is in no table. */
  readonly notes?: readonly string[]
  /** Of which release the figures are, and what the cover of a file says of it; undefined of exact figures. */
  readonly of?: { readonly release: Release; readonly cover: readonly string[] }
}

/** Some tables of a page under a heading. */
export interface ToldPart {
  readonly heading: string
  /** What its tables hold. */
  readonly holds: string
  readonly tables: readonly ToldTable[]
  /** Opened without being asked for. */
  readonly isOpen?: boolean
  /** Pictures of the first tables, which stand above them. */
  readonly picture?: ReactNode
}

/** Parts that have any row, each folded under its heading. */
export function ToldParts({ parts }: { readonly parts: readonly ToldPart[] }): ReactNode {
  return parts
    .filter(({ tables }) => tables.some(({ rows }) => rows.length > 0))
    .map(({ heading, holds, tables, isOpen = false, picture }) => (
      <FoldedPart key={heading} heading={heading} holds={holds} isOpen={isOpen}>
        {picture}
        <ToldTables tables={tables} />
      </FoldedPart>
    ))
}

/** A page that can be downloaded, by its name in the address. */
export type ToldName =
  | 'use'
  | 'pathways'
  | 'wards'
  | 'not-reached'
  | 'quality'
  | 'service'
  | 'programme'
  | 'impact'

/** Where a page's tables are to be had as files. */
export function ToldFiles({
  page,
  asked,
}: {
  readonly page: ToldName
  /** What the page was asked for. */
  readonly asked: Readonly<Record<string, string>>
}): ReactNode {
  return (
    <DownloadLinks
      what="these tables"
      file={(form) => addresses.reachFile(page, { ...asked, form })}
    />
  )
}
