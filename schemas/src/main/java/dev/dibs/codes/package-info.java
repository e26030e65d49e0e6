/** Codes at rest: sealed where they are stored, and found by a keyed fingerprint. */
package dev.dibs.codes;
