/** The way of one grab, step by step. */
package dev.dibs.api.grab;
