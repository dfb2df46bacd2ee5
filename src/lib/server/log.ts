/** One JSON object per line, for whoever collects logs. No names, no addresses of people, no content. */
export function log(level: 'info' | 'warn' | 'error', entry: Readonly<Record<string, unknown>>): void {
	const line = JSON.stringify({ at: new Date().toISOString(), level, ...entry });
	(level === 'error' ? process.stderr : process.stdout).write(`${line}\n`);
}
