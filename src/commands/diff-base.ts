/** `plan diff --base REF`: plans against another git revision. No network, no credentials. */
import { renderReviewJson } from '../render/review-json.ts'
import { renderReviewMarkdown } from '../render/review-markdown.ts'
import { renderReviewText } from '../render/review-text.ts'
import type { Review } from '../review/review.ts'
import { comparePlans } from './compare-plans.ts'
import type { ExitCode, Io } from './io.ts'
import { paintOf } from './paint.ts'
import { replaceFile } from './replace-file.ts'

export interface DiffBaseOptions {
  readonly base: string
  readonly format: 'text' | 'json' | 'markdown'
  readonly out?: string
  readonly detailedExitcode?: boolean
  readonly verbose?: boolean
  readonly templates?: string
}

export async function diffBaseCommand(
  named: readonly string[],
  options: DiffBaseOptions,
  io: Io,
): Promise<ExitCode> {
  const { review } = await comparePlans(named, options, io)
  const text = render(review, options, io)
  if (options.out === undefined) io.out(text)
  else await replaceFile(options.out, text)
  if (review.summary.errors > 0) return 1
  return options.detailedExitcode === true && review.verdict.level !== 'none' ? 2 : 0
}

function render(review: Review, options: DiffBaseOptions, io: Io): string {
  switch (options.format) {
    case 'text':
      return renderReviewText(review, { paint: paintOf(io), verbose: options.verbose ?? false })
    case 'json':
      return renderReviewJson(review)
    case 'markdown':
      return renderReviewMarkdown(review)
  }
}
