import { choiceLabel, kindOf } from './form-words.ts';
import { formatFigure, missing, roundedFrom, type FigureAt } from './format.ts';

/** A figure without its unit, which stands in the row's head, with the places of a form; a yes or no in words. */
export function figureText(id: string, value: string | null, limit: string | null = null): string {
	if (value === null) return missing;
	const figure = formatFigure(value, kindOf(id), { place: 'form', limit });
	return figure === missing ? choiceLabel(id, value) : figure;
}

/** A figure in a table, without unit and sign, and all its digits where the table rounds some away; a yes or no in words. */
export function tableFigure(id: string, value: string | null, at: Omit<FigureAt, 'place'> = {}): { readonly text: string; readonly exact: string | undefined } {
	const [kind, table] = [kindOf(id), { ...at, place: 'table' } as const];
	const text = formatFigure(value, kind, table);
	return text === missing ? { text: value === null ? missing : choiceLabel(id, value), exact: undefined } : { text, exact: roundedFrom(value, kind, table) };
}
