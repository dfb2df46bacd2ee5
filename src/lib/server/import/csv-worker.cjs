/**
 * Splits text into rows, in a thread of its own: some five megabytes of nothing but separators or crooked quotes take seconds, and the
 * process must answer meanwhile. Its text is started as it stands; `parser` is the library's file.
 */
const { parentPort, workerData } = require('node:worker_threads');

const { parser, text, separator, limits } = workerData;
const rows = [];

class Refused extends Error {
	constructor(problem) {
		super(problem);
		this.problem = problem;
	}
}

function take(row) {
	// Empty cells to the right are what a spreadsheet leaves behind, not content.
	while (row.length > limits.columns && row.at(-1).trim() === '') row.pop();
	if (row.length > limits.columns) throw new Refused('too_many_columns');
	if (rows.length === limits.rows) throw new Refused('too_many_rows');
	rows.push(row.map(unquoted));
}

/** A sloppy writer's blank between the closing quote and the separator makes the parser keep the quotes. */
function unquoted(cell) {
	return cell.startsWith('"') ? cell.replace(/^"([^"]*)"\s+$/, '$1') : cell;
}

try {
	const rules = { delimiter: separator, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, relax_quotes: true };
	require(parser).parse(text, { ...rules, on_record: take });
	parentPort.postMessage({ rows });
} catch (error) {
	parentPort.postMessage({ problem: error.problem ?? (error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote_open' : 'unreadable') });
}
