package dev.dibs.api.statistics;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.funnel.GrabAnswer;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.SecondStats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sale as it stands: what the ledger knows at this moment, and what the stream-processor has counted, with how old that
 * is. Pure.
 */
final class LiveView {
    private final Activity activity;
    private final MemoryActivityAccount account;
    private final Statistics statistics;
    private final double perSecond;
    private final long now;

    /**
     * @param account null where this instance has none
     * @param perSecond codes given out in a second
     * @param now epoch milliseconds
     */
    LiveView(Activity activity, MemoryActivityAccount account, Statistics statistics, double perSecond, long now) {
        this.activity = activity;
        this.account = account;
        this.statistics = statistics;
        this.perSecond = perSecond;
        this.now = now;
    }

    /** How far the sale is; a change of it is told at once. */
    enum Phase {
        DRAFT,
        UPCOMING,
        ON_SALE,
        PAUSED,
        SOLD_OUT,
        OVER;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    Phase phase() {
        if (activity.state() == ActivityState.DRAFT) {
            return Phase.DRAFT;
        } else if (activity.state() == ActivityState.ENDED || now >= activity.endTime() * 1_000) {
            return Phase.OVER;
        } else if (now < activity.startTime() * 1_000) {
            return Phase.UPCOMING;
        } else if (isSoldOut()) {
            return Phase.SOLD_OUT;
        }
        return activity.state() == ActivityState.PAUSED ? Phase.PAUSED : Phase.ON_SALE;
    }

    private boolean isSoldOut() {
        return account != null && account.stock() > 0 && account.remaining() == 0;
    }

    /** As JSON; what is not known is null. */
    Map<String, Object> json() {
        ActivityStats totals = statistics.totals();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", activity.activityId().value());
        json.put("phase", phase().label());
        json.put("at_ms", now);
        json.put("start_time", activity.startTime());
        json.put("end_time", activity.endTime());
        json.putAll(stock());
        json.put("granted_per_second", Math.round(perSecond * 10) / 10.0);
        json.put("sell_out", sellOut());
        json.put("redeemed", totals == null ? null : totals.redeemed());
        json.put("revoked", totals == null ? null : totals.revoked());
        json.put("first_winner_ms", totals == null || totals.granted() == 0 ? null : totals.firstGrabbedAt());
        json.put("last_winner_ms", totals == null || totals.granted() == 0 ? null : totals.lastGrabbedAt());
        json.put("requests", totals == null ? null : totals.requests());
        json.put("answers", totals == null ? null : totals.answers());
        json.put("waits_ms", totals == null ? null : distribution(totals.waits()));
        json.put("fairness", totals == null ? null : fairness(totals.fairness()));
        json.put("refused_addresses", totals == null ? null : addresses(totals.refusedAddresses()));
        json.put(
                "unlisted_address_at_most",
                totals == null ? null : totals.refusedAddresses().unlistedAtMost());
        json.put("seconds", statistics.seconds().stream().map(LiveView::second).toList());
        json.put("statistics", age());
        return json;
    }

    private Map<String, Object> stock() {
        Map<String, Object> json = new LinkedHashMap<>();
        ActivityStats totals = statistics.totals();
        if (account == null) {
            // This instance has forgotten who holds what: the last that was counted is all there is.
            json.put("stock", totals == null ? null : totals.stock());
            json.put("granted", totals == null ? null : totals.granted());
            json.put("remaining", totals == null ? null : totals.remaining());
            json.put("conservation", null);
            return json;
        }
        // One after the other, while others grab: numbers that belong together are read together.
        int stock;
        int granted;
        int reached;
        synchronized (account) {
            stock = account.stock();
            granted = account.granted();
            reached = account.highestUsed() + 1;
        }
        json.put("stock", stock);
        json.put("granted", granted);
        json.put("remaining", stock - granted);
        json.put("conservation", ordered("issued", granted, "open", reached - granted, "unreached", stock - reached));
        return json;
    }

    private Map<String, Object> sellOut() {
        ActivityStats totals = statistics.totals();
        Long at = null;
        Double took = null;
        Double expected = null;
        if (isSoldOut()) {
            if (totals != null && totals.granted() == account.granted()) {
                at = totals.lastGrabbedAt();
                took = Math.max(0, totals.lastGrabbedAt() - activity.startTime() * 1_000) / 1e3;
            }
        } else if (account != null && phase() == Phase.ON_SALE && perSecond > 0) {
            expected = Math.round(account.remaining() / perSecond * 10) / 10.0;
        }
        return ordered("sold_out_at_ms", at, "took_seconds", took, "expected_in_seconds", expected);
    }

    private Map<String, Object> age() {
        ActivityStats totals = statistics.totals();
        if (totals == null) {
            return null;
        }
        Long behind = account == null ? null : Math.max(0, account.granted() - totals.granted());
        return ordered(
                "written_ms",
                statistics.writtenAt(),
                "age_ms",
                Math.max(0, now - statistics.writtenAt()),
                "grants_behind",
                behind);
    }

    private static Map<String, Object> second(SecondStats second) {
        long refused = second.answers().entrySet().stream()
                .filter(answer -> GrabAnswer.isRefusal(answer.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return ordered(
                "second",
                second.second(),
                "granted",
                second.granted(),
                "requests",
                second.requests(),
                "refused",
                refused);
    }

    private static Map<String, Object> fairness(Fairness fairness) {
        Map<String, Object> json = ordered(
                "measured",
                fairness.measured(),
                "inversions",
                fairness.inversions(),
                "overtaken",
                fairness.overtaken());
        json.put("exact", fairness.isExact());
        json.put("unplaced", fairness.unplaced());
        json.put("overtaken_far", fairness.overtakenFar());
        json.put("places_lost", distribution(fairness.placesLost()));
        json.put("ms_lost", distribution(fairness.millisLost()));
        return json;
    }

    private static Map<String, Object> distribution(Distribution values) {
        Map<String, Object> json = ordered("count", values.count(), "p50", values.p50(), "p95", values.p95());
        json.put("p99", values.p99());
        json.put("max", values.max());
        return json;
    }

    private static List<Map<String, Object>> addresses(TopAddresses addresses) {
        return addresses.list().stream()
                .map(refused -> ordered(
                        "address_hash",
                        refused.addressHash(),
                        "at_least",
                        refused.atLeast(),
                        "at_most",
                        refused.atMost()))
                .toList();
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return json;
    }
}
