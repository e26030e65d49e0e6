package dev.dibs.api.trail;

import dev.dibs.ids.ActivityId;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a route knows of its call that the path does not tell. For ids and kinds of outcomes, and nothing else. */
public final class TrailNotes {
    static final String ACTIVITY = TrailNotes.class.getName() + ".activity";
    static final String TARGET = TrailNotes.class.getName() + ".target";
    static final String OUTCOME = TrailNotes.class.getName() + ".outcome";

    private TrailNotes() {}

    public static void activity(ServerRequest request, ActivityId activityId) {
        request.attributes().put(ACTIVITY, activityId.value());
    }

    /** @param target an id, such as a ticket's */
    public static void target(ServerRequest request, Object target) {
        request.attributes().put(TARGET, target.toString());
    }

    /** @param outcome in a word, such as the kind of a problem */
    public static void outcome(ServerRequest request, String outcome) {
        request.attributes().put(OUTCOME, outcome);
    }

    static String of(Map<String, Object> attributes, String name, String absent) {
        return attributes.get(name) instanceof String text ? text : absent;
    }
}
