/** Forms that were sent and have no answer yet: the line at the head of the page shows while there are any. */
export const posts = $state({ waiting: 0 });
