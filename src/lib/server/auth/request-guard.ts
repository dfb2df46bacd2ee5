/** Questions about a request that must be answered before anything else looks at it. */

/** Whether a request may change something: by its method, as the standard has it. */
export function writes({ method }: Pick<Request, 'method'>): boolean {
	return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

/**
 * Whether a request that changes something comes from our own pages. SvelteKit asks only for forms; this asks whatever the content type
 * (quality.md 1). A browser that sends neither header sends no cookies across sites either, but is refused all the same.
 */
export function isOwnRequest(request: Request, origin: string): boolean {
	if (!writes(request)) return true;
	const site = request.headers.get('sec-fetch-site');
	if (site !== null && site !== 'same-origin') return false;
	const from = request.headers.get('origin');
	return from === null ? site === 'same-origin' : from === origin;
}

/** A form as a browser posts it, rather than data sent by script. */
export function isForm(request: Request): boolean {
	const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
	return type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data';
}

/** Whether the answer is read by a script of ours instead of being shown. */
export function wantsData(request: Request): boolean {
	const accept = request.headers.get('accept') ?? '';
	return !accept.includes('text/html') && (accept.includes('application/json') || !isForm(request));
}

/** Keeps a page out of frames, caches and other people's hands. */
export function protect(headers: Headers, { https, signedIn }: { https: boolean; signedIn: boolean }): void {
	headers.set('x-content-type-options', 'nosniff');
	headers.set('x-frame-options', 'DENY');
	headers.set('referrer-policy', 'same-origin');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('cross-origin-resource-policy', 'same-origin');
	headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()');
	if (https) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
	if (signedIn || !headers.has('cache-control')) headers.set('cache-control', signedIn ? 'private, no-store' : 'private, no-cache');
}
