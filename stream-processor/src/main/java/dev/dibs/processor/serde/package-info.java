/** How the state stores keep values: short, fixed binary forms. */
package dev.dibs.processor.serde;
