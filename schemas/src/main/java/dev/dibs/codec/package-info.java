/** JSON of what the topics carry, and the CloudEvents headers beside it. */
package dev.dibs.codec;
