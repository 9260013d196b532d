import { kindText } from '../kinds/kinds.ts'
import { isMade } from '../resources/change-set.ts'
import type { ApplyReport } from '../resources/apply-report.ts'
import { plural } from '../words/counting.ts'
import { wrapped } from '../words/width.ts'
import { duration, nothingToDo } from './change-set-text.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'

const WIDTH = 80

/**
 * What an apply came to: a line when all went well, else what failed, what was not tried and how to go on.
 * @param flags what the next command needs beside the version, for example `--plan plans/shop.yaml -e staging`.
 */
export function renderApplyReportText(report: ApplyReport, paint: Paint = PLAIN, flags = ''): string {
  const lines = [
    ...(report.stopped ? stoppedLines(report, paint) : doneLines(report, paint, flags)),
    ...report.warnings.map((warning) => `${paint.yellow('warning')} ${printable(warning)}`),
    madeLine(report),
  ]
  return `${lines.join('\n')}\n`
}

function doneLines(report: ApplyReport, paint: Paint, flags: string): readonly string[] {
  const { changes, summary, version, published } = report
  const done = changes.filter(({ status }) => status === 'done').length
  const held = summary.held === 0 ? [] : [`${plural(summary.held, 'change')} by hand left as found.`]
  if (done === 0) {
    const lines = wrapped(nothingToDo(report), WIDTH).map(paint.bold)
    return [...lines, ...held, ...(published ? ['What was applied is live.'] : [])]
  }
  const waits = changes.filter((change) => change.untilLive === true).length
  const waiting =
    waits === 0
      ? []
      : [`${plural(waits, 'change')} in GA4 left for once the version is live: run apply again then.`]
  const inVersion = version === undefined ? '' : ` in version ${version.id} ("${printable(version.name)}")`
  return [
    paint.bold(`Done: ${plural(done, 'change')} made${inVersion}.`),
    ...held,
    ...waiting,
    ...(published ? ['It is live.'] : []),
    ...(version === undefined || published
      ? []
      : ['It is not live yet. To put it live:', `  plan publish ${version.id} ${flags}`.trimEnd()]),
  ]
}

function stoppedLines(report: ApplyReport, paint: Paint): readonly string[] {
  const { stopped, changes, draft, version } = report
  if (!stopped) return []
  const named = (status: string): typeof changes =>
    changes.filter((change) => isMade(change) && change.status === status)
  const [done, failed, rest] = [named('done'), named('failed'), named('not tried')]
  // The draft is whole then, and only no version can be made of it.
  const isUncompiled = stopped.code === 'compiler-error'
  const isInDraft = ({ kind }: (typeof changes)[number]): boolean =>
    isUncompiled && draft !== undefined && kind.startsWith('gtm/')
  const [inDraft, left] = [rest.filter(isInDraft), rest.filter((change) => !isInDraft(change))]
  return [
    `${paint.red('error')} ${stopped.code}: ${printable(stopped.message)}`,
    `fix: ${printable(stopped.fix)}`,
    '',
    ...failed.map(
      (change) =>
        `  failed     ${kindText(change.kind)} ${printable(change.name)}: ${printable(change.error ?? '')}`,
    ),
    ...(done.length === 0 ? [] : [`  done       ${plural(done.length, 'change')}`]),
    ...(inDraft.length === 0 ? [] : [`  in draft   ${plural(inDraft.length, 'change')}`]),
    ...(left.length === 0 ? [] : [`  not tried  ${plural(left.length, 'change')}`]),
    ...(version === undefined
      ? []
      : [
          `  made       version ${version.id} ("${printable(version.name)}"), ${report.published ? 'live' : 'not live'}`,
        ]),
    ...(draft === undefined
      ? []
      : [`What was written lies in the workspace "${printable(draft)}"; nothing of it is live.`]),
    isUncompiled
      ? 'Running the same command again ends in the same way until that is put right.'
      : 'Running the same command again goes on from here.',
  ]
}

function madeLine({ made }: ApplyReport): string {
  return `${plural(made.gtm, 'request')} to Tag Manager, ${made.ga4} to Analytics, ${duration(made.seconds)}.`
}
