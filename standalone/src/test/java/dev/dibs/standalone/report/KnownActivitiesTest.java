package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.ids.ActivityId;
import dev.dibs.standalone.console.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnownActivitiesTest {
    private static final Activity EXAMPLE =
            GeneratedSale.ofAThousand("Movie Night", 1).activity();

    private final KnownActivities activities = new KnownActivities(new ActivityId("movie-night"));

    @Test
    void theLatestVersionCountsAndOfTwoTheFirst() {
        add(EXAMPLE);
        Activity paused = EXAMPLE.withState(ActivityState.PAUSED);
        add(paused);
        add(EXAMPLE.withState(ActivityState.ENDED));
        add(EXAMPLE);

        assertThat(activities.wanted()).isEqualTo(paused);
    }

    @Test
    void anUnknownActivityIsAnErrorThatListsThoseThereAre() {
        for (int i = 0; i < 1_000; i++) {
            activities.add(bytes("sale-%03d".formatted(i)), bytes("{}"));
        }

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(activities::wanted)
                .withMessageStartingWith("there is no activity movie-night; there is sale-000, sale-001, ")
                .withMessageEndingWith("sale-019 and more");
    }

    @Test
    void whereThereIsNoneThatIsSaid() {
        activities.add(bytes("removed"), null);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(activities::wanted)
                .withMessage("there is no activity movie-night, nor any other");
    }

    @Test
    void oneThatCannotBeReadIsAnErrorThatNamesTheField() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> activities.add(bytes("movie-night"), bytes("{\"schemaVersion\":1}")))
                .withMessageContaining("movie-night")
                .withMessageContaining("tickets");
    }

    private void add(Activity activity) {
        activities.add(bytes(activity.activityId().value()), ActivityCodec.encode(activity));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
