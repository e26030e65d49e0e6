package dev.dibs.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.history.DoorNote;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.ImportNote;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.history.Told;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ledger.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker bites: a run in which all is well passes, and each lie that is told to a client is reported. */
class HistoryChecksTest {
    private final Story story = new Story();

    @TempDir
    private Path folder;

    @Test
    void saysNothingOfARunInWhichAllIsWell() throws IOException {
        story.wins("anna", "r0", 0);
        story.told("anna", "r0", 0);
        story.tell(Operation.GRAB, "anna", "r1", Exchange.ALREADY_TAKEN, "", 0);
        story.tell(Operation.LIST, "anna", "", Exchange.SUCCESS, Story.ticket(0), 0);
        story.tell(Operation.DETAIL, "anna", "", Exchange.SUCCESS, Story.ticket(0), 0);
        story.refused("berta", "r0", Exchange.PENDING);
        story.grabbed("berta", "r0", 1);
        story.tell(Operation.RESULT, "berta", "", Exchange.SUCCESS, "", 1);
        story.refused("carla", "r0", Exchange.PENDING);
        story.tell(Operation.RESULT, "carla", "", Exchange.NOT_FOUND, "");
        story.refused("dora", "r0", Exchange.NO_ANSWER);
        story.grabbed("dora", "r0", 2);
        story.refused("emma", "r0", Exchange.SOLD_OUT);
        story.tell(Operation.PRY, "emma", "", Exchange.NOT_FOUND, "");
        story.log(story.redemption(1));
        assertThat(story.log(story.redemption(1))).isEqualTo(Verdict.VOID_ALREADY_REDEEMED);
        export("anna,0", "berta,1", "dora,2");

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void saysNothingOfADoorAtWhichAllIsWell() {
        story.wins("anna", "r0", 0);
        TicketRedeemed redemption = story.redemption(0);
        story.log(redemption);
        long at = redemption.occurredAt();
        story.pressed("north", "press-1", 0, "HttpTimeoutException", "", -1);
        story.pressed("south", "press-2", 0, DoorNote.ALREADY_REDEEMED, "north", at);
        story.pressed("north", "press-1", 0, DoorNote.LET_IN, "north", at);
        story.pressed("north", "press-1", 0, DoorNote.LET_IN, "north", at);
        story.pressed("north", "press-3", 1, "not-issued", "", -1);

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void reportsAHolderWhoWasLetInWithoutTheLog() {
        story.wins("anna", "r0", 0);
        story.pressed("north", "press-1", 0, DoorNote.LET_IN, "north", 5);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("REDEEMED activity=sale")
                .contains("gate north", Story.ticket(0), "nothing of it");
    }

    @Test
    void reportsAGateThatIsToldOfAnotherThanTheLogSays() {
        story.wins("anna", "r0", 0);
        TicketRedeemed redemption = story.redemption(0);
        story.log(redemption);
        story.pressed("south", "press-2", 0, DoorNote.ALREADY_REDEEMED, "east", redemption.occurredAt());
        story.pressed("south", "press-2", 0, DoorNote.ALREADY_REDEEMED, "north", redemption.occurredAt() + 1);
        story.pressed("south", "press-3", 0, DoorNote.LET_IN, "north", redemption.occurredAt());

        assertThat(story.violations())
                .hasSize(3)
                .allMatch(line -> line.startsWith("REDEEMED activity=sale") && line.contains("by north"));
    }

    @Test
    void reportsAHolderWhoIsTurnedAwayAsAStrangerLongAfterTheConfirmation() {
        story.wins("anna", "r0", 0);
        story.pressed("north", "press-1", 0, "not-issued", "", -1);
        story.later(11_000);
        story.pressed("north", "press-2", 0, "not-issued", "", -1);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("REDEEMED activity=sale")
                .contains("turned away at gate north", "not-issued");
    }

    @Test
    void reportsATicketThatTheLogHasNotGranted() {
        story.told("anna", "r0", 0);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("CONFIRMED activity=sale user=anna: GRAB told of ticket " + Story.ticket(0))
                .contains("request 'r0'", "has not granted");
    }

    @Test
    void reportsATicketThatTheLogHasGrantedToSomebodyElse() {
        story.grabbed("berta", "r0", 0);
        story.told("anna", "r0", 0);

        assertThat(story.violations()).singleElement().asString().startsWith("CONFIRMED activity=sale user=anna");
    }

    @Test
    void reportsATicketThatTheLedgerHasVoided() {
        story.wins("anna", "r0", 0);
        assertThat(story.grabbed("anna", "r1", 1)).isEqualTo(Verdict.VOID_LIMIT_REACHED);
        story.told("anna", "r1", 1);

        assertThat(story.violations())
                .anyMatch(line -> line.startsWith("CONFIRMED activity=sale user=anna") && line.contains("'r1'"))
                .anyMatch(line -> line.startsWith("LIMIT activity=sale user=anna") && line.contains("number 2"));
    }

    @Test
    void reportsSuccessWithoutATicket() {
        story.refused("anna", "r0", Exchange.SUCCESS);

        assertThat(story.violations()).singleElement().asString().contains("user=anna", "ret 0 without a ticket");
    }

    @Test
    void reportsACodeThatIsNotTheOneOfTheSequence() {
        story.wins("anna", "r0", 0);
        story.doctor(exchange -> exchange.withTold(new Told(Story.ACTIVITY, Story.ticket(0), Story.CODES + 1)));

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("CONFIRMED activity=sale user=anna sequence=0:")
                .contains("has code code.sale.1, expected is code.sale.0");
    }

    @Test
    void reportsATicketOfAnotherActivity() {
        story.wins("anna", "r0", 0);
        story.doctor(exchange -> exchange.withTold(new Told("other", Story.ticket(0), Story.CODES + 0)));

        assertThat(story.violations()).anyMatch(line -> line.contains("expected to tell of this activity"));
    }

    @Test
    void reportsARequestThatIsToldOfAnothersTicket() {
        story.wins("anna", "r0", 0);
        story.told("anna", "r1", 0);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("CONFIRMED activity=sale user=anna sequence=0:")
                .contains("granted to another request");
    }

    @Test
    void reportsARequestThatGetsTwoTickets() {
        story.wins("anna", "r0", 0);
        story.told("anna", "r0", 1);

        assertThat(story.violations())
                .anyMatch(line -> line.startsWith("SAME_REQUEST activity=sale user=anna") && line.contains("'r0'"));
    }

    @Test
    void reportsATicketThatTwoBuyersAreToldOf() {
        story.wins("anna", "r0", 0);
        story.told("berta", "r0", 0);

        assertThat(story.violations())
                .anyMatch(line -> line.startsWith("ONE_OWNER activity=sale user=berta") && line.contains("of anna"));
    }

    @Test
    void reportsACodeThatTwoTicketsHave() {
        story.wins("anna", "r0", 0);
        story.wins("berta", "r0", 1);
        story.doctor(exchange -> exchange.withTold(new Told(Story.ACTIVITY, Story.ticket(1), Story.CODES + 0)));

        assertThat(story.violations())
                .anyMatch(
                        line -> line.startsWith("ONE_OWNER activity=sale user=berta") && line.contains("code.sale.0"));
    }

    @Test
    void reportsACodeThatChangesAfterwards() {
        story.wins("anna", "r0", 0);
        story.tell(Operation.DETAIL, "anna", "", Exchange.SUCCESS, Story.ticket(0), 0);
        story.doctor(exchange -> exchange.withTold(new Told(Story.ACTIVITY, Story.ticket(0), "another")));

        assertThat(story.violations())
                .anyMatch(line -> line.startsWith("ONE_OWNER") && line.contains("expected to keep code code.sale.0"));
    }

    @Test
    void reportsSomebodyWhoSeesAnothersTicket() {
        story.wins("anna", "r0", 0);
        story.tell(Operation.PRY, "berta", "", Exchange.SUCCESS, "", 0);

        assertThat(story.violations()).anyMatch(line -> line.startsWith("CONFIRMED activity=sale user=berta"));
    }

    @Test
    void reportsAnOwnerWhoDoesNotSeeTheTicketAtOnce() {
        story.wins("anna", "r0", 0);
        story.tell(Operation.LIST, "anna", "", Exchange.SUCCESS, Story.ticket(0));
        story.tell(Operation.DETAIL, "anna", "", Exchange.NOT_FOUND, Story.ticket(0));
        story.tell(Operation.RESULT, "anna", "", Exchange.PENDING, Story.ticket(0));

        assertThat(story.violations())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("VISIBLE activity=sale user=anna"));
    }

    @Test
    void givesAnotherInstanceAMomentToReadTheLogAndNotMore() {
        story.wins("anna", "r0", 0);
        story.tellAt(1, Operation.LIST, "anna", "", Exchange.SUCCESS, Story.ticket(0));
        assertThat(story.violations()).isEmpty();

        story.later(VisibleCheck.OTHER_INSTANCE.toMillis());
        story.tellAt(1, Operation.LIST, "anna", "", Exchange.SUCCESS, Story.ticket(0));

        assertThat(story.violations()).singleElement().asString().startsWith("VISIBLE");
    }

    @Test
    void aRefusalForNowHidesNothing() {
        story.wins("anna", "r0", 0);
        story.tell(Operation.LIST, "anna", "", Exchange.UNAVAILABLE, Story.ticket(0));
        story.tell(Operation.DETAIL, "anna", "", Exchange.NO_ANSWER, Story.ticket(0));

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void reportsATicketThatIsNotSeenOnceAllIsHealed() {
        story.wins("anna", "r0", 0);
        story.looksOnceHealed(0, Operation.LIST, "anna", Exchange.UNAVAILABLE, 0);
        story.looksOnceHealed(0, Operation.DETAIL, "anna", Exchange.NO_ANSWER, 0);
        story.looksOnceHealed(1, Operation.LIST, "anna", Exchange.SUCCESS, 0);

        assertThat(story.violations())
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(line -> line.startsWith("VISIBLE activity=sale user=anna"))
                .anyMatch(line -> line.contains("LIST of instance 0 once all is healed, but the answer is ret -3"))
                .anyMatch(line -> line.contains("DETAIL of instance 0 once all is healed"))
                .anyMatch(line -> line.contains("LIST of instance 1 once all is healed"));
    }

    @Test
    void whoSeesItAtTheSecondLookOnceAllIsHealedSeesIt() {
        story.wins("anna", "r0", 0);
        story.looksOnceHealed(1, Operation.LIST, "anna", Exchange.UNAVAILABLE, 0);
        story.looksOnceHealed(1, Operation.LIST, "anna", Exchange.SUCCESS, 0, 0);

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void reportsAGrabThatStaysPending() {
        story.refused("anna", "r0", Exchange.PENDING);
        story.tell(Operation.RESULT, "anna", "", Exchange.PENDING, "");

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("PENDING activity=sale user=anna:")
                .contains("[r0]", "never told");
    }

    @Test
    void reportsATicketOfWhichItsOwnerWasToldThatThereIsNone() {
        story.refused("anna", "r0", Exchange.PENDING);
        story.tell(Operation.RESULT, "anna", "", Exchange.NOT_FOUND, "");
        story.grabbed("anna", "r0", 0);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("PENDING activity=sale user=anna sequence=0:")
                .contains("then of nothing", Story.ticket(0));
    }

    @Test
    void aRequestThatMayStillBeUnderWayExcusesATicketAfterNothing() {
        story.refused("anna", "r0", Exchange.PENDING);
        story.refused("anna", "r0", Exchange.NO_ANSWER);
        story.tell(Operation.RESULT, "anna", "", Exchange.NOT_FOUND, "");
        story.grabbed("anna", "r0", 0);

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void aTicketThatWasKnownBeforeSettlesNoSecondGrab() {
        story.wins("anna", "r0", 0);
        story.refused("anna", "r1", Exchange.PENDING);
        story.tell(Operation.RESULT, "anna", "", Exchange.SUCCESS, "", 0);
        // Says nothing of the one that waits.
        story.refused("anna", "r2", Exchange.SOLD_OUT);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("PENDING activity=sale user=anna:")
                .contains("[r1]", "never told");
    }

    @Test
    void aSecondGrabIsSettledByAnotherTicketOrByAnAnswerToItself() {
        story.limit(2);
        story.wins("anna", "r0", 0);
        story.refused("anna", "r1", Exchange.PENDING);
        story.grabbed("anna", "r1", 1);
        story.tell(Operation.RESULT, "anna", "", Exchange.SUCCESS, "", 1);
        story.wins("berta", "r0", 2);
        story.refused("berta", "r1", Exchange.PENDING);
        story.refused("berta", "r1", Exchange.SOLD_OUT);
        story.refused("carla", "", Exchange.PENDING);
        story.refused("carla", "again0", Exchange.SOLD_OUT);

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void ofTwoGrabsThatWaitATicketSettlesOne() {
        story.limit(2);
        story.refused("anna", "", Exchange.PENDING);
        story.refused("anna", "", Exchange.PENDING);
        story.grabbed("anna", "made-up", 0);
        story.tell(Operation.RESULT, "anna", "", Exchange.SUCCESS, "", 0);
        story.tell(Operation.RESULT, "anna", "", Exchange.SUCCESS, "", 0);

        assertThat(story.violations()).singleElement().asString().contains("user=anna", "never told");
    }

    @Test
    void reportsATicketOfAPressWithoutANameOfWhichItsOwnerWasToldThatThereIsNone() {
        story.refused("anna", "", Exchange.PENDING);
        story.tell(Operation.RESULT, "anna", "", Exchange.NOT_FOUND, "");
        story.grabbed("anna", "a-name-that-the-api-made-up", 0);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("PENDING activity=sale user=anna sequence=0:")
                .contains("then of nothing", Story.ticket(0));
    }

    @Test
    void anErrorOfAnotherRequestExcusesNothing() {
        story.refused("anna", "r0", Exchange.NO_ANSWER);
        story.refused("anna", "r1", Exchange.PENDING);
        story.tell(Operation.RESULT, "anna", "", Exchange.NOT_FOUND, "");
        story.grabbed("anna", "r1", 0);

        assertThat(story.violations()).singleElement().asString().startsWith("PENDING activity=sale user=anna");
    }

    @Test
    void aTicketThatIsWonLaterDoesNotExcuseTheOneOfWhichTheOwnerWasToldNothing() {
        story.limit(2);
        story.refused("anna", "r0", Exchange.PENDING);
        story.tell(Operation.RESULT, "anna", "", Exchange.NOT_FOUND, "");
        story.grabbed("anna", "r0", 0);
        story.wins("anna", "r1", 1);
        story.tell(Operation.RESULT, "anna", "", Exchange.SUCCESS, "", 1);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("PENDING activity=sale user=anna sequence=0:");
    }

    @Test
    void reportsARequestThatNoRetryCures() {
        story.refused("anna", "r0", Exchange.UNAVAILABLE);
        story.refused("anna", "r0", Exchange.NO_ANSWER);
        // Neither grants nor refuses it.
        story.refused("anna", "r0", Exchange.PAUSED);
        // Of another request.
        story.refused("anna", "r1", Exchange.SOLD_OUT);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("RETRIED activity=sale user=anna:")
                .contains("'r0' got 2 errors", "-1000");
    }

    @Test
    void aRequestThatIsGrantedOrRefusedAfterItsErrorsIsCured() {
        story.refused("anna", "r0", Exchange.UNAVAILABLE);
        story.refused("anna", "r0", Exchange.NO_ANSWER);
        story.wins("anna", "r0", 0);
        story.refused("berta", "r0", Exchange.UNAVAILABLE);
        story.refused("berta", "r0", Exchange.UNAVAILABLE);
        story.refused("berta", "r0", Exchange.SOLD_OUT);
        story.wins("carla", "r0", 1);
        story.wins("dora", "r0", 2);

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void reportsARequestThatIsAnErrorForEverAfterItWasGranted() {
        story.wins("anna", "r0", 0);
        story.refused("anna", "r0", Exchange.UNAVAILABLE);
        story.refused("anna", "r0", Exchange.UNAVAILABLE);

        assertThat(story.violations()).singleElement().asString().startsWith("RETRIED activity=sale user=anna");
    }

    @Test
    void reportsWhatIsUnsoldThoughEnoughCame() {
        story.wins("anna", "r0", 0);
        story.wins("berta", "r0", 2);
        assertThat(story.violations()).as("two came for three codes").isEmpty();

        story.refused("carla", "r0", Exchange.SOLD_OUT);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("SOLD_OUT activity=sale sequence=1: 3 users came for 3 codes");
    }

    @Test
    void reportsAnImportThatIsNotInTheLog() {
        story.operator(Operation.IMPORT, "import1", 200, new ImportNote("more.", 5, 3).text());

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("STOCK activity=sale sequence=3: import import1")
                .contains("3 to 7", "none of it");
    }

    @Test
    void reportsStockThatNobodyImported() {
        story.log(new StockAdded(
                UUID.randomUUID(),
                1,
                new ActivityId(Story.ACTIVITY),
                3,
                5,
                new TicketKind("standard"),
                new ImportId("unknown")));

        assertThat(story.violations()).singleElement().asString().contains("STOCK", "which nobody made");
    }

    @Test
    void acceptsAnImportWhoseAnswerWasLost() {
        story.operator(
                Operation.IMPORT,
                "import1",
                Exchange.NO_ANSWER,
                ImportNote.unanswered("more.", 5).text());

        assertThat(story.violations()).isEmpty();
    }

    @Test
    void reportsATicketThatIsRedeemedTwice() {
        story.wins("anna", "r0", 0);
        story.log(story.redemption(0));
        // As a ledger without its rule would have it.
        story.fold.onVerdict(0, 99, story.redemption(0), Verdict.VALID);

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("REDEEMED activity=sale sequence=0:")
                .contains("2 times");
    }

    @Test
    void reportsAnExportThatLacksAConfirmedTicket() throws IOException {
        story.wins("anna", "r0", 0);
        story.wins("berta", "r0", 1);
        story.later(VisibleCheck.OTHER_INSTANCE.toMillis());
        export("anna,0");

        assertThat(story.violations())
                .singleElement()
                .asString()
                .startsWith("EXPORT activity=sale user=berta:")
                .contains(Story.ticket(1), "is missing");
    }

    @Test
    void reportsAnExportWithRowsThatTheLogDoesNotHave() throws IOException {
        story.wins("anna", "r0", 0);
        export("anna,0", "anna,0", "berta,1");

        assertThat(story.violations())
                .hasSize(2)
                .anyMatch(line -> line.contains("user=anna") && line.contains("there twice"))
                .anyMatch(line -> line.contains("user=berta") && line.contains("has not granted"));
    }

    @Test
    void reportsAnExportedCodeThatIsWrong() throws IOException {
        story.wins("anna", "r0", 0);
        Path file = folder.resolve("wrong.csv");
        Files.writeString(file, header() + row("anna", 0).replace("code.sale.0", "code.sale.2"));
        story.operator(Operation.EXPORT, "", 200, file.toString());

        assertThat(story.violations()).singleElement().asString().contains("EXPORT", "user=anna", "code.sale.2");
    }

    private void export(String... rows) throws IOException {
        StringBuilder csv = new StringBuilder(header());
        for (String row : rows) {
            String[] parts = row.split(",");
            csv.append(row(parts[0], Integer.parseInt(parts[1])));
        }
        Path file = folder.resolve("export.csv");
        Files.writeString(file, csv);
        story.operator(Operation.EXPORT, "", 200, file.toString());
    }

    private static String header() {
        return "sequence,ticket_id,user_id,ticket,code,grabbed_at,redeemed_at,revoked_at\r\n";
    }

    private static String row(String user, int sequence) {
        return "%d,%s,%s,standard,%s,x,,\r\n".formatted(sequence, Story.ticket(sequence), user, Story.CODES + sequence);
    }
}
