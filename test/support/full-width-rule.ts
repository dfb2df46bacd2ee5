import type { Rule } from 'eslint';
import { halfWidthMark } from './half-width.ts';

/**
 * A rule of ESLint for markup and code: the marks between two words come from words/punctuation.ts, which knows the language, never from a
 * template, a sum, a join or the text between two elements; and no text in Chinese is written with half-width marks.
 */
const WORDS = /\bm(?:\.|\[)|(?:[wW]ords?|[lL]abel|[tT]ext|[tT]itle)\b\W*(?:\(|\[|$)|(?:Word|Label|Text)\w*\(/;
/** Beside a word, these are punctuation; in an address or a key they stand between names. */
const MARK_AFTER = /^\s?[,;:!?()]/;
const MARK_BEFORE = /[,;:(]\s?$/;
const JOINING = /^\s?[,;:]\s?$/;
const MARKUP = /[,;:!?()]/;
const SPOKEN = /(?:^|\/)(?:src\/routes|src\/lib\/ui|src\/lib\/words|src\/lib\/server\/(?:letters|mail|sheets|acts))\//;

/** What every node of the trees of ESLint and of Svelte has, as far as it is looked at here. */
interface Tree {
	readonly type: string;
	readonly parent: Tree;
	readonly value?: unknown;
	readonly raw?: string;
	readonly regex?: object;
	readonly quasis?: readonly Tree[];
	readonly expressions?: readonly Tree[];
	readonly operator?: string;
	readonly left?: Tree;
	readonly right?: Tree;
	readonly arguments?: readonly Tree[];
	readonly callee?: Tree & { readonly property?: Tree & { readonly name?: string } };
	readonly name?: Tree & { readonly name?: string };
}

const MESSAGES = {
	chinese: 'A half-width mark beside Chinese: “{{found}}”. Chinese is set with full-width marks (GB/T 15834).',
	joined: 'A mark between words depends on the language: use words/punctuation.ts (colon, labelled, bracketed, stop, listWords).',
	markup: 'A mark in markup stands in one language only: put it into the message, or use words/punctuation.ts.'
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const isCode = (node: Tree): boolean => ['code', 'kbd', 'pre', 'samp', 'script', 'style'].includes(node.parent.name?.name ?? '');

/** Marks of the wrong width, or of one language only, in what people read. */
export const fullWidthMarks: Rule.RuleModule = {
	meta: { type: 'problem', schema: [], messages: MESSAGES },
	create(context) {
		const report = (node: Tree, messageId: keyof typeof MESSAGES, found = '') => context.report({ node: node as never, messageId, data: { found } });
		const says = (node: Tree | undefined): boolean => node !== undefined && WORDS.test(context.sourceCode.getText(node as never));
		const lookAtChinese = (node: Tree, text: string) => {
			const found = halfWidthMark(text);
			if (found !== null) report(node, 'chinese', found);
		};
		const spoken = SPOKEN.test(context.filename.replaceAll('\\', '/'));
		const lookAtTemplate = (node: Tree) => {
			if (node.parent.type === 'TaggedTemplateExpression') return;
			const cooked = (node.quasis ?? []).map((one) => (one.value as { cooked?: string }).cooked ?? '');
			lookAtChinese(node, cooked.join('0'));
			if (!spoken) return;
			const joins = (node.expressions ?? []).some(
				(expression, index) => says(expression) && (MARK_BEFORE.test(cooked[index] ?? '') || MARK_AFTER.test(cooked[index + 1] ?? ''))
			);
			if (joins) report(node, 'joined');
		};
		const lookAtSum = (node: Tree) => {
			if (!spoken || node.operator !== '+') return;
			const after = node.right?.type === 'Literal' && says(node.left) && MARK_AFTER.test(textOf(node.right.value));
			const before = node.left?.type === 'Literal' && says(node.right) && MARK_BEFORE.test(textOf(node.left.value));
			if (after || before) report(node, 'joined');
		};
		const lookAtJoin = (node: Tree) => {
			const [by] = node.arguments ?? [];
			if (spoken && node.callee?.property?.name === 'join' && says(node.callee) && JOINING.test(textOf(by?.value))) report(node, 'joined');
		};
		const listeners = {
			Literal: (node: Tree) => {
				if (!node.regex) lookAtChinese(node, textOf(node.value));
			},
			TemplateLiteral: lookAtTemplate,
			BinaryExpression: lookAtSum,
			CallExpression: lookAtJoin,
			SvelteText: (node: Tree) => {
				if (!isCode(node) && MARKUP.test(textOf(node.value))) report(node, 'markup');
			},
			SvelteLiteral: (node: Tree) => lookAtChinese(node, textOf(node.value))
		};
		return listeners as unknown as Rule.RuleListener;
	}
};
