package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.ids.ActivityId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The activities that buyers can take part in now or soon, by start and then by id. Reads never wait. */
public final class ActivityListing {
    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::startTime).thenComparing(Place::id);

    private record Place(long startTime, String id) {
        static Place of(Activity activity) {
            return new Place(activity.startTime(), activity.activityId().value());
        }
    }

    /**
     * A part of the list.
     *
     * @param lastId where the next part begins, empty where this one is empty
     */
    public record Page(List<Activity> activities, boolean hasMore, String lastId) {}

    private final NavigableMap<Place, Activity> listed = new ConcurrentSkipListMap<>(ORDER);
    /** Where each activity stands; only the catalogue's thread uses it. */
    private final Map<ActivityId, Place> places = new HashMap<>();

    public ActivityListing(Catalogue catalogue) {
        catalogue.onChange(this::changed);
    }

    private void changed(Activity activity) {
        Place old = places.remove(activity.activityId());
        if (activity.state() == ActivityState.PUBLISHED || activity.state() == ActivityState.PAUSED) {
            Place place = Place.of(activity);
            places.put(activity.activityId(), place);
            listed.put(place, activity);
            if (place.equals(old)) {
                return;
            }
        }
        if (old != null) {
            listed.remove(old);
        }
    }

    /**
     * @param pageNum from 1
     * @param now epoch seconds
     */
    public Page page(int pageNum, int pageSize, long now) {
        return page(listed, (pageNum - 1L) * pageSize, pageSize, now);
    }

    /**
     * @param lastId of the page before
     * @param now epoch seconds
     * @throws IllegalArgumentException where no page has had this lastId
     */
    public Page after(String lastId, int pageSize, long now) {
        return page(listed.tailMap(decode(lastId), false), 0, pageSize, now);
    }

    private static Page page(Map<Place, Activity> from, long skip, int pageSize, long now) {
        List<Activity> page = new ArrayList<>();
        long toSkip = skip;
        for (Activity activity : from.values()) {
            if (activity.endTime() <= now) {
                continue;
            }
            if (toSkip > 0) {
                toSkip--;
            } else if (page.size() == pageSize) {
                return new Page(page, true, lastId(page));
            } else {
                page.add(activity);
            }
        }
        return new Page(page, false, lastId(page));
    }

    private static String lastId(List<Activity> page) {
        return page.isEmpty() ? "" : encode(Place.of(page.get(page.size() - 1)));
    }

    private static String encode(Place place) {
        String text = place.startTime + ":" + place.id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Place decode(String lastId) {
        String text = new String(Base64.getUrlDecoder().decode(lastId), StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not a lastId of this list");
        }
        return new Place(Long.parseLong(text.substring(0, colon)), new ActivityId(text.substring(colon + 1)).value());
    }
}
