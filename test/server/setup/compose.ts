import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** What compose.yaml starts, for tests that start it as processes of this machine. */

const service = z.object({
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
})

const file = z.object({
  services: z.looseObject({ prepare: service, portal: service, worker: service }),
})

/** Those of the program itself. */
export type ComposedService = 'prepare' | 'portal' | 'worker'

/** Every service of compose.yaml by its name, the program's own with their commands and settings. */
export function readCompose(): z.infer<typeof file>['services'] {
  const text = readFileSync(join(import.meta.dirname, '../../../compose.yaml'), 'utf8')
  return file.parse(parse(text, { merge: true }) as unknown).services
}

/** The names of all settings that services of the program are given. */
export function composedSettings(): readonly string[] {
  return Object.values(readCompose()).flatMap((one) =>
    Object.keys(service.safeParse(one).data?.environment ?? {}),
  )
}

/** The environment that a service is given, with the names of its network led to what runs `here`. */
export function composedEnvironment(
  name: ComposedService,
  here: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const { environment } = readCompose()[name]
  const led = Object.entries(environment).map(([key, value]) => [key, here[key] ?? value])
  return {
    ...{ NODE_ENV: 'test' as const, PATH: process.env['PATH'] },
    ...(Object.fromEntries(led) as Record<string, string>),
  }
}
