/**
 * What the form, its checks and its criteria are called on every screen: for the filer, the departments and the ministries alike.
 * Everything returns text in the reader's language; figures carry their unit.
 */
import { earlierOf, type FormField, type SectionId } from '#lib/domain/form/annual-report-fields.ts';
import type { Check } from '#lib/domain/check/check.ts';
import type { CriterionPart, CriterionUnit } from '#lib/domain/check/criteria.ts';
import { compare, decimal, decimalText, absolute, parseDecimal } from '#lib/domain/decimal.ts';
import type { DerivedId } from '#lib/domain/form/derived-figure.ts';
import { metricOfField, METRICS, type FigureBasis } from '#lib/domain/form/figure-metric.ts';
import type { SectionState } from '#lib/domain/check/form-progress.ts';
import type { Basis } from '#lib/domain/notice.ts';
import type { CriterionId } from '#lib/domain/policy.ts';
import type { NumberRefusal, TextRefusal } from '#lib/domain/form/number-reading.ts';
import { m } from '#lib/paraglide/messages.js';
import {
	answerWords,
	bankCreditWords,
	criterionWords,
	formatWords,
	numberRefusalWords,
	ownershipWords,
	taxCreditWords,
	textRefusalWords
} from './form-choices.ts';
import { articleText } from './article-text.ts';
import { composedLabel, derivedWords, fieldWords, sectionStateWords, sectionWords } from './form-labels.ts';
import { formatExact, formatFigure, formatNumber, formatPoints, formatRate, missing, type FigureKind, type FigurePlace } from './format.ts';
import { basisWord, type Tone, type Word, wordOf } from './words.ts';
import type { IconName } from './icon.ts';

/** The label of a field or a computed figure; the id itself for one no version of the form has. Slots: slot-words.ts. */
export function fieldLabel(id: string): string {
	const find = (map: Readonly<Record<string, Word>>) => (Object.hasOwn(map, id) ? map[id] : undefined);
	return (find(fieldWords) ?? find(derivedWords))?.() ?? composedLabel(id) ?? id;
}

export const sectionLabel = (section: SectionId): string => sectionWords[section]();

/** How far a section is, with tone, icon and word. */
export function sectionStateMark(state: SectionState): { tone: Tone; icon: IconName; word: Word } {
	const look = {
		not_started: ['plain', 'minus'],
		incomplete: ['info', 'edit'],
		filled: ['ok', 'check'],
		needs_explanation: ['warn', 'warn'],
		has_errors: ['late', 'cross']
	} as const;
	const [tone, icon] = look[state];
	return { tone, icon, word: sectionStateWords[state] };
}

const PEOPLE = ['employees', 'bachelor_or_above', 'intermediate_title_or_above'];
const RATES: readonly string[] = [
	'debt_ratio',
	'revenue_growth',
	'profit_growth',
	'informatisation_share',
	'networking_rate',
	'manufacturing_share'
] satisfies readonly DerivedId[];

/** What a figure of a field counts, as the form defines it; a test holds it against every version. Text and choices are counted by nobody. */
export function kindOf(id: string): FigureKind {
	if (RATES.includes(id)) return 'rate';
	// A figure of an earlier year counts what the figure counts.
	const metric = metricOfField(earlierOf(id)?.of ?? id);
	return /^mfg_field_[1-9]_revenue$/.test(id) || METRICS.find((entry) => entry.metric === metric)?.kind === 'money' ? 'money' : 'count';
}

/** The unit of a field or computed figure as it stands in a header; empty where there is none. */
export function unitOf(field: FormField | string): string {
	const id = typeof field === 'string' ? field : field.id;
	const kind = kindOf(id);
	if (kind !== 'count') return kind === 'rate' ? '%' : m.form_unit_wan();
	if (PEOPLE.includes(id)) return m.form_unit_people();
	if (id.startsWith('equipment_')) return m.form_unit_sets();
	if (id.startsWith('patents_')) return m.form_unit_patents();
	if (id === 'manufacturing_customers') return m.form_unit_customers();
	return id === 'software_copyrights' ? m.form_unit_copyrights() : '';
}

/**
 * A figure of a field with its unit, for sentences and where no head carries it: `62,000 万元`, `61.2%`, `1,002 人`. Text that is no number is shown as typed.
 *
 * @param limit what it stands beside: the figure then shows enough digits to be seen on its side of it
 */
export function valueText(id: string, value: string | null, limit: string | null = null, place: FigurePlace = 'sentence'): string {
	if (value === null || value === '') return missing;
	if (parseDecimal(value) === null) return choiceLabel(id, value);
	return withUnit(id, formatFigure(value, kindOf(id), { place, limit }));
}

function withUnit(id: string, figure: string): string {
	const unit = unitOf(id);
	if (unit === '%') return `${figure}%`;
	// In English the unit is itself a number: 50,000 CNY 10,000 is read by nobody.
	if (unit === m.form_unit_wan()) return m.form_amount_wan({ value: figure });
	return unit === '' ? figure : m.form_with_unit({ value: figure, unit });
}

const choiceMaps: Readonly<Record<string, Readonly<Record<string, Word>>>> = {
	ownership: ownershipWords,
	bank_credit: bankCreditWords,
	tax_credit: taxCreditWords
};

/** A choice as it is read, for choices and yes/no; anything else as typed. */
export function choiceLabel(fieldId: string, value: string): string {
	const map: Readonly<Record<string, Word>> = choiceMaps[fieldId] ?? answerWords;
	return wordOf(map, value) ?? value;
}

/** 2025年审计数, or the same in English. */
export function yearLabel(year: number, basis: FigureBasis): string {
	return m.check_year_figure({ year, basis: basisWord[basis]() });
}

/** The citation of an article and the place of the guide where it is quoted. A rule of our own says so and has no link. */
export function articleCitation(article: Basis): { text: string; href: string | null } {
	if (article === 'system') return { text: m.check_not_in_notice(), href: null };
	return { text: articleText(article), href: `/guide#article-${article.replaceAll('.', '-')}` };
}

/** What a criterion tests, without its limit: limits are policy, see {@link limitText}. */
export const criterionLabel = (criterion: CriterionId): string => criterionWords[criterion]();
export const numberRefusalLabel = (code: NumberRefusal): string => numberRefusalWords[code]();
export const textRefusalLabel = (code: TextRefusal): string => textRefusalWords[code]();

function wordIn(map: Readonly<Record<string, Word>>, code: string): string {
	return wordOf(map, code) ?? code;
}

/** `不低于 5%`, `近三年每年不低于 5,000 万元`: the limit as policy has it. */
export function limitText(part: Pick<CriterionPart, 'unit' | 'threshold' | 'perYear' | 'subject'>): string {
	if (part.unit === 'declaration') return m.check_limit_declared();
	const threshold = amountText(part.unit, part.subject, part.threshold);
	const each = part.perYear.filter((year) => year.tested).length > 1;
	return each ? m.check_limit_each_year({ threshold }) : m.check_limit({ threshold });
}

/** `余量 2 人`, `差 0.3 个百分点`; null where there is none (a declaration, a missing figure). */
export function headroomText(part: Pick<CriterionPart, 'unit' | 'headroom' | 'subject'>): string | null {
	if (part.headroom === null) return null;
	const room = decimal(part.headroom);
	const size = decimalText(absolute(room));
	const text = part.unit === 'rate' ? pointsText(size) : valueText(part.subject, size);
	return compare(room, decimal('0')) < 0 ? m.check_shortfall({ room: text }) : m.check_headroom({ room: text });
}

/** A difference between two rates. */
const pointsText = (size: string): string => m.form_points({ value: formatPoints(size) });

/** A limit is written as the notice writes it: with its digits and no more. */
function amountText(unit: CriterionUnit, subject: string, value: string): string {
	return unit === 'rate' ? `${formatExact(value, 'rate')}%` : withUnit(subject, formatExact(value, kindOf(subject)));
}

/** The finding with its figures and the article it rests on, for where no link can stand. */
export function checkSentence(found: Check): string {
	return m.check_cited({ sentence: checkFact(found), article: articleCitation(found.article).text });
}

/** The finding with its figures; put {@link articleCitation} beside it as a link. What may be about a slot: `reportCheckFact` of slot-words.ts. */
export function checkFact(found: Check): string {
	const sentence = plainFact(found);
	return found.mixed ? m.check_said_mixed({ sentence }) : sentence;
}

function plainFact(found: Check): string {
	const { fieldId } = found;
	const subject = subjectOf(found.fieldId, found);
	const actual = valueText(fieldId, found.actual);
	const expected = valueText(fieldId, found.expected);
	const baseline = found.baseline ? yearLabel(found.baseline.year, found.baseline.basis) : '';
	const detail = found.detail ?? '';
	switch (found.code) {
		case 'missing_required':
			return m.check_said_missing({ subject });
		case 'missing_attachment':
			return m.check_said_missing_attachment({ subject });
		case 'attachment_advised':
			return m.check_said_attachment_advised({ subject });
		case 'unreadable_number':
			return m.check_said_unreadable({ subject, reason: wordIn(numberRefusalWords, detail) });
		case 'unreadable_text':
			return m.check_said_unreadable({ subject, reason: wordIn(textRefusalWords, detail) });
		case 'negative_count':
		case 'negative_amount':
			return m.check_said_negative({ subject });
		case 'part_exceeds_whole':
			return m.check_said_part_exceeds_whole({ subject, actual, whole: fieldLabel(detail), expected });
		case 'bad_choice':
			return m.check_said_bad_choice({ subject });
		case 'bad_format':
			return m.check_said_bad_format({ subject, hint: wordIn(formatWords, detail) });
		case 'text_too_long':
			return m.check_said_text_too_long({ subject, actual: formatNumber(found.actual), expected: formatNumber(found.expected) });
		case 'contacts_same':
			return m.check_said_contacts_same();
		case 'industry_twice':
			return m.check_said_industry_twice({ subject });
		case 'industries_exceed_whole':
			return m.check_said_industries_exceed_whole({ year: found.year ?? '', actual, expected });
		case 'declaration_missing':
			return m.check_said_declaration_missing();
		case 'unit_slip': {
			const [direction = '', factor = ''] = detail.split('_');
			const figures = { subject, actual, baseline, expected, factor: formatNumber(factor), unit: unitOf(fieldId) };
			return direction === 'times' ? m.check_said_unit_slip_large(figures) : m.check_said_unit_slip_small(figures);
		}
		case 'half_moved': {
			if (found.changeRate === null) return m.check_said_moved_from_zero({ subject, actual, baseline, expected });
			const figures = { subject, actual, baseline, expected, rate: formatRate(found.changeRate) };
			return rose(found) ? m.check_said_rose(figures) : m.check_said_fell(figures);
		}
		case 'forecast_missed':
			return m.check_said_forecast_missed({ subject, actual, report: found.baseline?.reportYear ?? '', expected, rate: formatRate(found.changeRate) });
		case 'cohort_outlier':
			return m.check_said_cohort_outlier({ subject, actual, n: found.n ?? '' });
		case 'criterion_unmet':
		case 'criterion_unknown':
		case 'criterion_near':
		case 'criterion_outlook':
			return criterionFact(found, detail);
		case 'liabilities_exceed_assets':
			return m.check_said_liabilities_exceed_assets({ subject, actual, expected });
		case 'channel_mismatch':
			return m.check_said_channel_mismatch();
		case 'unchanged_figure':
			return m.check_said_unchanged({ subject, actual });
	}
}

/** `detail` of a criterion's check is what was measured: a field or a computed figure. */
function criterionFact(found: Check, measured: string): string {
	const criterion = found.criterion === null ? fieldLabel(measured) : criterionLabel(found.criterion);
	if (found.code === 'criterion_unknown') return m.check_said_criterion_unknown({ criterion, year: found.year ?? '' });
	const unit: CriterionUnit = RATES.includes(measured) ? 'rate' : 'count';
	if (found.code === 'criterion_near') {
		const size = found.actual ?? '0';
		const room = unit === 'rate' ? pointsText(size) : valueText(measured, size);
		return m.check_said_criterion_near({ criterion, room });
	}
	if (found.expected === 'yes') return m.check_said_criterion_undeclared();
	const limit = m.check_limit({ threshold: amountText(unit, measured, found.expected ?? '0') });
	const said = { subject: subjectOf(measured, found), actual: valueText(measured, found.actual, found.expected), limit };
	return found.code === 'criterion_outlook' ? m.check_said_criterion_outlook(said) : m.check_said_criterion_unmet(said);
}

function subjectOf(id: string, found: Pick<Check, 'year' | 'basis'>): string {
	const label = fieldLabel(id);
	return found.year === null || found.basis === null ? label : m.check_at_year({ label, year: found.year, basis: basisWord[found.basis]() });
}

function rose(found: Check): boolean {
	return found.actual !== null && found.expected !== null && compare(decimal(found.actual), decimal(found.expected)) > 0;
}
