import { registerHooks } from 'node:module'

/**
 * What a reading process gives up before the first byte of a file: Node's permission model, under
 * which it was started, closes files, children, threads and add-ons to it, and knows nothing of
 * networks or of other processes. Here goes every way to them: no module is loaded any more, and
 * neither the process nor what Node adds to the language can be reached.
 */

/** Globals of the language, and what turns bytes into text. Everything else of Node goes. */
const KEPT_GLOBALS: ReadonlySet<string> = new Set([
  ...['Object', 'Function', 'Array', 'Number', 'parseFloat', 'parseInt', 'Infinity', 'NaN'],
  ...['undefined', 'Boolean', 'String', 'Symbol', 'Date', 'Promise', 'RegExp', 'Error'],
  ...['AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError'],
  ...['URIError', 'SuppressedError', 'globalThis', 'JSON', 'Math', 'Intl', 'ArrayBuffer'],
  ...['Uint8Array', 'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array'],
  ...['BigUint64Array', 'BigInt64Array', 'Uint8ClampedArray', 'Float16Array', 'Float32Array'],
  ...['Float64Array', 'DataView', 'Map', 'BigInt', 'Set', 'Iterator', 'WeakMap', 'WeakSet'],
  ...['WeakRef', 'FinalizationRegistry', 'Proxy', 'Reflect', 'DisposableStack'],
  ...['AsyncDisposableStack', 'decodeURI', 'decodeURIComponent', 'encodeURI'],
  ...['encodeURIComponent', 'escape', 'unescape', 'isFinite', 'isNaN'],
  ...['Buffer', 'TextDecoder', 'TextEncoder'],
])

/** What Node itself asks of its process while it runs. */
const KEPT_OF_PROCESS: ReadonlySet<string> = new Set([
  ...['version', 'versions', 'platform', 'arch', 'release', 'config', 'features', 'permission'],
  ...['_events', '_eventsCount', '_maxListeners', 'domain', '_exiting', 'exitCode', 'argv0'],
  ...['_fatalException', 'emitWarning', 'nextTick', '_tickCallback'],
])

/** Gives it up for good: nothing in the process can take it back. */
export function giveUpReach(): void {
  registerHooks({ resolve: refuse, load: refuse })
  const { process } = globalThis
  for (const name of Object.getOwnPropertyNames(process))
    if (!KEPT_OF_PROCESS.has(name)) Reflect.deleteProperty(process, name)
  for (const name of Object.getOwnPropertyNames(globalThis))
    if (!KEPT_GLOBALS.has(name)) Reflect.deleteProperty(globalThis, name)
}

function refuse(): never {
  throw new Error('a reading process loads nothing more')
}
