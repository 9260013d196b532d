import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { allTemplates, pageFolders } from '../../src/commands/templates.ts'
import { readPageFiles } from '../../src/pages/read-pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'plan-templates-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('a folder that is not there is called so, one without templates is told which it may hold', async () => {
  await expect(allTemplates(join(folder, 'nowhere'))).rejects.toThrow(/^There is no folder .*nowhere\.$/)
  await expect(allTemplates(folder)).rejects.toThrow(/holds no templates: .*tags.*, or pages/)
})

test('a folder of pages alone is enough, and takes the place of ours file by file', async () => {
  const brand = join(folder, 'brand')
  mkdirSync(join(brand, 'pages'), { recursive: true })
  writeFileSync(join(brand, 'pages', 'tokens.css'), ':root { --teal: red }')
  await allTemplates(brand)
  const files = await readPageFiles(await pageFolders(brand))
  expect(files.get('tokens.css')?.text).toBe(':root { --teal: red }')
  expect(files.has('partials/docs-card.hbs')).toBe(true)
})

test('the page on documents names files that are there', () => {
  const page = readFileSync('docs/documents.md', 'utf8')
  const rows = [...page.matchAll(/^\| (`[^|]+`) +\|/gm)].flatMap(
    ([, cell = '']) => cell.match(/[\w./*-]+/g) ?? [],
  )
  const there = readdirSync('templates/pages', { recursive: true }).map(String)
  const missing = rows.filter((name) => {
    const pattern = new RegExp(`(^|/)${name.replaceAll('.', '\\.').replaceAll('*', '.+')}$`)
    return !there.some((file) => pattern.test(file))
  })
  expect(rows.length).toBeGreaterThan(8)
  expect(missing).toEqual([])
})
