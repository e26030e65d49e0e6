/** At the door: a code is redeemed once, a ticket revoked, and the log decides which press was first. */
package dev.dibs.api.door;
