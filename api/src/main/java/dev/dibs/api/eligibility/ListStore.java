package dev.dibs.api.eligibility;

import dev.dibs.ids.ActivityId;
import reactor.core.publisher.Mono;

/** Where lists are kept. A list of a given name never changes; another one gets another name. */
interface ListStore {

    /** Writes the whole list; doing it again mends what may be missing of it. */
    Mono<Void> write(ActivityId activityId, String list, AccountSet accounts);

    /** How many accounts the list has; empty where there is none. */
    Mono<Integer> size(ActivityId activityId, String list);

    /** The list, checked against the hash in its name; a {@link LostListException} where it is not whole. */
    Mono<AccountSet> read(ActivityId activityId, String list);

    /** Deletes the list, if there is one. */
    Mono<Void> delete(ActivityId activityId, String list);
}
