package dev.dibs.projector.store;

import dev.dibs.activity.Activity;
import java.util.Collection;

/** Activities and their kinds of tickets, as last configured. */
public interface ActivityStore {

    /**
     * Writes these activities; an older version never overwrites a newer one.
     *
     * @param activities no two with the same id
     * @throws StoreException where it is not known whether all was written
     */
    void write(Collection<Activity> activities);
}
