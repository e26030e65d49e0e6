/** The configuration of an activity, as the compacted topic {@code dibs.activities} holds it. */
package dev.dibs.activity;
