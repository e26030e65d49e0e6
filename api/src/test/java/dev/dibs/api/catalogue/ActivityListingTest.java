package dev.dibs.api.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.catalogue.ActivityListing.Page;
import dev.dibs.ids.ActivityId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityListingTest {
    private static final long NOW = 1_000;

    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final ActivityListing listing = new ActivityListing(catalogue);

    @Test
    void listsWhatCanBeTakenPartInNowOrSoon() {
        save("running", ActivityState.PUBLISHED, 900, 1_100);
        save("soon", ActivityState.PUBLISHED, 2_000, 3_000);
        save("paused", ActivityState.PAUSED, 950, 1_100);
        save("draft", ActivityState.DRAFT, 900, 1_100);
        save("ended", ActivityState.ENDED, 900, 1_100);
        save("over", ActivityState.PUBLISHED, 100, NOW);

        assertThat(ids(listing.page(1, 20, NOW))).containsExactly("running", "paused", "soon");
    }

    @Test
    void pagesMeetWithoutGapAndWithoutOverlap() {
        for (int i = 0; i < 25; i++) {
            save("a" + (char) ('a' + i), ActivityState.PUBLISHED, 500 + i / 3, 2_000);
        }

        List<String> byNumber = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            byNumber.addAll(ids(listing.page(page, 10, NOW)));
        }
        List<String> byCursor = new ArrayList<>();
        Page page = listing.page(1, 10, NOW);
        byCursor.addAll(ids(page));
        while (page.hasMore()) {
            page = listing.after(page.lastId(), 10, NOW);
            byCursor.addAll(ids(page));
        }

        assertThat(byNumber).hasSize(25).doesNotHaveDuplicates();
        assertThat(byCursor).isEqualTo(byNumber);
    }

    @Test
    void aFullLastPageHasNoMore() {
        save("one", ActivityState.PUBLISHED, 900, 1_100);
        save("two", ActivityState.PUBLISHED, 901, 1_100);

        assertThat(listing.page(1, 2, NOW).hasMore()).isFalse();
        assertThat(listing.page(1, 1, NOW).hasMore()).isTrue();
        assertThat(listing.page(2, 2, NOW)).isEqualTo(new Page(List.of(), false, ""));
    }

    @Test
    void aChangedStartMovesAnActivity() {
        save("first", ActivityState.PUBLISHED, 100, 2_000);
        save("second", ActivityState.PUBLISHED, 200, 2_000);

        catalogue
                .save(TestActivities.of(new ActivityId("first"), ActivityState.PUBLISHED, 300, 2_000, 2))
                .block();

        assertThat(ids(listing.page(1, 20, NOW))).containsExactly("second", "first");
    }

    @Test
    void anEndedActivityGoes() {
        save("first", ActivityState.PUBLISHED, 100, 2_000);

        catalogue
                .save(TestActivities.of(new ActivityId("first"), ActivityState.ENDED, 100, 2_000, 2))
                .block();

        assertThat(ids(listing.page(1, 20, NOW))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!", "OmE", "MTIz", "YTpi", "MTI6e30"})
    void aCursorThatNoPageHasHadIsRefused(String lastId) {
        assertThatThrownBy(() -> listing.after(lastId, 10, NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    private void save(String id, ActivityState state, long start, long end) {
        catalogue
                .save(TestActivities.of(new ActivityId(id), state, start, end, 1))
                .block();
    }

    private static List<String> ids(Page page) {
        return page.activities().stream()
                .map(Activity::activityId)
                .map(ActivityId::value)
                .toList();
    }
}
