import type { ApplyReport } from '../resources/apply-report.ts'
import type { ChangeSet } from '../resources/change-set.ts'

/** What `plan diff --format json` prints and `--out` saves: the change set itself. */
export function renderChangeSetJson(changeSet: ChangeSet): string {
  return `${JSON.stringify(changeSet, null, 2)}\n`
}

export function renderApplyReportJson(report: ApplyReport): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
