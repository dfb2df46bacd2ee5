/** A distribution as its picture needs it: dots on each side of the threshold as one path, and their lists. */
export interface DotPictureData {
	readonly width: number;
	readonly height: number;
	readonly radius: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly ticks: readonly number[];
	readonly limitX: number | null;
	readonly texts: readonly {
		readonly kind: string;
		readonly text: string;
		readonly x: number;
		readonly y: number;
		readonly anchor: 'start' | 'middle' | 'end';
	}[];
	/** Dots that lead to the same list. */
	readonly sides: readonly { readonly side: 'below' | 'reach' | 'all'; readonly path: string; readonly href: string; readonly title: string }[];
	/** Single enterprises, where there are few enough to point at one. */
	readonly single: readonly {
		readonly id: string;
		readonly x: number;
		readonly y: number;
		readonly href: string;
		readonly title: string;
		readonly below: boolean;
	}[];
}
