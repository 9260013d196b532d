import { join } from 'node:path'
import type { ProofReport } from '../proof/report.ts'
import { renderProofJunit } from '../proof/report-junit.ts'
import { renderProofText } from '../proof/report-text.ts'
import type { Io } from './io.ts'
import { PACKAGE_ROOT } from './package-files.ts'

export type ProofFormat = 'text' | 'json' | 'junit' | 'html'

export async function renderProof(
  report: ProofReport,
  format: ProofFormat,
  explain: ReadonlySet<string>,
  io: Io,
): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
    case 'junit':
      return renderProofJunit(report)
    case 'html': {
      const { pageRenderer } = await import('../pages/render-page.ts')
      const { readPageFiles } = await import('../pages/read-pages.ts')
      const { proofPage } = await import('../proof/report-page.ts')
      return pageRenderer(await readPageFiles([join(PACKAGE_ROOT, 'templates/pages')]))(
        'proof',
        proofPage(report),
      )
    }
    case 'text':
      return renderProofText(report, { explain, paint: io.colour ? coloured : (_, text) => text })
  }
}

const COLOURS = { proven: 32, refuted: 31, 'not-proven': 33, 'not-tried': 90 } as const

function coloured(outcome: keyof typeof COLOURS, text: string): string {
  return `\u001b[${COLOURS[outcome]}m${text}\u001b[39m`
}
