import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readManifest, writeManifest, type Manifest } from '#core/hashed-file/manifest.ts'
import { hash } from './hashing.ts'

const encoder = new TextEncoder()
const manifest = await made()

async function made(): Promise<Manifest> {
  const { hashed } = await hash(
    ['client_ref', 'first_name', 'date_of_birth', 'contacts'],
    [
      ['C-1', 'Ada', '03/02/2021', '1'],
      ['C-2', 'X', '99/99/2021', '2'],
    ],
    { leaveOut: true },
  )
  if (!hashed.ok) throw new Error(hashed.code)
  return hashed.file.manifest
}

function read(value: unknown): string {
  const answer = readManifest(encoder.encode(JSON.stringify(value)))
  return answer.ok ? 'read' : answer.code
}

it('reads back what was written', () => {
  expect(readManifest(writeManifest(manifest))).toEqual({ ok: true, manifest })
})

it.each([
  [
    'a version of the pseudonyms that is not this one',
    { pseudonym_version: '1' },
    'manifest-version',
  ],
  ['a later format', { format: 'countonce-manifest-3' }, 'manifest-version'],
  ['another format', { format: 'something' }, 'manifest-unreadable'],
  ['a further member', { note: 'Zoë Smith' }, 'manifest-unreadable'],
  ['a code that is none', { provider: 'Zoë Smith' }, 'manifest-unreadable'],
  ['a tool with a name in it', { tool: 'by Zoë' }, 'manifest-unreadable'],
  ['a quarter that is none', { quarter: '2024-Q5' }, 'manifest-unreadable'],
  ['a finding that is none', { findings: { 'zoe-smith': 1 } }, 'manifest-unreadable'],
  ['rows that do not add up', { rows: { ...manifest.rows, read: 99 } }, 'manifest-does-not-add-up'],
  ['columns that do not add up', { records: manifest.records + 1 }, 'manifest-does-not-add-up'],
  ['more ties than records', { family_ties: 9 }, 'manifest-does-not-add-up'],
  ['a part of a row', { csv_bytes: 1.5 }, 'manifest-unreadable'],
])('refuses %s', (_, change, code) => {
  expect(read({ ...manifest, ...change })).toBe(code)
})

it('refuses a manifest without any one of its members', () => {
  for (const member of Object.keys(manifest)) {
    const rest = Object.entries(manifest).filter(([name]) => name !== member)
    expect(`${member}: ${read(Object.fromEntries(rest))}`).toBe(`${member}: manifest-unreadable`)
  }
})

it('refuses a blank code that no rule gives, and a member that JavaScript would swallow', () => {
  const columns = { ...manifest.columns, email_pseudonym: { made: 0, blank: { 'zoe-smith': 2 } } }
  expect(read({ ...manifest, columns })).toBe('manifest-unreadable')
  const text = JSON.stringify(manifest).replace('{', '{"__proto__":{"x":"Zoe"},')
  expect(readManifest(encoder.encode(text))).toEqual({ ok: false, code: 'manifest-unreadable' })
})

it('answers a code for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(readManifest(bytes)).toEqual({ ok: false, code: 'manifest-unreadable' })
    }),
  )
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(readManifest(encoder.encode(text)).ok).toBe(false)
    }),
  )
})
