package dev.dibs.api.statistics;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryActivityAccount;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together what is known of an activity at this moment. Never waits. */
final class LiveViews {
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final StatisticsTable table;
    private final GrantRates rates;
    private final Clock clock;

    LiveViews(Catalogue catalogue, LedgerView ledger, StatisticsTable table, GrantRates rates, Clock clock) {
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.table = table;
        this.rates = rates;
        this.clock = clock;
    }

    /** Null where there is no such activity. */
    LiveView of(ActivityId activityId) {
        Activity activity = catalogue.find(activityId);
        if (activity == null) {
            return null;
        }
        return new LiveView(
                activity,
                ledger.account(activityId),
                table.of(activityId),
                rates.perSecond(activityId),
                clock.millis());
    }

    /** To be called once a second. */
    void look() {
        long now = clock.millis();
        Set<ActivityId> selling = catalogue.all().stream()
                .filter(activity -> activity.state() == ActivityState.PUBLISHED)
                .filter(activity -> activity.startTime() * 1_000 <= now && !Lifespan.isSaleOver(activity, now))
                .map(Activity::activityId)
                .collect(Collectors.toSet());
        rates.look(selling, this::granted, now);
        table.tidy();
    }

    private int granted(ActivityId activityId) {
        MemoryActivityAccount account = ledger.account(activityId);
        return account == null ? 0 : account.granted();
    }
}
