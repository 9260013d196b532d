/** `plan docs`: the plan as a page, as Markdown and as a calendar. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DocsCode } from '../codes/code.ts'
import { renderCalendar } from '../docs/calendar.ts'
import { renderContractHtml, renderHtml } from '../docs/html.ts'
import { renderContractMarkdown, renderMarkdown } from '../docs/markdown.ts'
import type { Page } from '../docs/page.ts'
import { pageOf } from '../docs/page-of.ts'
import { readPageFiles } from '../pages/read-pages.ts'
import { PageError, pageRenderer } from '../pages/render-page.ts'
import { conversionsOf } from '../plan/plan.ts'
import { Failure, failureText, UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type PlanOptions } from './load-plan.ts'
import { longWork } from './long-work.ts'
import { historyOf } from './plan-history.ts'
import { replaceFile } from './replace-file.ts'
import { pageFolders } from './templates.ts'
import { watchFolders } from './watch-folders.ts'
import { makeFolder } from './make-folder.ts'

export interface DocsOptions extends PlanOptions {
  readonly out: string
  readonly contract?: boolean
  readonly check?: boolean
  readonly watch?: boolean
  readonly port?: number
  readonly pdf?: boolean
  /** The Chromium or Chrome that prints; found in its usual places when left out. */
  readonly browser?: string
  /** False with --no-history. */
  readonly history: boolean
  readonly templates?: string
}

const STALE: DocsCode = 'documents-are-current'

interface Document {
  readonly file: string
  readonly text: string
}

/** Writes the documents. With --check writes nothing: exit 1 when one is missing or another would be written. */
export async function docsCommand(
  named: string | undefined,
  options: DocsOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.watch === true && options.check === true)
    throw new UsageError('--check ends with an answer, --watch when it is stopped: name one of them.')
  if (options.watch === true) return watch(named, options, io)
  if (options.check === true) return check(named, options, io)
  const { documents } = await documentsOf(named, options, io)
  await makeFolder(options.out)
  for (const { file, text } of documents) {
    await replaceFile(file, text)
    io.out(`${file}\n`)
  }
  if (options.pdf === true) await print(documents, options.browser, io)
  return 0
}

async function documentsOf(
  named: string | undefined,
  options: DocsOptions,
  io: Io,
): Promise<{ readonly documents: readonly Document[]; readonly folders: readonly string[] }> {
  const { file, plan, document, resources, parsed } = await loadCompiled(
    named,
    { ...options, keepsNames: true },
    io,
  )
  const history = options.history ? await historyOf(parsed, plan, io.env) : new Map()
  longWork(io, `Drawing ${file}`, parsed.size)
  const page = pageOf({ plan, document, resources, history })
  const render = pageRenderer(await readPageFiles(await pageFolders(options.templates)))
  try {
    const parts = conversionsOf(plan).flatMap(({ at }) => parsed.locate(at)?.file ?? [])
    const folders = [...new Set([file, ...parts].map((each) => dirname(each)))]
    return { documents: drawn(page, options, render), folders }
  } catch (error) {
    throw error instanceof PageError ? new Failure('pages-are-drawn', error.message) : error
  }
}

function drawn(
  page: Page,
  options: DocsOptions,
  render: ReturnType<typeof pageRenderer>,
): readonly Document[] {
  const at = (name: string, text: string): Document => ({ file: join(options.out, name), text })
  if (options.contract === true)
    return [
      at(`${page.plan}-data-layer.html`, renderContractHtml(page, render)),
      at(`${page.plan}-data-layer.md`, renderContractMarkdown(page)),
    ]
  return [
    at(`${page.plan}.html`, renderHtml(page, render)),
    at(`${page.plan}.md`, renderMarkdown(page)),
    ...(page.review.length === 0 ? [] : [at(`${page.plan}.ics`, renderCalendar(page))]),
  ]
}

/** Serves the page on the loopback interface and draws it anew whenever the plan is saved, until it is stopped. */
async function watch(named: string | undefined, options: DocsOptions, io: Io): Promise<ExitCode> {
  const { servePage } = await import('./serve-page.ts')
  const script = (await readPageFiles(await pageFolders(options.templates))).get('watch.js')?.text ?? ''
  const { documents, folders } = await documentsOf(named, options, io)
  const pageOfAll = (all: readonly Document[]): string =>
    (all[0]?.text ?? '').replace('</body>', () => `<script>\n${script}\n</script></body>`)
  const server = await servePage(pageOfAll(documents), options.port ?? 0)
  const watcher = watchFolders(folders, async () => {
    try {
      server.show(pageOfAll((await documentsOf(named, options, io)).documents))
    } catch (error) {
      server.say(failureText(error).text)
    }
  })
  io.out(`${server.url}\n`)
  io.err('Draws itself anew when the plan is saved. Ctrl-C ends it.\n')
  await io.untilStopped()
  watcher.close()
  await server.close()
  return 0
}

/** Prints what is a page through an installed browser. */
async function print(documents: readonly Document[], named: string | undefined, io: Io): Promise<void> {
  const { printPages } = await import('./print-pages.ts')
  const pages = documents.filter(({ file }) => file.endsWith('.html')).map(({ file }) => file)
  for (const file of await printPages(pages, named)) io.out(`${file}\n`)
}

/** A commit cannot name itself, so what is committed says nothing of commits; what does is current as well. */
async function check(named: string | undefined, options: DocsOptions, io: Io): Promise<ExitCode> {
  const undated = await staleOf(named, { ...options, history: false }, io)
  const dated = undated.length > 0 && options.history ? await staleOf(named, options, io) : undated
  const stale = undated.filter(({ file }) => dated.some((other) => other.file === file))
  for (const { file, isThere } of stale)
    io.err(
      `${file}: error ${STALE}\n  ${isThere ? 'The plan says something else by now.' : 'It is not there.'}\n`,
    )
  if (stale.length === 0) return 0
  io.err('  fix: plan docs --no-history with the same options, and commit what it writes\n')
  return 1
}

interface Stale {
  readonly file: string
  readonly isThere: boolean
}

async function staleOf(named: string | undefined, options: DocsOptions, io: Io): Promise<readonly Stale[]> {
  const { documents } = await documentsOf(named, options, io)
  const compared = documents.map(async ({ file, text }): Promise<readonly Stale[]> => {
    const there = await readFile(file, 'utf8').catch(() => undefined)
    return there === text ? [] : [{ file, isThere: there !== undefined }]
  })
  return (await Promise.all(compared)).flat()
}
