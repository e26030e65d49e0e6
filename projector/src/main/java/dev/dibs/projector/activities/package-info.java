/** From the topic of activities to their collections, and to where folding the log must begin. */
package dev.dibs.projector.activities;
