/**
 * What a picture of links does beyond its links: left and right go along its marks in order, and a note says what the one that is pointed at or focused
 * means, until Esc. Without it the marks are links with titles.
 */
export function chartKeys(svg: SVGSVGElement): () => void {
	let note: HTMLElement | null = null;
	const markAt = (target: EventTarget | null): SVGAElement | null => (target instanceof Element ? target.closest<SVGAElement>('a') : null);
	const hide = () => {
		note?.remove();
		note = null;
	};
	const show = ({ target }: Event) => {
		const mark = markAt(target);
		hide();
		if (!mark) return;
		// Said once: the mark's name is its label, and the browser's own note would lie over this one.
		mark.querySelector('title')?.remove();
		note = document.createElement('div');
		note.className = 'chart-note';
		note.ariaHidden = 'true';
		note.textContent = mark.getAttribute('aria-label');
		document.body.append(note);
		const [at, own] = [mark.getBoundingClientRect(), note.getBoundingClientRect()];
		const left = Math.min(Math.max(8, at.left + at.width / 2 - own.width / 2), innerWidth - own.width - 8);
		note.style.left = `${left + scrollX}px`;
		note.style.top = `${(at.top > own.height + 8 ? at.top - own.height - 4 : at.bottom + 4) + scrollY}px`;
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key === 'Escape' && note) {
			event.preventDefault();
			return hide();
		}
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		const mark = markAt(event.target);
		if (!step || !mark || event.altKey || event.ctrlKey || event.metaKey) return;
		event.preventDefault();
		const marks = [...svg.querySelectorAll<SVGAElement>('a')];
		marks[marks.indexOf(mark) + step]?.focus();
	};
	svg.addEventListener('focusin', show);
	svg.addEventListener('mouseover', show);
	svg.addEventListener('focusout', hide);
	svg.addEventListener('mouseleave', hide);
	svg.addEventListener('keydown', keys);
	// Its listeners go with it.
	return hide;
}
