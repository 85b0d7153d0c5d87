declare const redacted: unique symbol;

/**
 * A value that the redactor of `lib/traces` has gone through. Everything that writes or sends takes this type and no
 * other, so that a value which has not been redacted is an error of compilation. Nothing but the redactor makes one.
 */
export type Redacted<T> = T & { readonly [redacted]: true };
