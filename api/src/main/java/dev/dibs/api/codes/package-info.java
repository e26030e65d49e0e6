/** Codes at rest: the keys that seal them, and the change from one key to the next. */
package dev.dibs.api.codes;
