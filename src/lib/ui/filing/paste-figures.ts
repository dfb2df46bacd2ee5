/** What a block pasted into the table of figures says, and what is told of it. Fetched when somebody pastes: every page counts its bytes. */
import type { AnswerKey } from '#lib/domain/form/answer-key.ts';
import { readPastedBlock } from '#lib/domain/form/paste-block.ts';
import { placeFigures, type FigureTable } from '#lib/domain/form/place-figures.ts';
import { m } from '#lib/paraglide/messages.js';
import { formatNumber } from '#lib/words/format.ts';

export type Pasted =
	| { readonly ok: true; readonly placed: readonly { readonly key: AnswerKey; readonly typed: string }[]; readonly note: string }
	| { readonly ok: false; readonly problem: string };

export function pastedFigures(text: string, table: FigureTable, at: { readonly row: number; readonly column: number }): Pasted {
	const block = readPastedBlock(text);
	if (!block.ok)
		return {
			ok: false,
			problem:
				block.code === 'paste_too_large' ? m.filing_paste_too_large() : block.code === 'paste_empty' ? m.filing_paste_empty() : m.filing_paste_unreadable()
		};
	const laid = placeFigures(block.grid, table, at);
	if (!laid.ok) return { ok: false, problem: m.filing_paste_not_understood({ saw: laid.saw.join(m.ministry_list_between()) }) };
	const { outside, recognised, placed } = laid;
	const count = placed.length;
	const note =
		recognised > 0
			? outside > 0
				? m.filing_pasted_recognised_some({ count: formatNumber(count), recognised: formatNumber(recognised), outside: formatNumber(outside) })
				: m.filing_pasted_recognised({ count: formatNumber(count), recognised: formatNumber(recognised) })
			: outside > 0
				? m.filing_pasted_some({ count: formatNumber(count), outside: formatNumber(outside) })
				: m.filing_pasted({ count: formatNumber(count) });
	return { ok: true, placed, note };
}
