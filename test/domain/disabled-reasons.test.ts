/** What cannot be pressed says why: in words of its own while it waits, or in what it is described by. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));
const COMPONENTS = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && entry.name.endsWith('.svelte'))
	.map((entry) => join(entry.parentPath, entry.name));

interface Found {
	readonly condition: string;
	/** The tag it stands in. */
	readonly tag: string;
	/** What stands in the element. */
	readonly inside: string;
}

/** Every tag that can be shut off, and by what. A bare or shorthand `disabled` counts too. */
function shutOff(text: string): Found[] {
	const markup = text.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '');
	return [...markup.matchAll(/[\s](?:aria-)?disabled(?:=\{([^}]*)\}|="([^"]*)")?(?=[\s/>])|\{disabled\}/g)].flatMap((found) => {
		const from = markup.lastIndexOf('<', found.index);
		const name = /^<(\w+)/.exec(markup.slice(from))?.[1];
		if (name === undefined) return [];
		const end = markup.indexOf(`</${name}>`, found.index);
		// An arrow in an attribute is no end of the tag.
		const close = /[^=]>/g;
		close.lastIndex = found.index;
		const tagEnd = (close.exec(markup)?.index ?? found.index) + 2;
		return [
			{ condition: (found[1] ?? found[2] ?? '').replace(/^!/, ''), tag: markup.slice(from, tagEnd), inside: markup.slice(tagEnd, Math.max(end, tagEnd)) }
		];
	});
}

const saysWhy = ({ condition, tag, inside }: Found) => /aria-describedby=/.test(tag) || (condition !== '' && inside.includes(`{${condition} ?`));

describe('the question itself', () => {
	test.each([
		['<button disabled={sending}>{m.send()}</button>', false],
		['<button disabled={sending}>{sending ? m.sending() : m.send()}</button>', true],
		['<button disabled={!chart} onclick={() => keep()}>{chart ? m.keep() : m.drawing()}</button>', true],
		['<button disabled>{m.send()}</button>', false],
		['<button disabled aria-describedby="why">{m.send()}</button>', true],
		['<input {disabled} />', false],
		['<fieldset disabled={!editable} aria-describedby={editable ? undefined : "lock"}>…</fieldset>', true]
	])('%s', (markup, says) => expect(shutOff(markup).map(saysWhy)).toEqual([says]));
});

test('no control is shut off without its reason', () => {
	const found = COMPONENTS.flatMap((file) => shutOff(readFileSync(file, 'utf8')).map((one) => ({ file: file.slice(SOURCE.length), ...one })));
	expect(found.length).toBeGreaterThan(4);
	expect(found.filter((one) => !saysWhy(one)).map(({ file, tag }) => `${file}: ${tag}`)).toEqual([]);
});
