/** An operator's call that is repeated under the same {@code Idempotency-Key} is carried out once. */
package dev.dibs.api.idempotency;
