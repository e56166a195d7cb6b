/**
 * What a vector's input and answer are made of.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
