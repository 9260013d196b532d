import { execFileSync } from 'node:child_process'

const WHO = ['user.name=Tester', 'user.email=tester@harbour.example', 'commit.gpgsign=false']

/** What git says there, as somebody who may commit wherever the tests run; throws where git refuses. */
export function gitIn(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...WHO.flatMap((one) => ['-c', one]), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
}
