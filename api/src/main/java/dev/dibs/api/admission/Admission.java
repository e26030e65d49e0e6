package dev.dibs.api.admission;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.api.access.Principal;
import dev.dibs.ids.RequestId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.List;

/** Decides what memory alone can decide. Most of a crowd ends here, without a network hop. */
public final class Admission {

    /** What to do with a grab. */
    public sealed interface Decision {
        /** This very request has been granted before. */
        record AlreadyGranted(Holding holding) implements Decision {}

        /** The user holds all that the limit allows; this is the latest. */
        record LimitReached(Holding latest) implements Decision {}

        enum Plain implements Decision {
            /** Memory knows nothing against it. */
            PROCEED,
            NO_SUCH_ACTIVITY,
            NOT_STARTED,
            ENDED,
            PAUSED,
            NOT_ELIGIBLE,
            /** Who may take part is not known here yet. */
            ELIGIBILITY_UNKNOWN,
            SOLD_OUT
        }
    }

    private Admission() {}

    /**
     * @param activity null where there is none
     * @param account null where the log has nothing of the activity yet
     * @param requestId null where the client gave none
     * @param lists is asked where the activity has a list
     * @param nowMillis epoch milliseconds
     */
    public static Decision decide(
            Activity activity,
            MemoryActivityAccount account,
            Principal principal,
            RequestId requestId,
            Eligibility lists,
            long nowMillis) {
        if (activity == null || activity.state() == ActivityState.DRAFT) {
            return Decision.Plain.NO_SUCH_ACTIVITY;
        }
        List<Holding> holdings = account == null ? List.of() : account.holdings(principal.fingerprint());
        // Before the window: a repeated request gets its answer again, also when the sale is over by now.
        Holding granted = granted(holdings, requestId);
        if (granted != null) {
            return new Decision.AlreadyGranted(granted);
        }
        if (activity.state() == ActivityState.ENDED || nowMillis >= activity.endTime() * 1_000) {
            return Decision.Plain.ENDED;
        }
        if (nowMillis < activity.startTime() * 1_000) {
            return Decision.Plain.NOT_STARTED;
        }
        if (activity.state() == ActivityState.PAUSED) {
            return Decision.Plain.PAUSED;
        }
        Decision refusal = refusal(activity, principal, lists);
        if (refusal != null) {
            return refusal;
        }
        if (!holdings.isEmpty() && holdings.size() >= account.limitPerUser()) {
            return new Decision.LimitReached(holdings.get(holdings.size() - 1));
        }
        if (account != null && account.stock() > 0 && account.remaining() == 0) {
            return Decision.Plain.SOLD_OUT;
        }
        return Decision.Plain.PROCEED;
    }

    /** Null where the caller may take part. The list comes last: who lacks a role or a claim need not wait for it. */
    private static Decision refusal(Activity activity, Principal principal, Eligibility lists) {
        if (!activity.requiredRole().isEmpty() && !principal.has(activity.requiredRole())) {
            return Decision.Plain.NOT_ELIGIBLE;
        }
        Entry entry = activity.entry();
        if (entry.requiredClaim().isPresent()
                && !principal.has(entry.requiredClaim().get())) {
            return Decision.Plain.NOT_ELIGIBLE;
        }
        if (!entry.hasList()) {
            return null;
        }
        return switch (lists.ask(activity, principal.fingerprint())) {
            case LISTED -> null;
            case NOT_LISTED -> Decision.Plain.NOT_ELIGIBLE;
            case UNKNOWN -> Decision.Plain.ELIGIBILITY_UNKNOWN;
        };
    }

    /** Whether this very request holds a ticket. */
    public static boolean isGranted(MemoryActivityAccount account, Principal principal, RequestId requestId) {
        return account != null && granted(account.holdings(principal.fingerprint()), requestId) != null;
    }

    private static Holding granted(List<Holding> holdings, RequestId requestId) {
        if (holdings.isEmpty() || requestId == null) {
            return null;
        }
        Fingerprint request = Fingerprint.of(requestId.value());
        for (Holding holding : holdings) {
            if (holding.request().equals(request)) {
                return holding;
            }
        }
        return null;
    }
}
