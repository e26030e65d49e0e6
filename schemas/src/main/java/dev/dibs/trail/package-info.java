/** The audit trail: who did what, and when. */
package dev.dibs.trail;
