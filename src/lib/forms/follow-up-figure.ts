/** A figure of the list of outliers as it stands in an address and in a form. Apart from the form that reads it, so that a page brings no checking library. */
export function figureText(designationId: string, metric: string): string {
	return `${designationId}.${metric}`;
}
