import type { Register } from '#server/programme/register/register.ts'

/** A programme with nothing in it but these services. */
export function benchRegister(services: readonly string[]): Register {
  return {
    programme: {
      code: 'bench',
      name: 'Bench',
      live: false,
      years: { from: '2024-04-01', to: '2025-03-31' },
    },
    wards: [],
    strands: [{ code: 'bench', name: 'Bench' }],
    providers: [{ code: 'bench', name: 'Bench' }],
    services: services.map((code) => ({ code, name: code, strand: 'bench', provider: 'bench' })),
  }
}
