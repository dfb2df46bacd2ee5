import { createHash, randomBytes } from 'node:crypto';

/** A secret for a link, and the hash of it that is kept: who reads the table cannot follow the link. */
export function newLink(): { token: string; tokenHash: string } {
	const token = randomBytes(24).toString('base64url');
	return { token, tokenHash: linkHash(token) };
}

export function linkHash(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** Whether text from an address can be one of our link secrets at all. */
export function isLink(token: string): boolean {
	return /^[\w-]{32}$/.test(token);
}

/** An id for a new person; the same shape as better-auth's own. */
export function newPersonId(): string {
	return randomBytes(24).toString('base64url');
}
