package dev.dibs.standalone.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodesBeforehandTest {
    private static final String TWO_KINDS = "id: night\ntickets:\n  - kind: premium\n  - kind: standard\n";
    private static final Path EXAMPLE = Path.of("..", "examples", "movie-night");

    @TempDir
    Path folder;

    @Test
    void letsTheExamplePass() {
        ActivityFile activity = ActivityFile.read(EXAMPLE.resolve("activity.yaml"));

        assertThatCode(() -> CodesBeforehand.check(activity, EXAMPLE.resolve("codes.csv")))
                .doesNotThrowAnyException();
    }

    @Test
    void namesEveryBadRowButNoCode() throws IOException {
        String complaint = complaint(TWO_KINDS, "code,ticket\nX-1,premium\nX-1,standard\nX-2,box\n,premium\n");

        assertThat(complaint.lines())
                .containsExactly(
                        folder.resolve("codes.csv") + ": 3 bad rows; neither the activity nor its codes were imported",
                        "  row 3, column code: is the code of row 2 already",
                        "  row 4, column ticket: must be one of premium, standard",
                        "  row 5, column code: must not be empty");
    }

    @Test
    void looksAlsoAtTheHeader() throws IOException {
        assertThat(complaint(TWO_KINDS, "code\nX-1\n")).contains("row 1, column ticket: the header must name");
    }

    /** It would refuse the activity, and then nothing is left behind. */
    @Test
    void leavesAnActivityWithoutTicketsToTheServer() throws IOException {
        ActivityFile activity = activity("id: night\n");
        Path codes = codes("nonsense\n");

        assertThatCode(() -> CodesBeforehand.check(activity, codes)).doesNotThrowAnyException();
    }

    private String complaint(String yaml, String csv) throws IOException {
        ActivityFile activity = activity(yaml);
        Path codes = codes(csv);
        return catchThrowableOfType(ProblemException.class, () -> CodesBeforehand.check(activity, codes))
                .getMessage();
    }

    private ActivityFile activity(String yaml) throws IOException {
        return ActivityFile.read(Files.writeString(folder.resolve("activity.yaml"), yaml));
    }

    private Path codes(String csv) throws IOException {
        return Files.writeString(folder.resolve("codes.csv"), csv);
    }
}
