package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExistingActivitiesTest {
    private final ExistingActivities existing = new ExistingActivities();

    @Test
    void saysNothingOfAnActivityThatExists() {
        add("summer");

        assertThat(absences("summer")).isEmpty();
    }

    @Test
    void saysNothingWhereNoneIsNamed() {
        assertThat(absences()).isEmpty();
    }

    @Test
    void namesTheMisspeltOneAndThoseThatThereAre() {
        add("winter", "summer");

        assertThat(absences("sumer")).containsExactly("there is no activity sumer; there are summer, winter");
    }

    @Test
    void saysSoWhereThereIsNoneAtAll() {
        assertThat(absences("summer")).containsExactly("there is no activity summer; there is none at all");
    }

    @Test
    void namesOnlyTheFirstOfMany() {
        IntStream.range(0, ExistingActivities.TOLD + 3).forEach(i -> add("sale-%02d".formatted(i)));

        assertThat(absences("sumer"))
                .singleElement()
                .asString()
                .contains("sale-00", "sale-19 and 3 more")
                .doesNotContain("sale-20");
    }

    private void add(String... ids) {
        List.of(ids).forEach(id -> existing.add(new ActivityId(id)));
    }

    private List<String> absences(String... named) {
        return existing.absences(
                Set.copyOf(List.of(named).stream().map(ActivityId::new).toList()));
    }
}
