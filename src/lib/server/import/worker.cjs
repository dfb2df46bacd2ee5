/**
 * Reads the first sheet of an archive that was looked over and packed anew, in a thread of its own with a cap on memory. Its text is started
 * as it stands, so that it also runs where the application is bundled; `reader` is the library's file.
 */
const { parentPort, workerData } = require('node:worker_threads');

/** Days come as dates without a zone; numbers as they stand in the file, so that no figure is rounded on the way. */
function textOf(value) {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
	return String(value);
}

require(workerData.reader)
	.readSheet(Buffer.from(workerData.bytes), 1, { parseNumber: (text) => text })
	.then((rows) => parentPort.postMessage({ rows: rows.map((row) => row.map(textOf)) }))
	.catch((error) => parentPort.postMessage({ failed: String(error) }));
