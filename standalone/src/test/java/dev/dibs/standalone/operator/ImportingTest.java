package dev.dibs.standalone.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.standalone.operator.RefusedException.BadRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportingTest {
    private static final List<BadRow> TWO_FAULTS_OF_ONE_ROW =
            List.of(new BadRow(2, "code", "must not be empty"), new BadRow(2, "ticket", "must be one of seat"));

    @Test
    void howManyMoreRowsAreBadIsToldAlsoWhereARowHasSeveralFaults() {
        assertThat(complaint(3).lines())
                .containsExactly(
                        "codes.csv: bad",
                        "  row 2, column code: must not be empty",
                        "  row 2, column ticket: must be one of seat",
                        "  and 2 more rows");
    }

    @Test
    void nothingMoreIsToldWhereAllBadRowsAreListed() {
        assertThat(complaint(1).lines()).hasSize(3).noneMatch(line -> line.contains("more"));
        // Of a server that does not count.
        assertThat(complaint(0).lines()).hasSize(3);
    }

    private static String complaint(long badRows) {
        return Importing.complaint(
                        Path.of("codes.csv"), new RefusedException(422, "bad", TWO_FAULTS_OF_ONE_ROW, badRows))
                .getMessage();
    }
}
