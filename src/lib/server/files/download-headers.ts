/** Headers of a download that no browser shows in place, guesses at or keeps. The name may be in any script (RFC 5987). */
export function attachmentHeaders(fileName: string, contentType: string): Record<string, string> {
	const plain =
		fileName
			.normalize('NFKD')
			.replace(/[^\w.-]+/g, '_')
			.replace(/^[_.]+/, '') || 'file';
	const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	return {
		'content-type': contentType,
		'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
		'x-content-type-options': 'nosniff',
		'cache-control': 'private, no-store',
		'content-security-policy': "default-src 'none'; sandbox"
	};
}
