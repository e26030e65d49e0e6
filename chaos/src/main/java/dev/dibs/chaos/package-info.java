/** Runs Dibs as real processes, breaks what it runs on, and checks what it promised. */
package dev.dibs.chaos;
