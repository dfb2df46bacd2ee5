import { answerAt, explanationKey, type Answers } from '#lib/domain/form/answer-key.ts';
import type { Check, CheckCode, ExplanationRefusal, WarningCode } from './check.ts';
import { readText } from '#lib/domain/form/number-reading.ts';

/** Business reasons, by kind of warning; closed, so that ministries can count them. */
export const EXPLANATION_REASONS = {
	half_moved: [
		'order_change',
		'capacity_change',
		'price_change',
		'investment_cycle',
		'restructuring',
		'staffing_change',
		'statistical_scope',
		'one_off',
		'data_correction',
		'other'
	],
	unit_slip: ['unit_confirmed', 'order_change', 'capacity_change', 'restructuring', 'statistical_scope', 'one_off', 'data_correction', 'other'],
	forecast_missed: [
		'order_change',
		'market_change',
		'project_delay',
		'audit_adjustment',
		'investment_cycle',
		'restructuring',
		'statistical_scope',
		'one_off',
		'data_correction',
		'other'
	],
	cohort_outlier: ['order_change', 'capacity_change', 'restructuring', 'statistical_scope', 'one_off', 'data_correction', 'other'],
	criterion_unmet: [
		'order_change',
		'capacity_change',
		'investment_cycle',
		'equipment_renewal',
		'restructuring',
		'statistical_scope',
		'one_off',
		'data_correction',
		'other'
	],
	channel_mismatch: ['agreed_channel', 'restructuring', 'data_correction', 'other']
} as const satisfies Record<WarningCode, readonly string[]>;

export type ExplanationReason = (typeof EXPLANATION_REASONS)[WarningCode][number];

/** Fewest characters of a sentence that says something (非方案规定). */
export const EXPLANATION_MIN_LENGTH = 10;
export const EXPLANATION_MAX_LENGTH = 500;

/** Phrases that claim correctness and explain nothing; longest first, so that 经核实无误 does not leave a rest. */
const EMPTY_PHRASES = [
	'情况属实',
	'数据属实',
	'填报属实',
	'内容属实',
	'核实无误',
	'核对无误',
	'确认无误',
	'检查无误',
	'填报无误',
	'数据无误',
	'数据正确',
	'真实有效',
	'真实准确',
	'准确无误',
	'如实填报',
	'据实填报',
	'实际情况',
	'无异常',
	'没有问题',
	'没问题',
	'正常变动',
	'正常变化',
	'正常波动',
	'没有',
	'属实',
	'无误',
	'正确',
	'正常',
	'真实',
	'同上',
	'核实',
	'核对',
	'确认',
	'无',
	'否',
	'是',
	'confirmed',
	'verified',
	'correct',
	'checked',
	'nothing',
	'none',
	'normal',
	'true',
	'yes',
	'no',
	'ok',
	'na'
].sort((a, b) => b.length - a.length);
/** What may stand around such a phrase without adding anything. */
const FILLERS = /[经已均的且并及和与了我们司该本公单位企业上述以数据情况内容]/g;

export function explanationNeeded(found: Check): found is Check & { readonly code: WarningCode } {
	return found.level === 'warning';
}

export function reasonsFor(code: CheckCode): readonly string[] {
	return Object.hasOwn(EXPLANATION_REASONS, code) ? EXPLANATION_REASONS[code as WarningCode] : [];
}

/**
 * Why an explanation is not taken, null when it is. It needs a reason code of the check's own list and a sentence of `minLength` characters
 * (spaces and punctuation not counted) that says something: a bare 核实无误 is refused however long it is drawn out.
 */
export function explanationRefused(
	code: CheckCode,
	reasonCode: string,
	sentence: string,
	minLength: number = EXPLANATION_MIN_LENGTH
): ExplanationRefusal | null {
	if (reasonCode === '') return 'reason_missing';
	if (!reasonsFor(code).includes(reasonCode)) return 'reason_unknown';
	const reading = readText(sentence, EXPLANATION_MAX_LENGTH);
	if (!reading.ok) return reading.code === 'text_too_long' ? 'sentence_too_long' : 'sentence_unreadable';
	const said = [
		...(reading.value ?? '')
			.normalize('NFKC')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}]/gu, '')
	];
	if (reading.value === null) return 'sentence_missing';
	if (saysNothing(said.join(''))) return 'sentence_empty_phrase';
	if (new Set(said).size < 4 && said.length >= 4) return 'sentence_repeats';
	if (said.length < minLength) return 'sentence_too_short';
	return new Set(said).size * 3 <= said.length && isRepetition(said) ? 'sentence_repeats' : null;
}

function saysNothing(said: string): boolean {
	const rest = EMPTY_PHRASES.reduce((text, phrase) => text.replaceAll(phrase, ''), said).replace(FILLERS, '');
	return rest === '';
}

/** The same few characters over and over: 订单增加订单增加订单增加. */
function isRepetition(said: readonly string[]): boolean {
	for (let period = 1; period * 3 <= said.length; period += 1) {
		if (said.every((character, index) => character === said[index % period])) return true;
	}
	return false;
}

/** The check with the state of its explanation, read from the answers. */
export function withExplanation(found: Check, answers: Answers, minLength: number = EXPLANATION_MIN_LENGTH): Check {
	if (!explanationNeeded(found)) return found;
	const reason = answerAt(answers, explanationKey(found.key, 'reason')).trim();
	const sentence = answerAt(answers, explanationKey(found.key, 'text'));
	if (reason === '' && sentence.trim() === '') return { ...found, explanation: 'missing' };
	const refusal = explanationRefused(found.code, reason, sentence, minLength);
	return { ...found, explanation: refusal === null ? 'given' : 'refused', explanationRefusal: refusal };
}
