/** The funnel as a Mermaid flowchart: stages from left to right, what changed in them marked by sign and colour. */
import type { Funnel, FunnelNode } from '../review/review.ts'
import { printable } from './diagnostics.ts'

/** How much is drawn: a picture that nobody can take in helps nobody. */
const STAGES = 8
const NODES = 6

const SIGNS = { added: '＋ ', removed: '− ', changed: '● ', unchanged: '' } as const

/** Readable on GitHub's light and dark pages; the sign says the same without colour. */
const CLASSES = [
  'classDef added fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  'classDef removed fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-dasharray:4 3',
  'classDef changed fill:#fff8c5,stroke:#9a6700,color:#1f2328',
  'classDef unchanged fill:#f6f8fa,stroke:#d1d9e0,color:#59636e',
]

/** Undefined when no goal and no micro conversion changed: there is nothing to show. */
export function renderFunnel(funnel: Funnel): string | undefined {
  const all = [...funnel.goals, ...funnel.stages.flatMap((stage) => stage.micros)]
  if (all.every(({ mark }) => mark === 'unchanged')) return undefined
  const groups = [
    ...shownStages(funnel).map(({ title, micros }) => ({ title, nodes: micros })),
    { title: 'Goals', nodes: funnel.goals },
  ]
  return [
    'flowchart LR',
    ...groups.flatMap(({ title, nodes }, index) => group(`g${index}`, title, nodes)),
    `  ${groups.map((_, index) => `g${index}`).join(' --> ')}`,
    ...CLASSES.map((line) => `  ${line}`),
  ].join('\n')
}

/** All stages, or of a long funnel those where something changed. */
function shownStages({ stages }: Funnel): Funnel['stages'] {
  if (stages.length <= STAGES) return stages
  return stages.filter(({ micros }) => micros.some(({ mark }) => mark !== 'unchanged')).slice(0, STAGES)
}

function group(id: string, title: string, nodes: readonly FunnelNode[]): string[] {
  const changed = nodes.filter(({ mark }) => mark !== 'unchanged')
  const shown = changed.slice(0, NODES)
  const rest = nodes.length - shown.length
  const others = changed.length > NODES ? `and ${rest} more` : `${rest} unchanged`
  const lines = [
    ...shown.map((node) => `"${SIGNS[node.mark]}${label(node.title)}"]:::${node.mark}`),
    ...(rest > 0 || nodes.length === 0 ? [`"${others}"]:::unchanged`] : []),
  ].map((line, index) => ({ id: `${id}n${index}`, line }))
  return [
    `  subgraph ${id}["${label(title)}"]`,
    '    direction TB',
    ...lines.map((node) => `    ${node.id}[${node.line}`),
    // Links that are not drawn put the boxes below each other.
    ...(lines.length > 1 ? [`    ${lines.map((node) => node.id).join(' ~~~ ')}`] : []),
    '  end',
  ]
}

/**
 * A title inside quotes. Mermaid reads directives (`%%{…}%%`), Markdown and HTML even there, so every sign that is not
 * a letter, digit or blank is written as an entity code: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function label(title: string): string {
  const line = printable(title.replaceAll(/\s+/g, ' ')).trim()
  const short = [...line].length > 40 ? `${[...line].slice(0, 39).join('')}…` : line
  return short.replaceAll(/[!-/:-@[-`{-~]/g, (character) => `#${character.charCodeAt(0)};`)
}
