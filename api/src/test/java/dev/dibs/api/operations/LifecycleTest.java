package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.activity.Lifespan;
import dev.dibs.activity.RequiredClaim;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
    private static final Activity DRAFT = ActivityDocumentTest.sound(ActivityDocumentTest.SOUND, DocumentFormat.YAML);
    private static final long NOW = (DRAFT.startTime() + 5) * 1_000;

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
        Decision decision = Lifecycle.change(DRAFT.withState(state), change, 1, NOW);

        assertThat(
                        decision instanceof Decision.Save save
                                ? save.activity().state().name()
                                : describe(decision))
                .isEqualTo(expected);
    }

    @Test
    void everyChangeOfAStateCountsTheVersionUp() {
        Decision decision = Lifecycle.change(DRAFT, Change.PUBLISH, 1, NOW);

        assertThat(decision).isEqualTo(new Decision.Save(DRAFT.withState(ActivityState.PUBLISHED)));
    }

    @Test
    void aRefusalNamesTheStateAndWhatIsAllowed() {
        Decision decision = Lifecycle.change(DRAFT.withState(ActivityState.PAUSED), Change.PUBLISH, 1, NOW);

        Problem problem = ((Decision.Refuse) decision).problem();
        assertThat(problem.status().value()).isEqualTo(409);
        assertThat(problem.members())
                .containsEntry("state", "PAUSED")
                .containsEntry("allowed", List.of("change", "extend", "add-codes", "resume", "end"));
    }

    @Test
    void aSaleThatIsEndedIsOverTenMinutesLaterWhateverEndWasPlanned() {
        Activity published = DRAFT.withState(ActivityState.PUBLISHED);
        long later = NOW + 1_000 + Lifespan.AFTERCARE.toMillis();

        Activity ended = ended(published, NOW);

        assertThat(Lifespan.isSaleOver(published.withState(ActivityState.ENDED), later))
                .as("with the end that was planned")
                .isFalse();
        assertThat(Lifespan.isSaleOver(ended, NOW + Lifespan.AFTERCARE.toMillis()))
                .isFalse();
        assertThat(Lifespan.isSaleOver(ended, later)).isTrue();
        assertThat(ended.startTime()).isEqualTo(published.startTime());
        assertThat(ended.version()).isEqualTo(published.version() + 1);
    }

    @Test
    void aSaleThatIsEndedBeforeItsStartIsOverAsSoon() {
        long now = (DRAFT.startTime() - 86_400) * 1_000;

        Activity ended = ended(DRAFT.withState(ActivityState.PUBLISHED), now);

        assertThat(ended.startTime()).isEqualTo(now / 1_000);
        assertThat(ended.endTime()).isEqualTo(now / 1_000 + 1);
    }

    @Test
    void anEndThatHasPassedStays() {
        Activity ended = ended(DRAFT.withState(ActivityState.PUBLISHED), (DRAFT.endTime() + 60) * 1_000);

        assertThat(ended.endTime()).isEqualTo(DRAFT.endTime());
    }

    @Test
    void endingOnceMoreChangesNothing() {
        Activity ended = ended(DRAFT.withState(ActivityState.PUBLISHED), NOW);

        assertThat(Lifecycle.change(ended, Change.END, 1, NOW + 60_000)).isEqualTo(new Decision.Keep(ended));
    }

    private static Activity ended(Activity activity, long nowMillis) {
        return ((Decision.Save) Lifecycle.change(activity, Change.END, 1, nowMillis)).activity();
    }

    @Test
    void nothingIsPublishedWithoutCodes() {
        Decision decision = Lifecycle.change(DRAFT, Change.PUBLISH, 0, NOW);

        assertThat(((Decision.Refuse) decision).problem().kind()).isEqualTo("no-stock");
    }

    @ParameterizedTest
    @CsvSource({
        // what is changed,              DRAFT, open,    begun,   ENDED
        "'{\"name\": \"Other\"}',          saved, saved,   saved,   saved",
        "'{\"desc\": null}',               saved, saved,   saved,   saved",
        "'{\"image\": \"\"}',              saved, saved,   saved,   saved",
        "'{\"start_time\": 1796126401}',   saved, saved,   refused, refused",
        "'{\"end_time\": 1796130001}',     saved, saved,   saved,   refused",
        "'{\"end_time\": 1796126402}',     saved, saved,   refused, refused",
        "'{\"limit_per_user\": 3}',        saved, saved,   saved,   refused",
        "'{\"limit_per_user\": 1}',        saved, saved,   saved,   refused",
        "'{\"required_role\": null}',      saved, saved,   saved,   refused",
        "'{\"id\": \"another\"}',          refused, refused, refused, refused",
        "'{\"name\": \"Movie Night\"}',    kept,  kept,    kept,    kept",
    })
    void whatMayChangeDependsOnTheState(String patch, String draft, String open, String begun, String ended) {
        long before = (DRAFT.startTime() - 1) * 1_000;
        long after = (DRAFT.startTime() + 5) * 1_000;

        assertThat(describe(edited(DRAFT, patch, after))).isEqualTo(draft);
        assertThat(describe(edited(DRAFT.withState(ActivityState.PUBLISHED), patch, before)))
                .isEqualTo(open);
        assertThat(describe(edited(DRAFT.withState(ActivityState.PAUSED), patch, after)))
                .isEqualTo(begun);
        assertThat(describe(edited(DRAFT.withState(ActivityState.ENDED), patch, after)))
                .isEqualTo(ended);
    }

    @Test
    void aChangeIsTheNextVersionInTheSameStateAtTheSamePlaceInTheLog() {
        Activity current = Lifecycle.startingAt(DRAFT, 42).withState(ActivityState.PAUSED);

        Activity saved = ((Decision.Save) edited(current, "{\"limit_per_user\": 7}", 0)).activity();

        assertThat(saved.limitPerUser()).isEqualTo(7);
        assertThat(saved.version()).isEqualTo(current.version() + 1);
        assertThat(saved.state()).isEqualTo(ActivityState.PAUSED);
        assertThat(saved.logStart()).isEqualTo(42);
        assertThat(saved.tickets()).isEqualTo(current.tickets());
    }

    @Test
    void ticketsGetOtherTextsAndMoreKindsButLoseNone() {
        String later = "{\"kind\": \"standard\", \"name\": \"Seat\", \"start_time\": 1, \"end_time\": 1796900000}";
        String premium = "{\"kind\": \"premium\", \"name\": \"Box\", \"start_time\": 1, \"end_time\": 2}";
        Activity ended = DRAFT.withState(ActivityState.ENDED);

        assertThat(describe(edited(ended, "{\"tickets\": [" + later + "," + premium + "]}", 0)))
                .isEqualTo("saved");
        Problem problem = ((Decision.Refuse) edited(DRAFT, "{\"tickets\": [" + premium + "]}", 0)).problem();
        assertThat(problem.kind()).isEqualTo("not-changeable");
        assertThat(problem.detail()).contains("kind 'standard' is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLISHED, 1796130060,     , saved",
        "PAUSED,    1796130060,     , saved",
        "DRAFT,     1796130060,     , refused",
        "ENDED,     1796130060,     , refused",
        "PUBLISHED, 1796130000,     , kept",
        "PUBLISHED, 1796129999,     , refused",
        "PUBLISHED,           ,   60, saved",
        "PUBLISHED, 32503680001,    , refused",
    })
    void aSaleIsExtendedButNeverCut(ActivityState state, Long endTime, Integer seconds, String expected) {
        Activity activity = DRAFT.withState(state);

        Decision decision = Lifecycle.extend(activity, new Extension(endTime, seconds), 0);

        assertThat(describe(decision)).isEqualTo(expected);
        if (decision instanceof Decision.Save save) {
            assertThat(save.activity().endTime()).isEqualTo(1796130060);
            assertThat(save.activity().version()).isEqualTo(activity.version() + 1);
        }
    }

    @Test
    void anEndThatHasPassedIsNoExtension() {
        Activity published = DRAFT.withState(ActivityState.PUBLISHED);

        assertThat(describe(Lifecycle.extend(published, new Extension(null, 60), (DRAFT.endTime() + 60) * 1_000)))
                .isEqualTo("refused");
    }

    @Test
    void creatingTheSameAgainKeepsWhatHasBecomeOfIt() {
        Activity published = DRAFT.withState(ActivityState.PUBLISHED);

        assertThat(Lifecycle.create(null, DRAFT)).isEqualTo(new Decision.Save(DRAFT));
        assertThat(Lifecycle.create(published, Lifecycle.startingAt(DRAFT, 99)))
                .isEqualTo(new Decision.Keep(published));
        assertThat(describe(
                        Lifecycle.create(DRAFT, ((Decision.Save) edited(DRAFT, "{\"start_time\": 1}", 0)).activity())))
                .isEqualTo("refused");
    }

    @Test
    void creatingTheSameAgainKeepsItAlsoWhenItsWindowWasEnded() {
        Activity published = DRAFT.withState(ActivityState.PUBLISHED);
        long during = (DRAFT.startTime() + 1) * 1_000;
        Activity ended = ((Decision.Save) Lifecycle.change(published, Change.END, 1, during)).activity();

        assertThat(ended.endTime()).isLessThan(DRAFT.endTime());
        assertThat(Lifecycle.create(ended, DRAFT)).isEqualTo(new Decision.Keep(ended));
    }

    @Test
    void noChangeLosesWhoMayTakePart() {
        Entry entry = new Entry(
                Optional.of(new RequiredClaim("department", "sales")),
                "2-0123456789abcdef0123456789abcdef",
                new Gate(60, 16));
        Activity draft = DRAFT.withEntry(entry);
        Activity published = draft.withState(ActivityState.PUBLISHED);

        assertThat(saved(edited(draft, "{\"start_time\": 1, \"name\": \"Another\"}", 0)))
                .isEqualTo(entry);
        assertThat(saved(Lifecycle.change(draft, Change.PUBLISH, 1, NOW))).isEqualTo(entry);
        assertThat(saved(Lifecycle.change(published, Change.PAUSE, 1, NOW))).isEqualTo(entry);
        assertThat(saved(Lifecycle.change(published.withState(ActivityState.PAUSED), Change.RESUME, 1, NOW)))
                .isEqualTo(entry);
        assertThat(Lifecycle.startingAt(draft, 9).entry()).isEqualTo(entry);
    }

    @Test
    void aGateCanBePutUpDuringTheSaleAndTheListStays() {
        Entry listed = Entry.OPEN.withList("2-0123456789abcdef0123456789abcdef");
        Activity published = DRAFT.withEntry(listed).withState(ActivityState.PUBLISHED);

        Entry gated = saved(edited(published, "{\"gate\": {\"grab_ticket\": true}}", 0));

        assertThat(gated).isEqualTo(new Entry(Optional.empty(), listed.eligibilityList(), new Gate(60, 0)));
        assertThat(saved(edited(published.withEntry(gated), "{\"gate\": null}", 0)))
                .isEqualTo(listed);
        assertThat(describe(edited(published.withState(ActivityState.ENDED), "{\"gate\": {\"grab_ticket\": true}}", 0)))
                .isEqualTo("refused");
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
        if (decision instanceof Decision.Save) {
            return "saved";
        }
        return decision instanceof Decision.Keep ? "kept" : "refused";
    }

    private static Decision edited(Activity current, String patch, long nowMillis) {
        Reading<ActivityChange> change =
                ActivityChange.read(patch.getBytes(StandardCharsets.UTF_8), DocumentFormat.JSON);
        Reading<Activity> wanted =
                ((Reading.Sound<ActivityChange>) change).value().appliedTo(current);
        return Lifecycle.edit(current, ((Reading.Sound<Activity>) wanted).value(), nowMillis);
    }
}
