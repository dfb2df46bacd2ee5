/** Arrow keys keep to the column: from a control to the same one in the row above or below. For a body of rows, or what holds one that only the server drew. */
export function moveByArrow(event: KeyboardEvent) {
	if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || event.defaultPrevented) return;
	const target = event.target;
	if (!(target instanceof HTMLElement) || target.matches('select, textarea, input:not([type="checkbox"])')) return;
	const cell = target.closest<HTMLTableCellElement>('tbody :is(td, th)');
	const row = cell?.closest('tr');
	const sibling = event.key === 'ArrowDown' ? 'nextElementSibling' : 'previousElementSibling';
	let next = row?.[sibling];
	if (next?.matches('.more')) next = next[sibling];
	const other = cell && next ? next.children[cell.cellIndex]?.querySelector<HTMLElement>('a[href], button, input, summary') : null;
	if (!other) return;
	event.preventDefault();
	other.focus();
}
