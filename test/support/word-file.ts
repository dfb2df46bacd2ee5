import { fromBuffer } from 'yauzl';

/** The parts of a Word document, by their names inside the archive. */
export function partsOf(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
	return new Promise((resolve, reject) => {
		fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (problem, archive) => {
			if (problem) return reject(problem);
			const parts = new Map<string, string>();
			archive.on('error', reject);
			archive.on('end', () => resolve(parts));
			archive.on('entry', (entry: { fileName: string }) =>
				archive.openReadStream(entry as never, (failed, stream) => {
					if (failed) return reject(failed);
					const chunks: Buffer[] = [];
					stream.on('data', (chunk: Buffer) => chunks.push(chunk));
					stream.on('end', () => {
						parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
						archive.readEntry();
					});
				})
			);
			archive.readEntry();
		});
	});
}

const unescaped = (xml: string): string =>
	xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

const textOf = (xml: string): string => [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text = '']) => unescaped(text)).join('');

/** The document's paragraphs outside of tables, each as text, in order. */
export function paragraphsOf(document: string): string[] {
	return [...document.replaceAll(/<w:tbl>[^]*?<\/w:tbl>/g, '').matchAll(/<w:p(?:>| [^>]*>)([^]*?)<\/w:p>/g)].map(([, inner = '']) => textOf(inner));
}

/** The document's tables: rows of cells, as text. */
export function tablesOf(document: string): string[][][] {
	return [...document.matchAll(/<w:tbl>([^]*?)<\/w:tbl>/g)].map(([, table = '']) =>
		[...table.matchAll(/<w:tr(?:>| [^>]*>)([^]*?)<\/w:tr>/g)].map(([, row = '']) =>
			[...row.matchAll(/<w:tc>([^]*?)<\/w:tc>/g)].map(([, cell = '']) => textOf(cell))
		)
	);
}
