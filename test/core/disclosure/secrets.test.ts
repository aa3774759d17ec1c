import { describe, expect, it } from 'vitest'
import { ReleaseModel, type PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import { Secrets } from '#core/disclosure/attack/secrets.ts'
import { cellNumber, groupNumber, MEASURE } from '#core/disclosure/lattice.ts'
import { knowledgeOfProviders } from '#core/disclosure/provider-views.ts'
import { threeServices, twoServices } from './ward-tables.ts'

/** What must be kept from a provider of a release, or from everybody: unknowns of all its 0s as well. */
function secretsOf(
  release: PrintedRelease,
  providers: readonly string[],
  provider?: string,
): { readonly model: ReleaseModel; readonly secrets: readonly number[] } {
  const { lists } = release.lattice
  const coverage = { '2024-Q1': lists.services.map(({ code }) => code) }
  const { views } = knowledgeOfProviders(release.lattice, { ...lists, providers, coverage })
  const names = [...new Set(providers)].sort()
  const own = provider === undefined ? undefined : views[names.indexOf(provider)]
  const model = new ReleaseModel(release, true)
  return { model, secrets: new Secrets(model, own).list() }
}

/** The cell of the people of a scope everywhere: `level` 0 all services, 2 a service. */
function peopleOf({ lattice }: PrintedRelease, level: number, scope: number): number {
  return cellNumber(lattice, groupNumber(lattice, level, scope, 0), 0, 0, MEASURE.people)
}

describe('what must be kept from a provider', () => {
  it('[S56] is nothing of its own people where nobody else is, whatever tells that', () => {
    const release = threeServices({ first: 3, second: 2, both: 1, others: 0 })
    const providers = ['ours', 'ours', 'theirs']
    expect(secretsOf(release, providers).secrets.length).toBeGreaterThan(0)
    expect(secretsOf(release, providers, 'ours').secrets).toEqual([])
  })

  it('[S56] is what others come to, in a total that its own people are in as well', () => {
    const release = threeServices({ first: 3, second: 2, both: 1, others: 4 })
    const { model, secrets } = secretsOf(release, ['ours', 'ours', 'theirs'], 'ours')
    expect(secrets).toContain(model.unknownOf[peopleOf(release, 2, 2)])
    const rests = secrets.filter((secret) => model.partTakenOff(secret) !== undefined)
    expect(new Set(rests.map((rest) => model.truth[rest]))).toEqual(new Set([4]))
  })

  it('[S56] is a hidden total in which it has nobody', () => {
    const release = twoServices(0, 3)
    const { model, secrets } = secretsOf(release, ['ours', 'theirs'], 'ours')
    expect(secrets).toContain(model.unknownOf[peopleOf(release, 0, 0)])
  })
})
