/**
 * Whether this page is a shared post: it was opened at the post's own address, and stays one for as
 * long as it stands. A post keeps nothing beyond its memory, so its address never changes either.
 */
export const POST_PATH = '/poste';

export const isPost = location.pathname === POST_PATH;
