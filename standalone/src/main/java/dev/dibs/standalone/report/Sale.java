package dev.dibs.standalone.report;

import dev.dibs.activity.Activity;
import dev.dibs.measures.Spread;
import dev.dibs.results.ActivityStats;
import java.util.Map;

/**
 * All that the topics of statistics tell about one sale.
 *
 * @param waits of winners from arrival to answer, milliseconds; older than what its topic keeps is not in it
 * @param unreadable records that could not be read and are in none of the figures
 * @param readTo where the reading ended: the next offset of each partition, by its name
 */
record Sale(
        Activity activity,
        ActivityStats totals,
        Seconds seconds,
        Spread waits,
        Alarms alarms,
        long unreadable,
        Map<String, Long> readTo) {}
