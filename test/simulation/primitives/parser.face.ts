/** Stands where the SDK expects the socket's parser: lines of a life carry values as they are. */
export const protocol = 5;
