import { describe, expect, test } from 'vitest'
import { readStartOptions } from '#standalone/start/start-options.ts'

describe('the options of npm start', () => {
  test('are those of the demonstration when none is given', () => {
    expect(readStartOptions([], {})).toEqual({
      data: undefined,
      people: 3000,
      lookUp: false,
      seed: 1,
      port: 3000,
      portal: true,
      embedded: false,
    })
  })

  test.each([
    ['PORT, as --port names it', [], { PORT: '8080' }, 8080],
    ['--port before PORT', ['--port', '3911'], { PORT: '8080' }, 3911],
    ['any port that is free', ['--port', '0'], {}, 0],
    ['the usual port when PORT is empty', [], { PORT: '' }, 3000],
  ])('take %s', (_, args, env, port) => {
    expect(readStartOptions(args, env)).toMatchObject({ port })
  })

  test.each([
    ['a port that is none', ['--port', '65536'], {}],
    ['a PORT that is none', [], { PORT: 'http' }],
    ['nobody', ['--people', '0'], {}],
    ['what it does not know', ['--persons', '3'], {}],
  ])('are none with %s', (_, args, env) => {
    expect(readStartOptions(args, env)).toBeUndefined()
  })
})
