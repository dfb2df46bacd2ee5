import { createHmac, timingSafeEqual } from 'node:crypto';
import { sessionSecret } from './auth.ts';

/** The cookie in which a browser keeps who has signed in on it before. */
export const DEVICES_COOKIE = 'keyent.devices';
export const DEVICES_DAYS = 180;

/** A desk that many share still knows its last colleagues. */
const MOST = 8;

function mark(personId: string): string {
	return createHmac('sha256', sessionSecret()).update(`device:${personId}`).digest('base64url');
}

function marksIn(cookie: string | undefined): string[] {
	return (cookie ?? '')
		.slice(0, 1_000)
		.split('.')
		.filter((one) => one.length === 43)
		.slice(0, MOST);
}

/**
 * Whether this person has signed in on this browser before. It opens nothing: it only says that the browser is not one of those that guess, so
 * that strangers behind the same address keep nobody out.
 */
export function isKnownDevice(cookie: string | undefined, personId: string): boolean {
	const expected = Buffer.from(mark(personId));
	return marksIn(cookie).some((one) => {
		const given = Buffer.from(one);
		return given.length === expected.length && timingSafeEqual(given, expected);
	});
}

/** The cookie with this person in front; whoever has not been here for longest is forgotten first. */
export function withDevice(cookie: string | undefined, personId: string): string {
	const own = mark(personId);
	return [own, ...marksIn(cookie).filter((one) => one !== own)].slice(0, MOST).join('.');
}
