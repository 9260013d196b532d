import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const { peerDependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

test.each(Object.keys(peerDependencies))(
  '%s can be installed beside it in the version that the tests run with',
  (name) => {
    const tried = devDependencies[name] ?? ''
    // For npm 1.5.6-r.1 is before 1.5.6, and no range but * holds such a version of another number: npm install would refuse it.
    if (tried.includes('-')) expect(['*', tried]).toContain(peerDependencies[name])
    else expect(tried).not.toBe('')
  },
)
