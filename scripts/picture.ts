/**
 * Draws what `plan diff` prints on a terminal as an SVG, for the README: the example plan is applied in a sandbox of its own,
 * edited and compared, so that the picture shows what the product says today. Understands the few colours that it uses.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quietIo } from '../src/commands/quiet-io.ts'
import { run } from '../src/commands/run.ts'
import { startSandbox } from '../src/sandbox/server.ts'

/** Where it stands, from the repository's root. */
export const PICTURE = 'docs/diff.svg'

const PLAN = 'plans/outfitters.yaml'

const COMPARED = `      compare_opened:
        title: Products compared
        touchpoint: product_page
        event: product_compare
        trigger: { dataLayer: product_compare }
        parameters: { compare_count: { dataLayer: compare.count } }
        feeds: [purchase]
        target: { rate: 6%, of: product_view }
        owner: merchandising@harbour.example

`

/** A day's work on the plan: what was, and what it becomes. */
const EDITS: readonly (readonly [RegExp | string, string])[] = [
  ['form#newsletter-hero, form#newsletter-footer', 'form#newsletter-hero'],
  [/(?<=event: select_promotion\n)/, '        keyEvent: true\n'],
  [/ {6}product_film:\n[^]*?\n\n/, COMPARED],
  [
    /(?<=\nparameters:\n)/,
    '  compare_count: { type: integer, register: metric, unit: standard, description: Products side by side }\n',
  ],
]

/** @param repository the folder of the plans */
export async function drawPicture(repository: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'))
  const sandbox = await startSandbox()
  try {
    const file = join(folder, 'outfitters.yaml')
    copyFileSync(join(repository, PLAN), file)
    const options = [file, '--environment', 'staging', '--sandbox', sandbox.url]
    await printed(['apply', ...options, '--auto-approve'])
    writeFileSync(file, edited(readFileSync(file, 'utf8')))
    return drawn(`plan diff ${PLAN} --sandbox`, await printed(['diff', ...options]))
  } finally {
    await sandbox.close()
    rmSync(folder, { recursive: true })
  }
}

function edited(text: string): string {
  return EDITS.reduce((now, [from, to]) => {
    const next = now.replace(from, to)
    if (next === now) throw new Error(`${String(from)} is not in ${PLAN}.`)
    return next
  }, text)
}

async function printed(argv: readonly string[]): Promise<string> {
  let [out, err] = ['', '']
  const exitCode = await run(argv, {
    ...quietIo(),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    now: () => new Date('2026-11-22T12:00:00Z'),
    colour: true,
  })
  if (exitCode !== 0) throw new Error(`plan ${argv.join(' ')} ended with ${exitCode}:\n${out}${err}`)
  return out
}

const COLOURS: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '34': '#79c0ff',
  '35': '#d2a8ff',
  '36': '#76e3ea',
  '90': '#8b949e',
}
const CHARACTER = 8.4
const LINE = 19

interface Style {
  readonly colour?: string | undefined
  readonly bold?: boolean
  readonly dim?: boolean
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function styled(style: Style, code: string): Style {
  if (code === '0' || code === '') return {}
  if (code === '1') return { ...style, bold: true }
  if (code === '2') return { ...style, dim: true }
  if (code === '22') return { colour: style.colour }
  if (code === '39') return { ...style, colour: undefined }
  return { ...style, colour: COLOURS[code] ?? style.colour }
}

function drawLine(line: string, y: number): string {
  let style: Style = {}
  let column = 0
  const spans: string[] = []
  // Odd parts are the codes between ESC [ and m.
  // eslint-disable-next-line no-control-regex
  line.split(/\u001b\[([0-9;]*)m/).forEach((part, index) => {
    if (index % 2 === 1) {
      for (const code of part.split(';')) style = styled(style, code)
      return
    }
    if (part === '') return
    const look = [
      `fill="${style.colour ?? '#e6edf3'}"`,
      ...(style.bold ? ['font-weight="bold"'] : []),
      ...(style.dim ? ['opacity="0.65"'] : []),
    ].join(' ')
    // Runs of spaces collapse in SVG, so each stretch of words is placed on its own.
    for (const match of part.matchAll(/\S+(?: \S+)*/g)) {
      const x = 20 + (column + [...part.slice(0, match.index)].length) * CHARACTER
      const width = [...match[0]].length * CHARACTER
      spans.push(
        `<text x="${x.toFixed(1)}" y="${y}" textLength="${width.toFixed(1)}" ${look}>${escape(match[0])}</text>`,
      )
    }
    column += [...part].length
  })
  return spans.join('')
}

function drawn(title: string, text: string): string {
  const lines = text.trimEnd().split('\n')
  const height = 62 + lines.length * LINE
  const body = lines.map((line, index) => drawLine(line, 62 + index * LINE)).join('\n')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="${height}" viewBox="0 0 720 ${height}" role="img" aria-label="${escape(title)}">
<rect width="720" height="${height}" rx="10" fill="#0d1117"/>
<circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
<text x="360" y="25" text-anchor="middle" fill="#8b949e" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="13">${escape(title)}</text>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" xml:space="preserve">
${body}
</g>
</svg>
`
}

if (process.argv[1] === import.meta.filename) writeFileSync(PICTURE, await drawPicture('.'))
