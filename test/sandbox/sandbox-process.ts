/** A sandbox in a process of its own, for tests that kill it: `node sandbox-process.mjs STATE_FILE` prints its address. */
import { startSandbox } from '../../src/sandbox/server.ts'

const [stateFile] = process.argv.slice(2)
const sandbox = await startSandbox(stateFile === undefined ? {} : { stateFile })
process.stdout.write(`${sandbox.url}\n`)
