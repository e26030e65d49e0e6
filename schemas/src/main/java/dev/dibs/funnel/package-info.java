/** Requests and refusals, counted rather than logged one by one. */
package dev.dibs.funnel;
