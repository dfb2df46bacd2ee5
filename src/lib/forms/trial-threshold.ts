/** A supposed threshold as somebody types it, and as an address carries it: in the unit shown, a rate in per cent. */
import { decimal, decimalText, shift } from '#lib/domain/decimal.ts';
import { readNumber } from '#lib/domain/form/number-reading.ts';
import { placeOf, trialOf, type Trial, type TrialSubject } from '#lib/domain/trend/policy-trial.ts';

/** The trial a text asks for; null for an empty box and for what cannot be tried. 6, ６ and 6% are the same. */
export function readThreshold(subject: TrialSubject, typed: string): Trial | null {
	const { unit } = placeOf(subject);
	const text = unit === 'rate' ? typed.trim().replace(/\s*[%％]$/, '') : typed;
	const reading = readNumber(text, unit === 'count' ? 'count' : 'money');
	if (!reading.ok || reading.value === null) return null;
	return trialOf(subject, unit === 'rate' ? decimalText(shift(decimal(reading.value), -2)) : reading.value);
}

/** The same back into the box. */
export function thresholdText({ subject, threshold }: Trial): string {
	return placeOf(subject).unit === 'rate' ? decimalText(shift(decimal(threshold), 2)) : threshold;
}
