import { formFor } from '#lib/domain/form/annual-report-form.ts';
import { readContent, statedAnswers } from '#lib/domain/form/report-content.ts';
import { ownVersion } from '#lib/server/pages/own-report.ts';
import { answerLines } from '#lib/server/reads/enterprise/report-check.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { found, ignored } = await ownVersion(event);
	const content = readContent(found.content);
	const form = formFor(content.formVersion, content.category);
	if (form === null) throw new Error(`form ${content.formVersion} does not exist`);
	const { receiptNo, submittedAt, contentHash, no, own, channelKind, state, opinions, history, limits } = found;
	return {
		receiptNo,
		submittedAt,
		contentHash,
		no,
		own,
		channelKind,
		state,
		opinions,
		ignored,
		content,
		// The answers are those of the frozen text; growth and three profitable years (附件2) look back to what earlier reports state, as on the screen.
		sections: answerLines(form, content.reportYear, statedAnswers(content), history, limits).map(({ section, lines }) => ({
			section,
			lines: lines.filter((line) => line.kind !== 'derived' || line.final !== null || line.forecast !== null)
		}))
	};
};
