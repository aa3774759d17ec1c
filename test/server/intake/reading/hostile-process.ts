import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import inspector from 'node:inspector'
import net from 'node:net'
import { WASI } from 'node:wasi'
import { Worker } from 'node:worker_threads'
import { sendFrame, takeTask } from '#server/intake/reading/child-pipe.ts'
import { FRAME } from '#server/intake/reading/frames.ts'
import { giveUpReach } from '#server/intake/reading/give-up-reach.ts'
import { post } from '#server/intake/reading/hand-on.ts'
import { whenRestored } from '#server/intake/reading/restored.ts'

/**
 * What a reading process would be whose parser a file has taken over: the same set-up, then every
 * way out that JavaScript has. The modules it has in hand are more than a file could have: they stay
 * loaded, to see what Node and the system refuse by themselves.
 */

/** Put in by the test's bundle. */
declare const KEY_FOLDER: string
declare const TCP_PORT: number
declare const UDP_PORT: number
declare const WRITABLE: string

type Try = () => unknown

/** What any code of a state that Node keeps would find by this name. */
declare const require: unknown

const dlopen = process.dlopen.bind(process)
const execve = process.execve?.bind(process)
const getBuiltinModule = process.getBuiltinModule.bind(process)
const { fetch: fetched } = globalThis

/** Code made from a text, as a stranger's would be. */
function made(kind: { readonly constructor: unknown }, text: string): unknown {
  return Reflect.apply(
    Reflect.construct(kind.constructor as typeof Function, [text]),
    undefined,
    [],
  )
}

const asyncFunction = async (): Promise<void> => {
  await Promise.resolve()
}

const ofModule = (name: string): Try => {
  return () => import([name].join(''))
}

const named = (name: string): Try => {
  return () => {
    const value: unknown = Reflect.get(globalThis, name)
    if (value === undefined) throw new Error('there is none')
    return value
  }
}

/** What any code of the process could try. */
const REACHING: Readonly<Record<string, Try>> = {
  'process to kill, or read the environment by': named('process'),
  fetch: named('fetch'),
  WebSocket: named('WebSocket'),
  EventSource: named('EventSource'),
  BroadcastChannel: named('BroadcastChannel'),
  WebAssembly: named('WebAssembly'),
  require: named('require'),
  'require beside it': () => {
    if (typeof require === 'undefined') throw new Error('there is none')
    return require
  },
  global: named('global'),
  console: named('console'),
  'a timer': named('setTimeout'),
  'import of net': ofModule('node:net'),
  'import of fs': ofModule('fs'),
  'import of child_process': ofModule('node:child_process'),
  'import of a file': ofModule('file:///etc/hosts'),
  'import of a text': ofModule('data:text/javascript,1'),
  'code from a text': () => made(Object, 'return 1'),
  'function from a text': () => made(() => 1, 'return 1'),
  'async function from a text': () => made(asyncFunction, 'return import("node:net")'),
  'process by the stack': () => {
    Reflect.set(Error, 'prepareStackTrace', (_: unknown, sites: NodeJS.CallSite[]) => sites)
    const sites = new Error('stack').stack as unknown as NodeJS.CallSite[]
    const found = sites.flatMap((site) => [site.getThis(), site.getFunction()])
    if (found.every((each) => each === undefined)) throw new Error('nothing stands there')
    return found
  },
}

/** What Node refuses, even with the module in hand. */
const IN_HAND: Readonly<Record<string, Try>> = {
  'a file': () => fs.readFileSync('/etc/passwd'),
  'the key folder': () => fs.readdirSync(KEY_FOLDER),
  'a key': () => fs.readFileSync(`${KEY_FOLDER}/keys.json`),
  'the environment of its parent': () => fs.readFileSync('/proc/self/environ'),
  'a new file': () => {
    fs.writeFileSync(`${WRITABLE}/left-behind`, 'x')
  },
  'a link': () => {
    fs.symlinkSync('/etc/passwd', `${WRITABLE}/link`)
  },
  'a child': () => childProcess.spawnSync('/bin/true').status,
  'another program': () => {
    execve?.('/bin/true', ['true'])
  },
  'a thread': () => new Worker('1', { eval: true }),
  'an add-on': () => {
    dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')
  },
  WASI: () => new WASI({ version: 'preview1', preopens: { '/': '/' } }),
  'an inspector': () => {
    inspector.open(0)
  },
  'a module of the engine': () => {
    const internal = getBuiltinModule('node:module') as unknown as { _load(name: string): unknown }
    return internal._load('../../../etc/passwd')
  },
}

/** What a network of its own refuses, even where nothing was given up. */
const NETWORK: Readonly<Record<string, Try>> = {
  TCP: () =>
    new Promise((resolve, reject) => {
      net.connect(TCP_PORT, '127.0.0.1').on('connect', resolve).on('error', reject)
    }),
  UDP: () =>
    new Promise((resolve, reject) => {
      dgram.createSocket('udp4').send('x', UDP_PORT, '127.0.0.1', (error) => {
        if (error === null) resolve('sent')
        else reject(error)
      })
    }),
  'a name': () => dns.promises.resolve4('localhost.example'),
  'a page': () => fetched(`http://127.0.0.1:${TCP_PORT}/`),
}

async function outcomes(tries: Readonly<Record<string, Try>>): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [what, attempt] of Object.entries(tries)) {
    try {
      await attempt()
      found[what] = 'done'
    } catch {
      found[what] = 'refused'
    }
  }
  return found
}

const PARTS = { reaching: REACHING, inHand: IN_HAND, network: NETWORK }

function whereIs(): string {
  try {
    return process.cwd()
  } catch {
    return 'gone'
  }
}

whenRestored(async () => {
  const { env, pid } = process
  const environment = Object.keys(env)
  const folder = whereIs()
  const task = takeTask()
  if (task?.want !== 'report') return
  const part = task.found[0]?.words as keyof typeof PARTS
  // What the system refuses is to hold by itself.
  if (part !== 'network') giveUpReach()
  const told = { environment, folder, pid, outcomes: await outcomes(PARTS[part]) }
  sendFrame(FRAME.piece, Buffer.from(JSON.stringify(told)))
  post({ type: 'done', result: {} })
})
