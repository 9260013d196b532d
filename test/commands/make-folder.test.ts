import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const DISK = mkdtempSync(join(tmpdir(), 'read-only-'))
const onReadOnly = (command: string) =>
  spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o ro none ${DISK} && ${command}`], {
    encoding: 'utf8',
  })

// Only Linux lets anybody mount a disk of their own, and not every Linux.
test.skipIf(onReadOnly('true').status !== 0)('a disk that is read-only is called that', () => {
  const script = `import('./src/commands/make-folder.ts').then((m) => m.makeFolder('${DISK}/docs/deep')).catch((e) => console.log(e.code))`
  expect(onReadOnly(`"${process.execPath}" --import tsx -e "${script}"`).stdout).toBe('EROFS\n')
})
