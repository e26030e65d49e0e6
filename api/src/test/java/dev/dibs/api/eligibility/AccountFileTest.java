package dev.dibs.api.eligibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dibs.api.operations.BadRow;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.ledger.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountFileTest {

    private static AccountFile.Read read(String text) throws IOException {
        return AccountFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 5);
    }

    private static Problem refused(String text) {
        return catchThrowableOfType(ProblemException.class, () -> read(text)).problem();
    }

    private static List<?> rows(String text) {
        return (List<?>) refused(text).members().get("rows");
    }

    @Test
    void readsOneAccountPerRowAndCountsWhatIsRepeated() throws Exception {
        AccountFile.Read file = read("account\nanna\n\"berta\"\r\n\nanna@example.org\nanna\n");

        assertThat(file.rows()).isEqualTo(4);
        assertThat(file.accounts().size()).isEqualTo(3);
        assertThat(file.accounts().contains(Fingerprint.of("berta"))).isTrue();
        assertThat(file.accounts().contains(Fingerprint.of("account"))).isFalse();
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws Exception {
        assertThat(read("\uFEFFaccount\nanna").accounts().size()).isOne();
    }

    @Test
    void everyBadRowIsToldByItsLineAndNotByWhatItHolds() {
        Problem problem = refused("account\nanna\nTop Secret\nberta,2\n天才\n" + "x".repeat(65) + "\n");

        assertThat(problem.status().value()).isEqualTo(422);
        assertThat(problem.members()).containsEntry("badRows", 4L);
        assertThat(rows("account\nanna\nTop Secret\nberta,2\n天才\n"))
                .extracting("row")
                .containsExactly(3L, 4L, 5L);
        assertThat(problem.toString()).doesNotContain("Secret", "berta", "天才", "xxx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anna\nberta\n", "accounts\nanna\n", "account,name\nanna,Anna\n", "Account\nanna\n"})
    void aFileWithoutItsHeaderIsRefused(String text) {
        assertThat(rows(text))
                .singleElement()
                .isEqualTo(new BadRow(1, "account", "the file must begin with a header that names this one column"));
    }

    @Test
    void aFileWithoutAccountsIsRefused() {
        assertThat(rows("account\n")).hasSize(1);
    }

    @Test
    void whatIsNoCsvIsToldByTheRowBeforeAndQuotesNothing() {
        Problem problem = refused("account\nanna\n\"berta\nsecret");

        assertThat(problem.members()).containsEntry("badRows", 1L);
        assertThat(((BadRow) ((List<?>) problem.members().get("rows")).get(0)).row())
                .isEqualTo(2);
        assertThat(problem.toString()).doesNotContain("secret");
    }

    @Test
    void moreThanAllowedIsRefusedBeforeTheEnd() {
        assertThat(refused("account\na\nb\nc\nd\ne\nf\n").status().value()).isEqualTo(413);
    }
}
