/** How the figures in docs/performance.md are made: a yardstick, the scenarios, and what drives them. */
package dev.dibs.benchmarks;
