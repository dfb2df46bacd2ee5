import { safeFileName } from './file-name.ts';

/** Headers of a download that no browser shows in place, guesses at or keeps. The name may be in any script (RFC 5987). */
export function attachmentHeaders(fileName: string, contentType: string): Record<string, string> {
	const name = safeFileName(fileName);
	// For what knows Latin letters only; it may begin with what is left of a name in another script, but with no dash.
	const [, stem = '', ending = ''] = /^(.*?)(\.[^.]*)?$/s.exec(name.normalize('NFKD').replace(/[^\w.-]+/g, '_')) ?? [];
	const plain = `${stem.replace(/^[-_.]+/, '').replace(/^_*$/, '') || 'file'}${ending}`;
	const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	return {
		'content-type': contentType,
		'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
		'x-content-type-options': 'nosniff',
		'cache-control': 'private, no-store',
		'content-security-policy': "default-src 'none'; sandbox"
	};
}
