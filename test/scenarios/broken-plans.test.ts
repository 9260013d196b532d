import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { inNewFolder, plan } from './run-plan.ts'

const root = process.cwd()
inNewFolder()

const git = (...args: readonly string[]): unknown =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args])

describe('a plan that is broken now, against one that was not', () => {
  let before = ''
  beforeEach(() => {
    before = readFileSync(join(root, 'test/bad-plans/base.yaml'), 'utf8')
    writeFileSync('plans/shop.yaml', before)
    git('init', '--quiet')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'before')
  })

  test.each([
    ['an id with a space', (text: string) => text.replace('plan: shop', 'plan: Palm Homes'), 'bad-format'],
    ['no id', (text: string) => text.replace('plan: shop\n', ''), 'missing-field'],
    ['no YAML', (text: string) => `${text}  - [`, 'yaml-syntax'],
  ])('%s is a finding and exit 1, never a crash', async (_, change, code) => {
    writeFileSync('plans/shop.yaml', change(before))
    for (const argv of [['diff'], ['review', '--no-comment']]) {
      const { exitCode, out, err } = await plan(...argv, 'plans/shop.yaml', '--base', 'HEAD')
      expect([exitCode, err]).toEqual([1, ''])
      expect(out).toContain(code)
    }
  })

  test('templates of the user’s are used, and a folder without any is refused', async () => {
    mkdirSync('ours/tags', { recursive: true })
    writeFileSync('ours/tags/ga4-event.hbs', '{ this is no JSON')
    writeFileSync('plans/shop.yaml', before.replace('title: Site search', 'title: Search'))
    for (const argv of [['diff'], ['review', '--no-comment']]) {
      const used = await plan(...argv, 'plans/shop.yaml', '--base', 'HEAD', '--templates', 'ours')
      expect(used.out).toContain('1 error in plans/shop.yaml')
      const none = await plan(...argv, 'plans/shop.yaml', '--base', 'HEAD', '--templates', 'plans')
      expect([none.exitCode, none.out]).toEqual([1, ''])
      expect(none.err).toContain('plans holds no templates')
    }
  })
})
