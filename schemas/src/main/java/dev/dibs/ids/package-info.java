/** Typed ids; each validates itself. */
package dev.dibs.ids;
