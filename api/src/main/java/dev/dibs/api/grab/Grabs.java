package dev.dibs.api.grab;

import dev.dibs.api.access.Principal;
import dev.dibs.api.gate.Pass;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import reactor.core.publisher.Mono;

/** The way of one grab, for whoever speaks HTTP. */
public interface Grabs {

    /**
     * Grabs one code of the activity.
     *
     * @param requestId null where the client gave none; each such grab is one of its own
     * @param address the client's address as text; only its salted hash is kept
     * @param pass what is brought along for the activity's gate, if it has one
     * @return never an error: what cannot be decided is {@link GrabOutcome.Plain#UNAVAILABLE} or pending
     */
    Mono<GrabOutcome> grab(Principal principal, ActivityId activityId, RequestId requestId, String address, Pass pass);

    /** What became of the user's latest grab of this activity: granted, pending, or none. */
    Mono<GrabOutcome> result(Principal principal, ActivityId activityId);
}
