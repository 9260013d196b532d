'use strict'
/** Makes the bundle in a clone whenever git has moved since it was made, so that `npx plan` needs no step of its own. */
const { existsSync, readFileSync, statSync } = require('node:fs')
const { join, resolve } = require('node:path')

const root = join(__dirname, '..')

exports.buildIfStale = () => {
  if (!existsSync(join(root, 'node_modules/esbuild')) || bundledAt() >= movedAt()) return
  // Asked for only here: Node takes a while to load it, and every start comes by.
  const { spawnSync } = require('node:child_process')
  process.stderr.write('Building plan, once for this commit\n')
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`plan could not be built:\n${stderr}`)
}

/** When the bundle was made; 0 when there is none. */
function bundledAt() {
  return statSync(join(root, 'dist/main.cjs'), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** When git last moved HEAD (commit, checkout, pull); 1 when it keeps no log of that. */
function movedAt() {
  const git = join(root, '.git')
  // In a worktree .git is a file that names the folder.
  const folder = statSync(git).isFile()
    ? resolve(root, readFileSync(git, 'utf8').replace(/^gitdir: |\n/g, ''))
    : git
  return statSync(join(folder, 'logs/HEAD'), { throwIfNoEntry: false })?.mtimeMs ?? 1
}
