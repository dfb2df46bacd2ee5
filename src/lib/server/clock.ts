import { config } from './config.ts';

let offset: number | undefined;

/**
 * How far a rehearsal's clock stands from the real one, in milliseconds; 0 unless APP_NOW is set.
 * Counted from when the process first asked, so the rehearsal's clock runs on from APP_NOW.
 */
export function clockOffsetMs(): number {
	if (offset === undefined) {
		const { appNow } = config();
		offset = appNow === undefined ? 0 : appNow.getTime() - Date.now();
	}
	return offset;
}

/**
 * Moves the clock of this process to another instant, from which it runs on: the next day of a rehearsal that many acts live in.
 *
 * @throws in production, where deadlines are judged by the real clock.
 */
export function moveClockTo(at: Date): void {
	if (config().production) throw new Error('In production the clock is not moved.');
	offset = at.getTime() - Date.now();
}

/** The present instant as the application sees it. What is judged is judged by the database's `app_now()`, which adds the same offset. */
export function now(): Date {
	return new Date(Date.now() + clockOffsetMs());
}

/** The database tells microseconds, this clock milliseconds: what was written within this very millisecond has come. */
export function justAfter(at: Date): Date {
	return new Date(at.getTime() + 1);
}
