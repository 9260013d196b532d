import type { Host } from './host.ts'

/** Errors that nobody caught (GTM-RUNTIME 5.1). */
export function listenToErrors(host: Host): void {
  addEventListener('error', ({ message, filename, lineno }) =>
    host.push({
      event: 'gtm.pageError',
      'gtm.errorMessage': message,
      'gtm.errorUrl': filename,
      'gtm.errorLineNumber': lineno,
    }),
  )
}
