package dev.dibs.projector.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store of activities promises. Each test begins with an empty database. */
public abstract class ActivityStoreContract {
    protected abstract ActivityStore store();

    protected abstract Map<String, Map<String, Object>> activities();

    protected abstract Map<String, Map<String, Object>> tickets();

    @Test
    void anActivityIsWrittenWithAllItsFields() {
        // When
        store().write(List.of(activity("movie-night", 1, "seat")));

        // Then
        assertThat(activities())
                .containsExactly(Map.entry(
                        "movie-night",
                        Map.ofEntries(
                                Map.entry("_id", "movie-night"),
                                Map.entry("name", "version 1"),
                                Map.entry("description", "d"),
                                Map.entry("image", "i"),
                                Map.entry("startTime", 100L),
                                Map.entry("endTime", 200L),
                                Map.entry("limitPerUser", 2),
                                Map.entry("requiredRole", "member"),
                                Map.entry("state", "PUBLISHED"),
                                Map.entry("version", 1L),
                                Map.entry("logStart", 50L))));
        assertThat(tickets())
                .containsExactly(Map.entry(
                        "movie-night:seat",
                        Map.of(
                                "_id", "movie-night:seat",
                                "activityId", "movie-night",
                                "ticketKind", "seat",
                                "name", "version 1",
                                "description", "td",
                                "image", "ti",
                                "startTime", 300L,
                                "endTime", 400L,
                                "version", 1L)));
    }

    @Test
    void aNewerVersionReplacesAnOlderOne() {
        // Given
        store().write(List.of(activity("a", 1, "seat", "box")));

        // When
        store().write(List.of(activity("a", 3, "seat", "lodge")));

        // Then
        assertThat(activities().get("a")).containsEntry("name", "version 3");
        assertThat(tickets()).containsOnlyKeys("a:seat", "a:lodge");
        assertThat(tickets().get("a:seat")).containsEntry("name", "version 3");
    }

    @Test
    void anOlderVersionNeverOverwritesANewerOne() {
        // Given
        store().write(List.of(activity("a", 3, "seat")));

        // When
        store().write(List.of(activity("b", 1, "seat"), activity("a", 2, "seat")));

        // Then
        assertThat(activities().get("a")).containsEntry("name", "version 3");
        assertThat(tickets().get("a:seat")).containsEntry("name", "version 3");
        assertThat(activities()).as("the others of the same write").containsKey("b");
        assertThat(tickets()).containsKey("b:seat");
    }

    @Test
    void writingAgainChangesNothing() {
        // Given
        List<Activity> activities = List.of(activity("a", 2, "seat", "box"), activity("b", 1, "seat"));
        store().write(activities);
        Map<String, Map<String, Object>> once = activities();
        Map<String, Map<String, Object>> onceTickets = tickets();

        // When
        store().write(activities);

        // Then
        assertThat(activities()).hasSize(2).isEqualTo(once);
        assertThat(tickets()).hasSize(3).isEqualTo(onceTickets);
    }

    private static Activity activity(String id, long version, String... kinds) {
        List<TicketType> tickets = Stream.of(kinds)
                .map(kind -> new TicketType(new TicketKind(kind), "version " + version, "td", "ti", 300, 400))
                .toList();
        return new Activity(
                new ActivityId(id),
                "version " + version,
                "d",
                "i",
                100,
                200,
                2,
                "member",
                tickets,
                ActivityState.PUBLISHED,
                version,
                50,
                Entry.OPEN);
    }
}
