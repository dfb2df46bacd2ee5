import { createRequire } from 'node:module';
import type { OfficialPaper } from '#lib/domain/official-paper.ts';
import { run } from '#lib/server/import/reading-thread.ts';

/** Two thousand rows take some seconds on a busy machine. */
const WRITE_LIMIT_MS = 30_000;
/** Each takes a core while it lasts: more than these wait their turn. */
const AT_ONCE = 2;

let writing = 0;
const waiting: (() => void)[] = [];

/** Word could not be written in its time: whoever asked may ask again. */
export class WordNotWritten extends Error {
	override name = 'WordNotWritten';
}

/**
 * An official paper as .docx. The library is a megabyte and a table of a thousand rows takes a second: both are the thread's, so that nobody else waits and no
 * start pays for it.
 *
 * @throws WordNotWritten
 */
export async function wordFile(paper: OfficialPaper): Promise<Uint8Array> {
	if (writing >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
	else writing += 1;
	try {
		const said = await run<Uint8Array>(createRequire(import.meta.url).resolve('#lib/server/word/word-worker.ts'), paper, WRITE_LIMIT_MS);
		if (!said.ok) throw new WordNotWritten(said.why);
		return said.answer;
	} finally {
		const next = waiting.shift();
		if (next) next();
		else writing -= 1;
	}
}
