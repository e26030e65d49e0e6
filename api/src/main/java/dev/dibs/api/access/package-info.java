/** Who is calling: tokens and roles. */
package dev.dibs.api.access;
