/**
 * Draws what a command prints on a terminal as an SVG, for the README: `tsx scripts/picture.ts OUT.svg TITLE < text`.
 * Understands the few colours that the product uses.
 */
import { readFileSync, writeFileSync } from 'node:fs'

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

const [target = 'out.svg', title = ''] = process.argv.slice(2)
const lines = readFileSync(0, 'utf8').trimEnd().split('\n')
const height = 62 + lines.length * LINE
const body = lines.map((line, index) => drawLine(line, 62 + index * LINE)).join('\n')
writeFileSync(
  target,
  `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="${height}" viewBox="0 0 720 ${height}" role="img" aria-label="${escape(title)}">
<rect width="720" height="${height}" rx="10" fill="#0d1117"/>
<circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
<text x="360" y="25" text-anchor="middle" fill="#8b949e" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="13">${escape(title)}</text>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" xml:space="preserve">
${body}
</g>
</svg>
`,
)
