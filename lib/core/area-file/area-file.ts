/**
 * The area file: what a hasher must know of a programme beside the source key, its register, which
 * ward each postcode of its area lies in, the measurement framework that scores are read by, and the
 * rules that fill gaps in a service's file. It is authenticated under the source key and holds no
 * clear postcode.
 *
 * Lines, LF after each: a JSON header; for each postcode `digest,area` with the first 64 bits of
 * SHA-256 of the normalised postcode in hexadecimal, ascending, and the place of its area in the
 * header's list; last, in hexadecimal, HMAC-SHA-256 (source key, netstring("countonce")
 * netstring("1") netstring("area") netstring(all bytes before this line)).
 */
import { z } from 'zod'
import type { Filling } from '#core/filling/rules.ts'
import { FILLING } from '#core/filling/rules-schema.ts'
import { FRAMEWORK } from '#core/framework/framework.ts'
import type { VersionedFramework } from '#core/hashed-file/hashed-events.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import type { Area, AreaLookup } from '#core/standard/area.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import type { CodeListName } from '#core/standard/code-list.ts'
import { areEqual, bytesFromHex, hexOf, keyCheckValue } from '#core/pseudonym/keys.ts'
import { hmac, type HmacKey } from '#core/pseudonym/hmac/hmac-engine.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import { areasByDigest } from './area-table.ts'

const FORMAT = 'countonce-area-1'
const HMAC_LINE = 65
/** Two and a half million postcodes, which is more than there are. */
const MOST_BYTES = 64 * 1024 * 1024

const code = z.string().regex(/^[a-z0-9-]{1,64}$/)
const wardCode = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)
const name = z.string().min(1).max(200)

const HEADER = z.strictObject({
  format: z.literal(FORMAT),
  source_key_check: z.string().regex(/^[0-9a-f]{16}$/),
  programme: z.strictObject({ code, name }),
  providers: z.array(z.strictObject({ code, name })),
  services: z.array(z.strictObject({ code, name, provider: code })),
  wards: z.array(z.strictObject({ code: wardCode, name })),
  code_lists: z.record(z.string().regex(/^[a-z-]{1,32}$/), z.array(z.string().min(1).max(32))),
  areas: z.array(
    z.strictObject({
      ward: z.union([wardCode, z.literal('')]),
      imd_decile: z.int().min(0).max(10),
      in_area: z.enum(['yes', 'no', 'unknown']),
    }),
  ),
  /** By the code of the service. */
  rules: z.record(code, FILLING).exactOptional(),
  framework: z.strictObject({ version: z.int().min(1), framework: FRAMEWORK }).exactOptional(),
  postcodes: z.int().min(0),
})

type AreaFileHeader = Omit<z.infer<typeof HEADER>, 'rules'> & { readonly rules?: ServiceRules }

/** The code lists whose codes stand in a hashed file: what a tool writes the portal must know. */
const LISTS_WRITTEN: readonly CodeListName[] = [
  'ethnicity',
  'language',
  'referral-source',
  'status',
]

export interface NamedCode {
  readonly code: string
  readonly name: string
}

/** What a hasher knows of a programme. */
export interface ProgrammeArea {
  readonly programme: NamedCode
  readonly providers: readonly NamedCode[]
  /** Each with the code of its provider. */
  readonly services: readonly (NamedCode & { readonly provider: string })[]
  readonly wards: readonly NamedCode[]
  /** What fills the gaps in a service's file, by the code of the service; left out for none. */
  readonly rules?: ServiceRules
  /** What scores are of; left out while a programme has none in force. */
  readonly framework?: VersionedFramework
}

/** Rules by the code of the service whose files they are for. */
export type ServiceRules = Readonly<Record<string, Filling>>

/** The postcodes of an area: the digest of each, 16 hexadecimal digits, with its area. */
export type PostcodeAreas = Iterable<readonly [digest: string, area: Area]>

/** An area file that was read. */
export interface OpenedAreaFile extends ProgrammeArea {
  readonly ok: true
  readonly postcodes: number
  readonly areas: AreaLookup
}

/** Why an area file is not read. */
export type AreaFileRefusal =
  | 'area-file-unreadable'
  | 'area-file-version'
  /** Made for another source key. */
  | 'area-file-other-key'
  /** Its authentication does not verify: a byte was changed. */
  | 'area-file-changed'
  /** This tool writes a code that the programme does not know. */
  | 'area-file-code-lists'

/**
 * The bytes of an area file. Throws when a digest stands there twice: whose area would be meant?
 */
export function writeAreaFile(
  area: ProgrammeArea,
  postcodes: PostcodeAreas,
  sourceKey: HmacKey,
): Uint8Array<ArrayBuffer> {
  const places = new Map<string, number>()
  const areas: AreaFileHeader['areas'] = []
  const lines: string[] = []
  for (const [digest, { ward, imdDecile, inArea }] of postcodes) {
    if (!/^[0-9a-f]{16}$/.test(digest)) throw new RangeError('not a digest of a postcode')
    const key = `${ward},${imdDecile},${inArea}`
    let place = places.get(key)
    if (place === undefined) {
      place = areas.push({ ward, imd_decile: imdDecile, in_area: inArea }) - 1
      places.set(key, place)
    }
    lines.push(`${digest},${place}\n`)
  }
  lines.sort()
  if (lines.some((line, at) => line.slice(0, 16) === lines[at + 1]?.slice(0, 16)))
    throw new RangeError('a digest of a postcode stands there twice')
  const header: AreaFileHeader = {
    format: FORMAT,
    source_key_check: keyCheckValue(sourceKey),
    programme: named(area.programme),
    providers: area.providers.map(named),
    services: area.services.map((service) => ({ ...named(service), provider: service.provider })),
    wards: area.wards.map(named),
    code_lists: Object.fromEntries(LISTS_WRITTEN.map((list) => [list, codesOf(list)])),
    areas,
    ...(area.rules === undefined ? {} : { rules: area.rules }),
    ...(area.framework === undefined ? {} : { framework: area.framework }),
    postcodes: lines.length,
  }
  const body = new TextEncoder().encode(`${JSON.stringify(header)}\n${lines.join('')}`)
  const file = new Uint8Array(body.length + HMAC_LINE)
  file.set(body)
  file.set(new TextEncoder().encode(`${areaHmac(sourceKey, body)}\n`), body.length)
  return file
}

/** Reads an area file made under the source key in hand. */
export function readAreaFile(
  bytes: Uint8Array,
  sourceKey: HmacKey,
): OpenedAreaFile | { readonly ok: false; readonly code: AreaFileRefusal } {
  const split = bytes.length - HMAC_LINE
  if (split <= 0 || bytes.length > MOST_BYTES) return refused('area-file-unreadable')
  const end = bytes.indexOf(0x0a)
  const header = parseHeader(textOf(bytes.subarray(0, Math.max(0, end))))
  if (typeof header === 'string') return refused(header)
  if (header.source_key_check !== keyCheckValue(sourceKey)) return refused('area-file-other-key')
  const body = bytes.subarray(0, split)
  if (!verifies(sourceKey, body, textOf(bytes.subarray(split)))) return refused('area-file-changed')
  // What verifies was written by a portal that holds the key; that it is whole is asked all the
  // same.
  const areas = readPostcodes(body.subarray(end + 1), header)
  if (areas === undefined) return refused('area-file-unreadable')
  if (!LISTS_WRITTEN.every((list) => isCovered(list, header.code_lists)))
    return refused('area-file-code-lists')
  const { programme, providers, services, wards, postcodes, rules, framework } = header
  return {
    ok: true,
    programme,
    providers,
    services,
    wards,
    ...(rules === undefined ? {} : { rules }),
    ...(framework === undefined ? {} : { framework }),
    postcodes,
    areas: areasByDigest(areas),
  }
}

/**
 * How a file of a service is prepared: with the rules of the area file, where none of its own are
 * said. Undefined for a file that is read as it stands.
 */
export function preparedByRules(
  rules: ServiceRules | undefined,
  service: string,
  own: Preparation | undefined,
): Preparation | undefined {
  const filling = rules !== undefined && Object.hasOwn(rules, service) ? rules[service] : undefined
  return filling === undefined || own?.filling !== undefined ? own : { ...own, filling }
}

/** Why a provider and service are not ones of an area file, or null. */
export function refuseService(
  { providers, services }: Pick<ProgrammeArea, 'providers' | 'services'>,
  provider: string,
  service: string,
): 'provider-unknown' | 'service-unknown' | 'hasher-service-of-another' | null {
  if (!providers.some(({ code }) => code === provider)) return 'provider-unknown'
  const found = services.find(({ code }) => code === service)
  if (found === undefined) return 'service-unknown'
  return found.provider === provider ? null : 'hasher-service-of-another'
}

function named({ code, name }: NamedCode): NamedCode {
  return { code, name }
}

function codesOf(list: CodeListName): string[] {
  return CODE_LISTS[list].codes.map(({ code }) => code)
}

function isCovered(list: CodeListName, known: AreaFileHeader['code_lists']): boolean {
  const codes = new Set(Object.hasOwn(known, list) ? known[list] : [])
  return codesOf(list).every((code) => codes.has(code))
}

function parseHeader(text: string | undefined): AreaFileHeader | AreaFileRefusal {
  let value: unknown
  try {
    value = JSON.parse(text ?? '')
  } catch {
    return 'area-file-unreadable'
  }
  const format = z.looseObject({ format: z.string() }).safeParse(value)
  if (
    format.success &&
    format.data.format !== FORMAT &&
    /^countonce-area-[0-9]{1,4}$/.test(format.data.format)
  )
    return 'area-file-version'
  const parsed = HEADER.safeParse(value)
  return parsed.success ? parsed.data : 'area-file-unreadable'
}

function readPostcodes(
  bytes: Uint8Array,
  header: AreaFileHeader,
): ReadonlyMap<string, Area> | undefined {
  const known = header.areas.map(({ ward, imd_decile, in_area }): Area => {
    return { ward, imdDecile: imd_decile, inArea: in_area }
  })
  const wards = new Set(header.wards.map(({ code }) => code))
  if (known.some(({ ward }) => ward !== '' && !wards.has(ward))) return undefined
  const areas = new Map<string, Area>()
  for (const line of (textOf(bytes) ?? '').split('\n')) {
    if (line === '') continue
    const area = known[Number(line.slice(17))]
    if (area === undefined || !/^[0-9a-f]{16},[0-9]{1,9}$/.test(line)) return undefined
    areas.set(line.slice(0, 16), area)
  }
  return areas.size === header.postcodes ? areas : undefined
}

function verifies(sourceKey: HmacKey, body: Uint8Array, line: string | undefined): boolean {
  if (line === undefined || !/^[0-9a-f]{64}\n$/.test(line)) return false
  return areEqual(bytesFromHex(areaHmac(sourceKey, body)), bytesFromHex(line.slice(0, 64)))
}

function areaHmac(sourceKey: HmacKey, body: Uint8Array): string {
  return hexOf(hmac(sourceKey, frameMessage(['area', body])))
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function refused(code: AreaFileRefusal): { readonly ok: false; readonly code: AreaFileRefusal } {
  return { ok: false, code }
}
