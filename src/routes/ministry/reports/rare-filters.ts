import { PROGRESS_FIGURES } from '#lib/domain/report/progress.ts';
import { parseReason } from '#lib/domain/report/reason-kinds.ts';
import { TIERS } from '#lib/domain/trend/trend-filter.ts';
import { parseCriterion } from '#lib/forms/criterion-asked.ts';
import { criterionFoundText, tierWord } from '#lib/words/trend-words.ts';
import { figureWord } from '#lib/words/progress-words.ts';
import { reasonKindWord, reasonText } from '#lib/words/reason-words.ts';

/**
 * The words of the rarer filters, made on the server: the vocabularies they come from (every reason of every kind, every refusal) would weigh more in
 * the browser than the table itself.
 */
export function rareFilters(params: URLSearchParams) {
	const reason = parseReason(params.get('reason') ?? '');
	const criterion = parseCriterion(params.get('criterion') ?? '');
	return {
		criterion: criterion && { value: `${criterion.id}:${criterion.verdict}`, text: criterionFoundText(criterion) },
		tiers: params.get('tier') === null ? [] : TIERS.map((tier) => ({ value: tier, label: tierWord[tier]() })),
		figures: PROGRESS_FIGURES.map((figure) => ({ value: figure, label: figureWord[figure]() })),
		reason: reason && { label: reasonKindWord[reason.kind](), value: `${reason.kind}:${reason.code}`, text: reasonText(reason.kind, reason.code) }
	};
}
