package dev.dibs.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A demo that cannot fail proves nothing: each kind of wrong answer must be found out. */
class CrowdHistoryTest {
    private final CrowdHistory history = new CrowdHistory();
    private final Buyer ada = buyer(1);
    private final Buyer grace = buyer(2);

    @Test
    void differentTicketsForDifferentBuyersAreFine() {
        granted(ada, "r", "ticket-1", "code-1");
        granted(grace, "r", "ticket-2", "code-2");

        assertThat(history.violations()).isEmpty();
        assertThat(history.confirmed()).isEqualTo(2);
        assertThat(history.distinctWinners()).isEqualTo(2);
    }

    @Test
    void theSameTicketAgainIsFineAndCountsOnce() {
        granted(ada, "r", "ticket-1", "code-1");
        granted(ada, "r", "ticket-1", "code-1");

        assertThat(history.violations()).isEmpty();
        assertThat(history.confirmed()).isEqualTo(1);
    }

    @Test
    void aCodeIssuedTwiceIsFound() {
        granted(ada, "r", "ticket-1", "code-1");
        granted(grace, "r", "ticket-2", "code-1");

        assertThat(history.violations()).singleElement().asString().contains("same code");
    }

    @Test
    void aTicketWithTwoOwnersIsFound() {
        granted(ada, "r", "ticket-1", "code-1");
        granted(grace, "r", "ticket-1", "code-1");

        assertThat(history.violations()).singleElement().asString().contains("went to");
    }

    @Test
    void twoTicketsForOneBuyerAreFound() {
        granted(ada, "r1", "ticket-1", "code-1");
        granted(ada, "r2", "ticket-2", "code-2");

        assertThat(history.violations()).singleElement().asString().contains("two tickets");
    }

    @Test
    void anotherTicketForTheSameRequestIsFound() {
        granted(ada, "r", "ticket-1", "code-1");
        granted(ada, "r", "ticket-2", "code-2");

        assertThat(history.violations()).anyMatch(line -> line.contains("same requestId"));
    }

    @Test
    void aTicketWithoutACodeIsFound() {
        granted(ada, "r", "ticket-1", "");

        assertThat(history.violations()).singleElement().asString().contains("without a code");
    }

    @Test
    void whatStaysPendingIsCountedUntilItEnds() {
        history.stillPending(ada);
        history.stillPending(grace);
        granted(ada, "r", "ticket-1", "code-1");

        assertThat(history.pending()).isEqualTo(1);
        assertThat(history.isPending(grace)).isTrue();
    }

    private void granted(Buyer buyer, String request, String ticket, String code) {
        JsonMapper json = new JsonMapper();
        Answer answer = new Answer(
                Answer.GRANTED,
                "success",
                json.createObjectNode().put("id", ticket).put("code", code),
                Duration.ZERO);
        history.granted(buyer, request, answer, 0, 1_000_000);
    }

    private static Buyer buyer(int number) {
        return new Buyer(number, "buyer-" + number, "token", Buyer.Habit.STEADY, false, false);
    }
}
