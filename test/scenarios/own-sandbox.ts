import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts'

/** One sandbox for all tests of the file, empty when each begins. */
export function ownSandbox(): { readonly url: string } {
  let sandbox: Sandbox
  beforeAll(async () => void (sandbox = await startSandbox()))
  afterAll(() => sandbox.close())
  beforeEach(async () => void (await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' })))
  return {
    get url() {
      return sandbox.url
    },
  }
}
