import './no-code-from-text.ts'
import { startPage } from './page/start-page.ts'
import { serveHasher, type WorkerPort } from './worker/serve.ts'

/**
 * One script for the page and for its worker: the page hands the worker its own source, so that the
 * one digest in the page's policy covers all that runs.
 */
if (typeof document === 'undefined') serveHasher(globalThis as unknown as WorkerPort)
else startPage(document.currentScript?.textContent ?? '')
