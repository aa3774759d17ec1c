'use client'

import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { withQuery } from '#core/addresses/portal-addresses.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import type { Change, GridPage, GridRow } from '#core/grid/grid-rows.ts'
import { announceSignedOut, SIGNED_IN_AGAIN } from '../../../../components/signed-out.client.ts'
import { FRESH } from '../../../../guards/form-state.ts'
import { changeCellsOf, checkCorrected } from './actions.ts'
import { ChangeQueue, type Saving } from './change-queue.client.ts'
import type { GridSource } from './grid-source.ts'
import { RowCache } from './row-cache.client.ts'

/** How long cells are left alone before the file is checked with them, in milliseconds. */
const PAUSE = 4_000
const LOOKS_APART = 1_500
/** Rows that are had anew at least. */
const LEAST = 60
/** What a form may bring, in bytes, with room for the rest of it. */
const MOST_BYTES = 800_000

/** What the grid works with: rows as they stand, and what is done to them. */
export interface Correcting {
  readonly cache: RowCache
  /** A row with the changes that are on their way in it. */
  readonly rowAt: (index: number) => GridRow | undefined
  /** Answers whether places are still of the same rows. */
  readonly want: (from: number, to: number) => Promise<boolean>
  /** Has the rows that are in sight. */
  readonly show: (from: number, to: number) => void
  readonly change: (change: Change) => void
  readonly unsaved: number
  readonly saving: Saving
  /** How far a check is; empty while there is none. */
  readonly checking: string
  readonly check: () => Promise<void>
}

/** Keeps the rows of the grid, saves what is changed and has the file checked once changes pause. */
export function useCorrecting(
  { reference, first, rowsAddress, progressAddress, query }: GridSource,
  say: (text: string) => void,
  isEditing: () => boolean,
): Correcting {
  const [drawn, draw] = useReducer((times: number) => times + 1, 0)
  const [saving, setSaving] = useState<Saving>({ is: 'idle' })
  const [checking, setChecking] = useState('')
  const seen = useRef({ from: 0, count: 100 })

  const cache = useMemo(() => {
    const fetchRows = (from: number, count: number): Promise<GridPage | undefined> =>
      fetchJson(withQuery(rowsAddress, { ...query, from, count }))
    return new RowCache(first, fetchRows, draw)
    // A page is of one choice of rows: another choice is another page.
  }, [first, query, rowsAddress])

  const renew = useCallback(() => {
    const { from, count } = seen.current
    return cache.renew(from, Math.max(count, LEAST))
  }, [cache])

  const queue = useMemo(
    () =>
      new ChangeQueue({
        version: () => cache.state.version,
        async send(change, version) {
          const state = await changeCellsOf(FRESH, formOf(reference, { change, version }))
          if (state.isSignedOut === true) throw announceSignedOut()
          return state
        },
        renew,
        textOf(row, column) {
          const place = cache.placeOf(row)
          return place === undefined ? undefined : cache.at(place)?.cells[column]
        },
        done(state, { change }) {
          const { changed } = state
          if (changed === undefined) {
            draw()
            return
          }
          cache.apply(changed)
          if (changed.isMore) void renew()
          say(changedWords(change, changed.cells, changed.rows))
        },
        told: setSaving,
      }),
    [cache, reference, renew, say],
  )

  const unsaved = queue.pending.length
  const overlay = useMemo(() => {
    const texts = new Map<string, string>()
    for (const { change } of queue.pending) {
      if (change.kind !== 'set') continue
      for (const { row, column, text } of change.cells)
        texts.set(`${String(row)}:${String(column)}`, text)
    }
    return texts
  }, [queue, drawn, saving])

  const rowAt = useCallback(
    (index: number): GridRow | undefined => {
      const row = cache.at(index)
      if (row === undefined || overlay.size === 0) return row
      const pending = row.cells.flatMap((_, column) => {
        const text = overlay.get(`${String(row.row)}:${String(column)}`)
        return text === undefined ? [] : [{ column, text }]
      })
      if (pending.length === 0) return row
      const cells = [...row.cells]
      const originals: Record<number, string> = { ...row.originals }
      for (const { column, text } of pending) {
        originals[column] ??= cells[column] ?? ''
        cells[column] = text
      }
      return { ...row, cells, originals }
    },
    // What the cache holds is drawn anew when it changes.
    [cache, overlay, drawn],
  )

  const change = useCallback(
    (wanted: Change) => {
      if (new Blob([JSON.stringify(wanted)]).size > MOST_BYTES) {
        say('That is too much to change at once.')
        return
      }
      const before = new Map<string, string>()
      if (wanted.kind === 'set')
        for (const { row, column } of wanted.cells) {
          const text = cache.at(cache.placeOf(row) ?? -1)?.cells[column]
          if (text !== undefined) before.set(`${String(row)}:${String(column)}`, text)
        }
      queue.add({ change: wanted, before })
      draw()
    },
    [cache, queue, say],
  )

  const want = useCallback((from: number, to: number) => cache.want(from, to), [cache])

  const show = useCallback(
    (from: number, to: number) => {
      seen.current = { from, count: Math.max(1, to - from) }
      cache.show(from, to)
    },
    [cache],
  )

  const check = useCallback(async () => {
    setChecking('Checking the file.')
    const asked = await checkCorrected(FRESH, formOf(reference, {})).catch(() => undefined)
    if (asked?.isSignedOut === true) announceSignedOut()
    const isAsked = asked !== undefined && asked.errors.length === 0
    if (!isAsked) {
      setChecking('')
      return
    }
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, LOOKS_APART))
      const words = await fetchJson<{ text: string; isOver: boolean }>(progressAddress)
      if (words === undefined) continue
      if (words.isOver) break
      setChecking(words.text)
    }
    // Rows do not change their places under who types.
    while (isEditing()) await new Promise((resolve) => setTimeout(resolve, LOOKS_APART))
    await renew()
    setChecking('')
    const { isChecked } = cache.state
    say(
      isChecked
        ? `The file was checked. ${counted(cache.total, 'row is', 'rows are')} shown.`
        : 'The file could not be checked. Go back to all findings to see why.',
    )
  }, [cache, isEditing, progressAddress, reference, renew, say])

  const { isChecked, version, isApplied } = cache.state
  useEffect(() => {
    if (isChecked || unsaved > 0 || checking !== '' || version === first.state.version) return
    if (!isApplied) return
    const timer = setTimeout(() => void check(), PAUSE)
    return () => {
      clearTimeout(timer)
    }
  }, [check, checking, first.state.version, isApplied, isChecked, unsaved, version])

  useEffect(() => {
    const retry = (): void => {
      queue.retry()
    }
    window.addEventListener('online', retry)
    window.addEventListener(SIGNED_IN_AGAIN, retry)
    return () => {
      window.removeEventListener('online', retry)
      window.removeEventListener(SIGNED_IN_AGAIN, retry)
    }
  }, [queue])

  return { cache, rowAt, want, show, change, unsaved, saving, checking, check }
}

function formOf(
  reference: string,
  { change, version }: { readonly change?: Change; readonly version?: number },
): FormData {
  const form = new FormData()
  form.set('reference', reference)
  if (version !== undefined) form.set('version', String(version))
  if (change !== undefined) form.set('change', JSON.stringify(change))
  return form
}

function changedWords(change: Change, cells: number, rows: readonly GridRow[]): string {
  const counts = counted(cells, 'cell', 'cells')
  switch (change.kind) {
    case 'replace':
      return cells === 0 ? 'Nothing was found to replace.' : `Replaced in ${counts}.`
    case 'undo':
      return `Undone: ${counts}.`
    case 'redo':
      return `Done again: ${counts}.`
    case 'take-back':
      return `Taken back: ${counts}.`
    case 'set': {
      const [row] = rows
      if (rows.length !== 1 || row === undefined) return `Saved: ${counts}.`
      const left = row.findings.length
      const words = left === 0 ? 'nothing is left to fix' : counted(left, 'finding', 'findings')
      return `Saved. Row ${row.place}: ${words}.`
    }
  }
}

/** What an address answers; undefined where no answer came. */
async function fetchJson<Answer>(address: string): Promise<Answer | undefined> {
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' } })
    return response.ok ? ((await response.json()) as Answer) : undefined
  } catch {
    // The connection may be back at the next look.
    return undefined
  }
}
