import { REMINDER_TEXTS } from '#lib/domain/chase/reminder-policy.ts';
import { explanationKey } from '#lib/domain/form/answer-key.ts';
import { policyFieldWords } from '#lib/words/policy-words.ts';
import { routeOf } from './routes.ts';
import { SOURCE } from './source-tree.ts';

/** Names that no text of the tree shows, by the expression that makes them. */
const MADE_AT_RUN_TIME: Readonly<Record<string, readonly string[]>> = {
	// MetricsTable, FieldList, ExplainBox: some boxes of the form stand for all of them.
	key: ['revenue@final', 'employees@forecast'],
	'field.id': ['digital_team', 'enterprise_name'],
	'row.industry.id': ['mfg_field_1'],
	reasonKey: [explanationKey('jump/revenue', 'reason')],
	textKey: [explanationKey('jump/revenue', 'text')],
	// The reminder policy, and the ranges of the working calendar.
	field: [...Object.keys(policyFieldWords), 'fromOn', 'toOn'],
	'{text}.zh': REMINDER_TEXTS.map((text) => `${text}.zh`),
	'{text}.en': REMINDER_TEXTS.map((text) => `${text}.en`),
	// The dates of a year.
	'one.field': ['opensOn', 'channelDueOn', 'ministryDueOn', 'acceptedLateUntilOn', 'correctionsUntilOn'],
	// Whatever the address of the page had already, and a name that is shown, not sent.
	'pair.name': [],
	'enterprise.name': []
};

/** Names that are handed to a snippet or a request of our own script, names a stranger would try, and names that are in every object. */
const ALWAYS = [
	...['text', 'theme', 'locale', 'density', 'changes'],
	...['accept', 'clock', 'commentId', 'cursor', 'draft', 'fields', 'left', 'page', 'size'],
	...['constructor', '__proto__', 'toString']
];

/** Tags whose name is not that of an input. */
const NO_INPUT = new Set(['PictureLinks', 'Icon', 'meta', 'slot']);
/** The controls hand on the name they are given; who gives it is read. */
const HANDED_ON = /^src\/lib\/ui\/kit\//;

interface NamesOfTheTree {
	/** All of them, each once. */
	readonly all: readonly string[];
	/** Those that stand in the files of a route itself. */
	readonly ofRoute: (route: string) => readonly string[];
	/** Expressions that make names nobody has listed here. */
	readonly unknown: readonly string[];
}

/** Every name that an input, a link or an address of ours uses, read out of the source. */
export function namesOfTheTree(source: ReadonlyMap<string, string> = SOURCE): NamesOfTheTree {
	const byFile = new Map<string, readonly string[]>();
	const unknown: string[] = [];
	for (const [file, text] of source) {
		const found = new Set<string>();
		if (file.endsWith('.svelte')) {
			const tags = [...text.matchAll(/<([A-Za-z][\w.]*)/g)];
			for (const { 1: literal, 2: expression = literal ?? '', index } of text.matchAll(/\sname=(?:"([^"]*)"|\{([^}]*)\})/g)) {
				if (NO_INPUT.has(tags.findLast((tag) => tag.index < index)?.[1] ?? '')) continue;
				if (literal !== undefined && !literal.includes('{')) found.add(literal);
				else if (Object.hasOwn(MADE_AT_RUN_TIME, expression)) MADE_AT_RUN_TIME[expression]?.forEach((name) => found.add(name));
				else if (!HANDED_ON.test(file)) unknown.push(`${file}: name={${expression}}`);
			}
		}
		// Filters and ticked rows are told their names as data.
		if (/^src\/(routes|lib\/ui)\//.test(file)) for (const [, name = ''] of text.matchAll(/\bname: '([^']+)'/g)) found.add(name);
		// What an address or a form is asked for.
		if (/^src\/(routes|lib\/(ui|forms|server\/pages))\//.test(file))
			for (const [, name = ''] of text.matchAll(/(?<!headers)\.(?:get|getAll|has|set)\('([\w@.:-]+)'/g)) found.add(name);
		byFile.set(file, [...found]);
	}
	const ofRoute = (route: string) => [...new Set([...byFile].filter(([file]) => routeOf(file) === route).flatMap(([, names]) => names))];
	return { all: [...new Set([...[...byFile.values()].flat(), ...ALWAYS])].sort(), ofRoute, unknown };
}
