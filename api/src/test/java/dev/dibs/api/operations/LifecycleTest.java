package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.activity.RequiredClaim;
import dev.dibs.api.operations.ActivityDocument.WindowChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
    private static final Activity DRAFT = ActivityDocumentTest.sound(ActivityDocumentTest.SOUND, DocumentFormat.YAML);

    @ParameterizedTest
    @CsvSource({
        "DRAFT,     PUBLISH, PUBLISHED",
        "PUBLISHED, PUBLISH, kept",
        "PAUSED,    PUBLISH, refused",
        "ENDED,     PUBLISH, refused",
        "DRAFT,     PAUSE,   refused",
        "PUBLISHED, PAUSE,   PAUSED",
        "PAUSED,    PAUSE,   kept",
        "ENDED,     PAUSE,   refused",
        "DRAFT,     RESUME,  refused",
        "PUBLISHED, RESUME,  kept",
        "PAUSED,    RESUME,  PUBLISHED",
        "ENDED,     RESUME,  refused",
        "DRAFT,     END,     refused",
        "PUBLISHED, END,     ENDED",
        "PAUSED,    END,     ENDED",
        "ENDED,     END,     kept",
    })
    void allowsWhatTheStateAllows(ActivityState state, Change change, String expected) {
        Decision decision = Lifecycle.change(DRAFT.withState(state), change, 1);

        assertThat(describe(decision)).isEqualTo(expected);
    }

    @Test
    void everyChangeOfAStateCountsTheVersionUp() {
        Decision decision = Lifecycle.change(DRAFT, Change.PUBLISH, 1);

        assertThat(decision).isEqualTo(new Decision.Save(DRAFT.withState(ActivityState.PUBLISHED)));
    }

    @Test
    void aRefusalNamesTheStateAndWhatIsAllowed() {
        Decision decision = Lifecycle.change(DRAFT.withState(ActivityState.PAUSED), Change.PUBLISH, 1);

        Problem problem = ((Decision.Refuse) decision).problem();
        assertThat(problem.status().value()).isEqualTo(409);
        assertThat(problem.members())
                .containsEntry("state", "PAUSED")
                .containsEntry("allowed", List.of("change-window", "add-codes", "resume", "end"));
    }

    @Test
    void nothingIsPublishedWithoutCodes() {
        Decision decision = Lifecycle.change(DRAFT, Change.PUBLISH, 0);

        assertThat(((Decision.Refuse) decision).problem().kind()).isEqualTo("no-stock");
    }

    @Test
    void theWindowChangesUntilTheEnd() {
        WindowChange later = new WindowChange(null, DRAFT.endTime() + 60);
        for (ActivityState state : List.of(ActivityState.DRAFT, ActivityState.PUBLISHED, ActivityState.PAUSED)) {
            Activity activity = DRAFT.withState(state);
            Decision decision = Lifecycle.changeWindow(activity, later);

            Activity saved = ((Decision.Save) decision).activity();
            assertThat(saved.endTime()).isEqualTo(DRAFT.endTime() + 60);
            assertThat(saved.version()).isEqualTo(activity.version() + 1);
            assertThat(saved.state()).isEqualTo(state);
        }
        assertThat(describe(Lifecycle.changeWindow(DRAFT.withState(ActivityState.ENDED), later)))
                .isEqualTo("refused");
    }

    @Test
    void aWindowThatIsNoneIsRefusedByField() {
        Decision decision = Lifecycle.changeWindow(DRAFT, new WindowChange(DRAFT.endTime() + 1, null));

        assertThat(((Decision.Refuse) decision).problem().status().value()).isEqualTo(400);
    }

    @Test
    void theSameWindowAgainChangesNothing() {
        assertThat(Lifecycle.changeWindow(DRAFT, new WindowChange(DRAFT.startTime(), null)))
                .isEqualTo(new Decision.Keep(DRAFT));
    }

    @Test
    void creatingTheSameAgainKeepsWhatHasBecomeOfIt() {
        Activity published = DRAFT.withState(ActivityState.PUBLISHED);

        assertThat(Lifecycle.create(null, DRAFT)).isEqualTo(new Decision.Save(DRAFT));
        assertThat(Lifecycle.create(published, Lifecycle.startingAt(DRAFT, 99)))
                .isEqualTo(new Decision.Keep(published));
        assertThat(describe(Lifecycle.create(
                        DRAFT, ((Decision.Save) Lifecycle.changeWindow(DRAFT, new WindowChange(1L, null))).activity())))
                .isEqualTo("refused");
    }

    @Test
    void noChangeLosesWhoMayTakePart() {
        Entry entry = new Entry(
                Optional.of(new RequiredClaim("department", "sales")),
                "2-0123456789abcdef0123456789abcdef",
                new Gate(60, 16));
        Activity draft = DRAFT.withEntry(entry);
        Activity published = draft.withState(ActivityState.PUBLISHED);

        assertThat(saved(Lifecycle.changeWindow(draft, new WindowChange(1L, null))))
                .isEqualTo(entry);
        assertThat(saved(Lifecycle.change(draft, Change.PUBLISH, 1))).isEqualTo(entry);
        assertThat(saved(Lifecycle.change(published, Change.PAUSE, 1))).isEqualTo(entry);
        assertThat(saved(Lifecycle.change(published.withState(ActivityState.PAUSED), Change.RESUME, 1)))
                .isEqualTo(entry);
        assertThat(Lifecycle.startingAt(draft, 9).entry()).isEqualTo(entry);
    }

    @Test
    void aListIsNoPartOfTheDocumentAndAGateIs() {
        Activity listed = DRAFT.withEntry(Entry.OPEN.withList("2-0123456789abcdef0123456789abcdef"));
        Activity gated = DRAFT.withEntry(new Entry(Optional.empty(), "", new Gate(60, 0)));

        assertThat(Lifecycle.create(listed, DRAFT)).isEqualTo(new Decision.Keep(listed));
        assertThat(describe(Lifecycle.create(gated, DRAFT))).isEqualTo("refused");
    }

    private static Entry saved(Decision decision) {
        return ((Decision.Save) decision).activity().entry();
    }

    private static String describe(Decision decision) {
        if (decision instanceof Decision.Save save) {
            return save.activity().state().name();
        }
        return decision instanceof Decision.Keep ? "kept" : "refused";
    }
}
